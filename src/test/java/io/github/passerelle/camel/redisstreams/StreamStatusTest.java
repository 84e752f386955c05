package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

class StreamStatusTest extends StreamTest {

    private StreamApp app;

    @BeforeAll
    void startApplication() throws Exception {
        app = StreamApp.producer(server.url());
    }

    @AfterAll
    void stopApplication() {
        app.close();
    }

    @Test
    void aStreamThatIsNotThereHasNothing() throws Exception {
        assertThat(backlog()).containsExactly(0L, null, 0L, null);
        assertThat(redis.command("EXISTS", stream)).as("asking creates nothing").isEqualTo(0L);
    }

    @Test
    void withoutTheGroupEverythingWaits() throws Exception {
        List<String> ids = add(3);
        assertThat(backlog()).containsExactly(3L, EntryId.parse(ids.get(0)).time(), 0L, null);
    }

    @Test
    void tellsWhatWaitsAndWhatIsPending() throws Exception {
        List<String> read = add(2);
        readByAnEarlierProcess();
        String unread = redis.xadd(stream, "n", "3");
        assertThat(backlog()).containsExactly(1L, EntryId.parse(unread).time(), 2L, EntryId.parse(read.get(0)).time());
        redis.xack(stream, StreamApp.GROUP, read.get(0));
        assertThat(status().pending()).isEqualTo(1);
        assertThat(status().oldestPending()).isEqualTo(EntryId.parse(read.get(1)).time());
    }

    @Test
    void nothingWaitsAfterATrimAlthoughTheLagStaysTooHigh() throws Exception {
        add(3);
        readByAnEarlierProcess();
        add(10);
        redis.command("XTRIM", stream, "MAXLEN", 4);
        readByAnEarlierProcess();
        assertThat(lag()).as("what Redis itself says").isPositive();
        assertThat(status().waiting()).isZero();
        assertThat(status().oldestWaiting()).isNull();
        assertThat(status().pending()).isEqualTo(7);
    }

    @Test
    void aLagThatRedisCannotTellIsUnknown() throws Exception {
        List<String> ids = add(5);
        redis.command("XGROUP", "CREATE", stream, StreamApp.GROUP, ids.get(1));
        redis.command("XDEL", stream, ids.get(3));
        assertThat(lag()).as("what Redis itself says").isNull();
        assertThat(status().waiting()).isNull();
        assertThat(status().oldestWaiting()).isEqualTo(EntryId.parse(ids.get(2)).time());
    }

    private List<Object> backlog() throws Exception {
        StreamStatus status = status();
        return Arrays.asList(status.waiting(), status.oldestWaiting(), status.pending(), status.oldestPending());
    }

    private StreamStatus status() throws Exception {
        RedisStreamsEndpoint endpoint
                = app.context().getEndpoint("redis-streams:" + stream + "?group=" + StreamApp.GROUP, RedisStreamsEndpoint.class);
        return endpoint.status().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Long lag() {
        List<?> group = (List<?>) ((List<?>) redis.command("XINFO", "GROUPS", stream)).get(0);
        for (int i = 0; i < group.size(); i += 2) {
            if ("lag".equals(Redis.text(group.get(i)))) {
                return (Long) group.get(i + 1);
            }
        }
        throw new AssertionError("no lag");
    }
}
