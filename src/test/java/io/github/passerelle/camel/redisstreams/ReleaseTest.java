package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The release of an entry that is held, while no consumer is at work; and the names under which something was counted. */
class ReleaseTest extends StreamTest {

    @Test
    void nothingIsReleasedWhereThereIsNoGroupOrNoSuchEntry() throws Exception {
        assertThat(admin().release(id("1-1"), "late", "Ann")).isEqualTo(Decision.NOT_PENDING);
        createGroup();
        assertThat(admin().release(id("1-1"), "late", "Ann")).isEqualTo(Decision.NOT_PENDING);
        String id = add(1).get(0);
        assertThat(admin().release(id(id), "late", "Ann")).as("nobody has read it").isEqualTo(Decision.NOT_PENDING);
        assertThat(redis.command("EXISTS", key("due"), key("replay:" + StreamApp.GROUP))).isEqualTo(0L);
    }

    @Test
    void aHeldEntryIsReleasedOnceAndTheFirstWordStands() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        assertThat(admin().release(id(id), "late", "Ann")).isEqualTo(Decision.NOT_HELD);
        setRecord(id, "0 -2 b:a");
        assertThat(admin().pending(id(id)).orElseThrow().state()).isEqualTo(EntryStatus.State.HELD);
        assertThat(admin().release(id(id), "late", "Ann")).isEqualTo(Decision.DONE);
        assertThat(admin().release(id(id), "again", "Bob")).isEqualTo(Decision.ALREADY);
        assertThat(admin().record(id(id)).orElseThrow()).satisfies(record -> {
            assertThat(List.of(record.state(), record.decision())).containsOnly(ParkedEntry.State.RELEASED);
            assertThat(List.of(record.reason(), record.author())).containsExactly("late", "Ann");
        });
        assertThat(admin().pending(id(id)).orElseThrow().state()).isEqualTo(EntryStatus.State.DUE);
        StreamApp app = start(StreamApp::acknowledge);
        until("acknowledged", () -> pending().isEmpty());
        assertThat(app.ids()).containsExactly(id);
        assertThat(admin().record(id(id)).orElseThrow()).satisfies(record -> {
            assertThat(record.state()).isEqualTo(ParkedEntry.State.ACKNOWLEDGED);
            assertThat(record.decision()).as("what was decided is still told").isEqualTo(ParkedEntry.State.RELEASED);
        });
    }

    @Test
    void whatWasCountedIsNamedTheLatestFirst() throws Exception {
        assertThat(admin().counted(0, 10)).isEmpty();
        redis.command("ZADD", key("counted:" + StreamApp.GROUP), 1000, "a", 3000, "c", 2000, "b");
        assertThat(admin().counted(0, 2)).containsExactly(new CountedName("c", Instant.ofEpochMilli(3000)),
                new CountedName("b", Instant.ofEpochMilli(2000)));
        assertThat(admin().counted(2, 2)).extracting(CountedName::name).containsExactly("a");
        assertThat(admin().counted(4, 2)).isEmpty();
        assertThat(admin().counted(0, 0)).isEmpty();
        redis.command("ZADD", key("counted:" + StreamApp.GROUP), "inf", "d");
        assertThat(admin().counted(0, 1)).containsExactly(new CountedName("d", Instant.EPOCH));
        redis.command("DEL", key("counted:" + StreamApp.GROUP));
        redis.command("SET", key("counted:" + StreamApp.GROUP), "x");
        assertThat(admin().counted(0, 10)).isEmpty();
    }

    @Test
    void aReleaseStandsWhenTheProcessDiesBeforeTheRoundEnded() throws Exception {
        String failed = redis.xadd(stream, "key", "a");
        String barrier = redis.xadd(stream, "key", "a", "barrier", "1");
        readByAnEarlierProcess();
        setRecord(failed, "1 " + (System.currentTimeMillis() + 600_000) + " k:a");
        setRecord(barrier, "0 0 r:a");
        StreamApp app = start(OrderTest.ORDERED, StreamApp::acknowledge);
        until("the released one", () -> pending().equals(List.of(failed)));
        assertThat(app.ids()).containsExactly(barrier);
    }

    @Test
    void whatRedisWasNotToldOfCanBeReleasedAfterAWhile() throws Exception {
        String failed = redis.xadd(stream, "key", "a");
        String barrier = redis.xadd(stream, "key", "a", "barrier", "1");
        readByAnEarlierProcess();
        setRecord(failed, "1 " + (System.currentTimeMillis() + 600_000) + " k:a");
        start(OrderTest.ORDERED + "&pendingScanPeriod=200", StreamApp::acknowledge);
        until("it is held", () -> admin().pending(id(barrier)).orElseThrow().state() == EntryStatus.State.HELD);
        redis.command("HDEL", key("due"), StreamApp.GROUP + " " + barrier);
        until("the release", () -> admin().release(id(barrier), "late", "Ann") == Decision.DONE);
        until("the barrier", () -> pending().equals(List.of(failed)));
    }

    @Test
    void recordsOfRoundsThatSomebodyReplacedAreNone() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        redis.command("SET", key("due"), "x");
        assertThat(admin().release(id(id), "late", "Ann")).isEqualTo(Decision.NOT_HELD);
    }
}
