package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class RoundsTest extends StreamTest {

    @Test
    void anEntryThatWasNotAcknowledgedComesAgainInLaterAndLaterRounds() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        StreamApp app = start("&replayDelay=200&replayMaxDelay=400", exchange -> {
            times.add(System.nanoTime());
            fail(exchange);
        });
        String id = redis.xadd(stream, "n", "1");
        until("four rounds", () -> app.handed().size() >= 4);
        assertThat(app.rounds(id)).startsWith(1, 2, 3, 4);
        // 200, 400, 400 ms, each a fifth shorter at most
        assertThat(gap(times, 0)).isGreaterThanOrEqualTo(159);
        assertThat(gap(times, 1)).isGreaterThanOrEqualTo(319);
        assertThat(gap(times, 2)).isGreaterThanOrEqualTo(319);
    }

    @Test
    void aRouteThatEndsWellWithoutAcknowledgingLeavesTheEntryPendingToo() throws Exception {
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50", exchange -> {
        });
        String id = redis.xadd(stream, "n", "1");
        until("three rounds", () -> app.rounds(id).size() >= 3);
        assertThat(pending()).containsExactly(id);
    }

    @Test
    void theRecordOfARoundIsWrittenWhenItEndsAndRemovedByTheAcknowledgement() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        StreamApp app = start("&replayDelay=100&replayMaxDelay=100", exchange -> {
            if (well.get()) {
                StreamApp.acknowledge(exchange);
            } else {
                fail(exchange);
            }
        });
        String id = redis.xadd(stream, "n", "1");
        until("the record", () -> !dueRecords().isEmpty());
        assertThat(dueRecords()).hasSize(2).first().isEqualTo(StreamApp.GROUP + " " + id);
        assertThat(dueRecords().get(1)).matches("[0-9]+ [0-9]{13} k:");
        well.set(true);
        until("the acknowledgement", () -> pending().isEmpty());
        assertThat(dueRecords()).as("removed in the same step").isEmpty();
        assertThat(app.rounds(id)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aRestartNeitherHurriesARoundNorForgetsOne() throws Exception {
        StreamApp first = start("&replayDelay=600000", RoundsTest::fail);
        String id = redis.xadd(stream, "n", "1");
        until("the record", () -> !dueRecords().isEmpty());
        List<String> record = dueRecords();
        first.close();
        StreamApp second = start("&replayDelay=600000", StreamApp::acknowledge);
        String later = redis.xadd(stream, "n", "2");
        until("what came later", () -> second.ids().contains(later));
        assertThat(second.ids()).as("not due for ten minutes").doesNotContain(id);
        assertThat(dueRecords()).isEqualTo(record);
        second.close();
        // as if the ten minutes were over
        redis.command("HSET", "{" + stream + "}:due", StreamApp.GROUP + " " + id, "4 " + (System.currentTimeMillis() - 1));
        StreamApp third = start("&replayDelay=600000", StreamApp::acknowledge);
        until("the entry", () -> third.ids().contains(id));
        assertThat(third.rounds(id)).containsExactly(5);
        until("the acknowledgement", () -> pending().isEmpty());
        assertThat(dueRecords()).isEmpty();
    }

    @Test
    void aRecordFromAClockThatWasAheadDoesNotPutAnEntryOffForLong() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        redis.command("HSET", "{" + stream + "}:due", StreamApp.GROUP + " " + id, "1 " + (System.currentTimeMillis() + 86_400_000));
        StreamApp app = start("&replayDelay=100&replayMaxDelay=200", StreamApp::acknowledge);
        until("the entry", () -> app.ids().contains(id));
        assertThat(app.rounds(id)).containsExactly(2);
    }

    @Test
    void aRecordThatCannotBeReadMakesTheEntryDueAtOnce() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        redis.command("HSET", "{" + stream + "}:due", StreamApp.GROUP + " " + id, "tomorrow");
        StreamApp app = start("&replayDelay=600000", StreamApp::acknowledge);
        until("the entry", () -> app.ids().contains(id));
    }

    @Test
    void newEntriesAndThoseThatComeAgainTakeTurns() throws Exception {
        StreamApp app = start("&replayDelay=10&replayMaxDelay=10", exchange -> {
            if (isFirst(exchange)) {
                fail(exchange);
            }
            StreamApp.acknowledge(exchange);
        });
        List<String> stubborn = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stubborn.add(redis.xadd(stream, "n", "first"));
        }
        add(200);
        until("all that can be done", () -> pending().equals(stubborn));
        assertThat(stubborn).allSatisfy(id -> assertThat(app.rounds(id)).isNotEmpty());
    }

    private static void fail(Exchange exchange) {
        throw new IllegalStateException("not today");
    }

    private static long gap(List<Long> nanos, int first) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.get(first + 1) - nanos.get(first));
    }

    private static boolean isFirst(Exchange exchange) {
        byte[] value = (byte[]) exchange.getMessage().getBody(Map.class).get("n");
        return "first".equals(new String(value, StandardCharsets.US_ASCII));
    }
}
