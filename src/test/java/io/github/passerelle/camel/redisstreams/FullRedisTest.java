package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.Redis;

/** A Redis at its memory limit, which evicts nothing: it refuses what would need memory. */
class FullRedisTest extends StreamTest {

    @AfterEach
    void memoryIsThereAgain() {
        limit(0);
    }

    @Test
    void anEntryThatCannotBeCopiedIsNotPutAsideAndComesAgain() throws Exception {
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50", exchange -> {
            exchange.setProperty(RedisStreamsConstants.NOTE, "round " + exchange.getProperty(RedisStreamsConstants.ROUND));
            StreamApp.park(exchange);
        });
        String id = redis.xadd(stream, "payload", "true bytes");
        until("it is put aside", () -> admin().status().parked() == 1);
        // in one step: the consumer is quick
        redis.command("MULTI");
        redis.command("XADD", stream, "*", "payload", "more of them");
        limit(1);
        String second = Redis.text(((List<?>) redis.command("EXEC")).get(0));
        until("it came again some times", () -> app.rounds(second).size() >= 3);
        assertThat(pending()).containsExactly(id, second);
        assertThat(admin().status().parked()).isEqualTo(1);
        assertThat(admin().record(id(second))).isEmpty();
        assertThat(app.rounds(id)).as("what was put aside before stays so").containsExactly(1);
        limit(0);
        until("it is put aside", () -> admin().status().parked() == 2);
        assertThat(admin().pending(id(second)).orElseThrow().state()).isEqualTo(EntryStatus.State.PARKED);
        assertThat(admin().entry(id(second)).orElseThrow().fields()).containsKey("payload");
        int rounds = app.rounds(second).size();
        assertThat(admin().record(id(second)).orElseThrow().rounds()).isEqualTo(rounds);
        String later = redis.xadd(stream, "n", "later");
        until("what came later is put aside, too", () -> admin().status().parked() == 3 && app.ids().contains(later));
        assertThat(app.rounds(second)).hasSize(rounds);
    }

    /** What the route finds wrong with entries says nothing of the receiver, even if they cannot be put aside. */
    @Test
    void entriesThatCannotBePutAsideDoNotPause() throws Exception {
        List<String> ids = add(3);
        createGroup();
        limit(1);
        StreamApp app = start("&pauseAfter=1&probeDelay=60000&replayDelay=600000", exchange -> {
            StreamApp.park(exchange);
            throw new IllegalStateException("unreadable");
        });
        until("all were tried", () -> app.ids().equals(ids));
        until("the last one is through", () -> app.consumer().status().inProgress() == 0);
        assertThat(app.consumer().status().pausedSince()).isNull();
    }

    /** Even if the process began only when Redis was full already. */
    @Test
    void anEntryInProgressCannotBeDiscarded() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        setRecord(id, "1 " + (System.currentTimeMillis() - 1) + " k: a note");
        RedisStreamsAdmin admin = admin();
        limit(1);
        List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
        StreamApp app = start("&replayDelay=600000", exchange -> {
            decisions.add(admin.discard(id(id), "", ""));
        });
        until("it was handed out", () -> app.ids().contains(id) && app.consumer().status().inProgress() == 0);
        assertThat(decisions).containsExactly(Decision.IN_PROGRESS);
        assertThat(pending()).containsExactly(id);
        assertThat(admin.discard(id(id), "memory is short", "Ann")).as("at rest it can").isEqualTo(Decision.DONE);
        assertThat(pending()).isEmpty();
    }

    /** The first round is lost with the process, as it had no record; that of a later one takes the place of the one before. */
    @Test
    void theRecordOfALaterRoundIsKept() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        setRecord(id, "1 " + (System.currentTimeMillis() - 1) + " k: first");
        limit(1);
        StreamApp app = start("&replayDelay=600000",
                exchange -> exchange.setProperty(RedisStreamsConstants.NOTE, exchange.getProperty(RedisStreamsConstants.NOTE) + ", second"));
        until("the round ended", () -> app.ids().contains(id) && app.consumer().status().inProgress() == 0);
        assertThat(app.handed(id).get(0).note()).isEqualTo("first");
        assertThat(dueRecords().get(1)).startsWith("2 ").endsWith(" first, second");
        assertThat(admin().pending(id(id)).orElseThrow().state()).isEqualTo(EntryStatus.State.SCHEDULED);
    }

    @Test
    void anAcknowledgementStillClosesTheRecord() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        start("", exchange -> {
            if (well.get()) {
                entered.countDown();
                full.await();
                StreamApp.acknowledge(exchange);
            } else {
                StreamApp.park(exchange);
            }
        });
        String id = add(1).get(0);
        until("it is put aside", () -> admin().status().parked() == 1);
        well.set(true);
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        entered.await();
        limit(1);
        full.countDown();
        until("the acknowledgement", () -> pending().isEmpty());
        assertThat(admin().record(id(id)).orElseThrow().state()).isEqualTo(ParkedEntry.State.ACKNOWLEDGED);
    }

    @Test
    void aReplayThatIsRefusedChangesNothing() throws Exception {
        StreamApp app = start("", StreamApp::park);
        String id = add(1).get(0);
        until("it is put aside", () -> admin().status().parked() == 1);
        limit(1);
        assertThatThrownBy(() -> admin().unpark(id(id), "", "")).isInstanceOf(RedisStreamsException.class)
                .hasMessage("stream " + stream + ": Redis has reached its memory limit and takes no more writes: raise maxmemory, or free memory (OOM)");
        assertThat(admin().record(id(id)).orElseThrow().state()).isEqualTo(ParkedEntry.State.PARKED);
        limit(0);
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        until("it is tried again", () -> app.rounds(id).size() == 2);
    }

    /** It must not stand in the way of what can be read and acknowledged. */
    @Test
    void theNumberOfEntriesTrimmedBeforeTheyWereReadIsCountedAllTheSame() throws Exception {
        add(3);
        readByAnEarlierProcess();
        redis.xack(stream, StreamApp.GROUP, pending().toArray(String[]::new));
        List<String> ids = add(10);
        redis.command("XTRIM", stream, "MAXLEN", 4);
        limit(1);
        try (LogLines log = new LogLines()) {
            StreamApp app = start("&pendingScanPeriod=50", StreamApp::acknowledge);
            until("what is left", () -> app.ids().equals(ids.subList(6, 10)) && pending().isEmpty());
            until("the others are counted", () -> admin().status().trimmed() == 6);
            assertThat(app.consumer().status().connected()).isTrue();
            assertThat(log.all().filter(line -> line.contains("before they were read"))).hasSize(1);
        }
    }

    private void limit(int bytes) {
        redis.command("CONFIG", "SET", "maxmemory", bytes);
    }
}
