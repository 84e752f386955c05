package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.Redis;

/** What another consumer of the group has read and left behind. */
class AdoptionTest extends StreamTest {

    private static final String OLD = "worker-1";

    @Test
    void allThatAnotherConsumerLeftIsHandedOutOnceInOrderWithItsOwn() throws Exception {
        add(1);
        readByAnEarlierProcess();
        List<String> left = new ArrayList<>(pending());
        left.addAll(addedAndReadBy(OLD, 1_240));
        add(60);
        readByAnEarlierProcess();
        left.addAll(pending().subList(left.size(), left.size() + 60));
        left.addAll(addedAndReadBy("worker-2", 5));
        List<String> trimmed = List.of(left.get(0), left.get(1), left.get(2), left.get(700), left.get(1_239));
        redis.command("XTRIM", stream, "MINID", left.get(3));
        redis.command("XDEL", stream, left.get(700), left.get(1_239));
        List<String> acknowledgedMeanwhile = List.of(left.get(5), left.get(900));
        List<String> expected = new ArrayList<>(left);
        expected.removeAll(trimmed);
        expected.removeAll(acknowledgedMeanwhile);
        expected.add(redis.xadd(stream, "n", "new"));
        AtomicBoolean first = new AtomicBoolean(true);
        try (LogLines log = new LogLines()) {
            StreamApp app = start("&adopt=true&pendingScanPeriod=100", exchange -> {
                if (first.getAndSet(false)) {
                    redis.xack(stream, StreamApp.GROUP, acknowledgedMeanwhile.toArray(String[]::new));
                }
                StreamApp.acknowledge(exchange);
            });
            until("all", () -> app.ids().size() >= expected.size());
            until("all acknowledgements", () -> pending().size() == trimmed.size());
            assertThat(pending()).isEqualTo(trimmed);
            assertThat(app.ids()).isEqualTo(expected);
            assertThat(trimmed).allSatisfy(id -> assertThat(log.about(id)).hasSize(1).first().asString().startsWith("ERROR"));
            assertThat(trimmed).allSatisfy(id -> assertThat(log.values(id, "cause")).containsExactly("trimmed"));
            assertThat(log.all()).contains("INFO Took over 1236 pending entries of stream " + stream + " from consumer " + OLD,
                    "INFO Took over 5 pending entries of stream " + stream + " from consumer worker-2");
        }
    }

    @Test
    void eachLookAtThePendingListTakesOverWhatAnotherConsumerLeftSince() throws Exception {
        StreamApp app = start("&adopt=true&pendingScanPeriod=100", StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        List<String> expected = new ArrayList<>();
        List<String> trimmed = new ArrayList<>();
        try (LogLines log = new LogLines()) {
            for (int look = 1; look <= 3; look++) {
                String lost = addedReadAndTrimmed(OLD);
                trimmed.add(lost);
                until("the trimmed one is reported", () -> !log.about(lost).isEmpty());
                expected.addAll(addedAndReadBy(OLD, 3));
                until("those of this look", () -> app.ids().size() == expected.size());
            }
            until("all acknowledgements", () -> pending().equals(trimmed));
            assertThat(app.ids()).isEqualTo(expected);
            assertThat(trimmed).allSatisfy(id -> assertThat(log.about(id)).hasSize(1));
        }
    }

    @Test
    void anEntryThatWasTakenOverIsInItsFirstRoundAndKeepsARecordOfItsOwn() throws Exception {
        String id = addedAndReadBy(OLD, 1).get(0);
        StreamApp first = start("&adopt=true&replayDelay=600000", exchange -> {
            throw new IllegalStateException("refused");
        });
        until("the record", () -> !dueRecords().isEmpty());
        assertThat(first.rounds(id)).containsExactly(1);
        first.close();
        StreamApp second = start("&adopt=true&replayDelay=600000", StreamApp::acknowledge);
        String later = redis.xadd(stream, "n", "later");
        until("what came later", () -> second.ids().contains(later));
        assertThat(second.ids()).as("not due for ten minutes").doesNotContain(id);
    }

    /** What the adoption relies on: whoever acknowledges between a look and a claim has the last word. */
    @Test
    void aClaimDoesNotBringBackWhatWasAcknowledged() {
        String id = addedAndReadBy(OLD, 1).get(0);
        redis.xack(stream, StreamApp.GROUP, id);
        assertThat((List<?>) redis.command("XCLAIM", stream, StreamApp.GROUP, "camel", 0, id, "JUSTID")).isEmpty();
        assertThat(pending()).isEmpty();
    }

    /** In one step, as a running consumer that adopts would have read them itself. */
    private List<String> addedAndReadBy(String consumer, int entries) {
        return run(consumer, entries, """
                local ids = {}
                for n = 1, ARGV[3] do ids[n] = redis.call('XADD', KEYS[1], '*', 'n', n) end
                redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
                return ids""");
    }

    private String addedReadAndTrimmed(String consumer) {
        return run(consumer, 1, """
                local id = redis.call('XADD', KEYS[1], '*', 'n', 1)
                redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'STREAMS', KEYS[1], '>')
                redis.call('XDEL', KEYS[1], id)
                return {id}""").get(0);
    }

    private List<String> run(String consumer, int entries, String script) {
        createGroup();
        return ((List<?>) redis.command("EVAL", script, 1, stream, StreamApp.GROUP, consumer, entries)).stream().map(Redis::text).toList();
    }
}
