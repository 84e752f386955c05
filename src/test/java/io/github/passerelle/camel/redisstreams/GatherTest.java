package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that a route leaves to the barrier of their key. */
class GatherTest extends StreamTest {

    private static final String GATHERING = OrderTest.ORDERED + "&gather=true";

    private final Map<String, List<String>> gathered = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> holding = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void makeGroup() {
        createGroup();
    }

    @AfterEach
    void forget() {
        failing.clear();
        holding.clear();
        gathered.clear();
    }

    @Test
    void theyStayPendingAndAreAcknowledgedWithIt() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        List<String> ids = new ArrayList<>(List.of(member("a"), member("a"), member("b"), member("a")));
        until("they are gathered", () -> app.consumer().status().gathered() == 4);
        assertThat(pending()).containsExactlyElementsOf(ids);
        assertThat(state(ids.get(0))).isEqualTo(EntryStatus.State.GATHERED);
        assertThat(app.consumer().status().oldestOpen()).as("nothing waits for its turn").isNull();
        String barrier = barrier("a");
        until("those of its key", () -> pending().equals(List.of(ids.get(2))));
        assertThat(gathered.get(barrier)).containsExactly(ids.get(0), ids.get(1), ids.get(3));
        assertThat(app.ids()).as("each was handed out once").doesNotHaveDuplicates();
        assertThat(dueRecords()).as("no record is left but the other one's").hasSize(2);
        until("only the other one's is left", () -> app.consumer().status().gathered() == 1);
    }

    @Test
    void eachCountsInTheSameStep() throws Exception {
        start(GATHERING, this::step);
        member("a");
        member("a");
        barrier("a");
        until("the barrier", () -> admin().counters("tally").containsKey("barriers"));
        assertThat(admin().counters("tally")).containsEntry("members", "2").containsEntry("barriers", "1");
        assertThat(pending()).isEmpty();
    }

    @Test
    void afterARestartTheRouteIsAskedAgainWhatToDoWithThem() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        List<String> ids = List.of(member("a"), member("a"));
        until("they are gathered", () -> app.consumer().status().gathered() == 2);
        app.close();
        StreamApp again = start(GATHERING, this::step);
        until("they are known", () -> again.consumer().status().gathered() == 2);
        String barrier = barrier("a");
        until("all", () -> pending().isEmpty());
        assertThat(again.ids()).containsExactly(ids.get(0), ids.get(1), barrier);
        assertThat(gathered.get(barrier)).containsExactlyElementsOf(ids);
    }

    @Test
    void whatComesWhileTheBarrierFailsIsHandedOutAgainWhenItIsGone() throws Exception {
        StreamApp app = start(GATHERING.replace("600000", "50"), this::step);
        String first = member("a");
        String barrier = redis.xadd(stream, "key", "a", "barrier", "fails");
        until("it fails", () -> app.rounds(barrier).size() > 1);
        String late = member("a");
        until("the late one is gathered", () -> app.consumer().status().gathered() == 2);
        failing.add("no more");
        until("the barrier is gone", () -> pending().equals(List.of(late)));
        assertThat(gathered.get(barrier)).containsExactly(first);
        until("the late one was looked at again", () -> app.rounds(late).size() == 2);
    }

    @Test
    void nobodyDiscardsThemWhileTheirBarrierIsInProgress() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        StreamApp app = start(GATHERING, exchange -> {
            if (exchange.getMessage().getBody(Map.class).containsKey("barrier")) {
                gate.await();
            }
            step(exchange);
        });
        String member = member("a");
        until("it is gathered", () -> state(member) == EntryStatus.State.GATHERED);
        String barrier = barrier("a");
        until("the barrier is in progress", () -> app.ids().contains(barrier));
        assertThat(admin().discard(id(member), "typed twice", "Ana")).isEqualTo(Decision.IN_PROGRESS);
        gate.countDown();
        until("all", () -> pending().isEmpty());
    }

    @Test
    void whatStandsOnlyInItsCopyIsGatheredFromThere() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        String parked = redis.xadd(stream, "key", "a", "park", "1");
        until("it is put aside", () -> state(parked) == EntryStatus.State.PARKED);
        holding.add("not to be put aside");
        assertThat(admin().unpark(id(parked), "", "")).isEqualTo(Decision.DONE);
        until("it is gathered", () -> app.consumer().status().gathered() == 1);
        redis.command("XDEL", stream, parked);
        String barrier = barrier("a");
        until("all", () -> pending().isEmpty());
        assertThat(gathered.get(barrier)).containsExactly(parked);
    }

    @Test
    void oneThatIsTrimmedIsToldWithoutABarrier() throws Exception {
        StreamApp app = start(GATHERING + "&routeTrimmed=true&pendingScanPeriod=200", this::step);
        List<String> ids = List.of(member("a"), member("a"));
        until("they are gathered", () -> app.consumer().status().gathered() == 2);
        redis.command("XDEL", stream, ids.get(0));
        until("the lost one is put aside", () -> state(ids.get(0)) == EntryStatus.State.PARKED);
        assertThat(app.consumer().status().gathered()).isEqualTo(1);
    }

    @Test
    void theBarrierKeepsThemWhileItFails() throws Exception {
        StreamApp app = start(GATHERING.replace("600000", "50"), this::step);
        List<String> ids = List.of(member("a"), member("a"));
        String barrier = redis.xadd(stream, "key", "a", "barrier", "fails");
        until("it fails again and again", () -> app.rounds(barrier).size() > 2);
        assertThat(pending()).containsExactly(ids.get(0), ids.get(1), barrier);
        failing.add("no more");
        until("all", () -> pending().isEmpty());
        assertThat(gathered.get(barrier)).containsExactlyElementsOf(ids);
    }

    @Test
    void oneThatFailedHoldsTheBarrierUpUntilItIsGathered() throws Exception {
        StreamApp app = start(GATHERING.replace("600000", "300"), this::step);
        String first = member("a");
        until("it is gathered", () -> app.consumer().status().gathered() == 1);
        String failed = redis.xadd(stream, "key", "a", "fails", "1");
        until("it failed", () -> app.ids().contains(failed));
        String barrier = barrier("a");
        until("it says that it is held", () -> state(barrier) == EntryStatus.State.HELD);
        assertThat(app.ids()).doesNotContain(barrier);
        failing.add("no more");
        until("all", () -> pending().isEmpty());
        assertThat(gathered.get(barrier)).containsExactly(first, failed);
    }

    @Test
    void aReleasedBarrierTakesThoseThatAreThereAlsoAfterARestart() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        String first = member("a");
        String failed = redis.xadd(stream, "key", "a", "fails", "1");
        String barrier = barrier("a");
        until("it is held", () -> state(barrier) == EntryStatus.State.HELD);
        app.close();
        assertThat(admin().release(id(barrier), "one is enough", "Ana")).isEqualTo(Decision.DONE);
        start(GATHERING, this::step);
        until("it and what it gathered", () -> pending().equals(List.of(failed)));
        assertThat(gathered.get(barrier)).containsExactly(first);
    }

    @Test
    void oneThatIsTrimmedMeanwhileIsToldBeforeItsBarrierGoes() throws Exception {
        StreamApp app = start(GATHERING + "&routeTrimmed=true", this::step);
        List<String> ids = List.of(member("a"), member("a"));
        until("they are gathered", () -> app.consumer().status().gathered() == 2);
        redis.command("XDEL", stream, ids.get(0));
        String barrier = barrier("a");
        until("the lost one is put aside", () -> state(ids.get(0)) == EntryStatus.State.PARKED);
        until("the barrier waits for it", () -> state(barrier) == EntryStatus.State.HELD);
        assertThat(admin().discard(id(ids.get(0)), "typed by hand", "Ana")).isEqualTo(Decision.DONE);
        until("the others", () -> pending().isEmpty());
        assertThat(gathered.get(barrier)).containsExactly(ids.get(1));
    }

    @Test
    void oneThatAPersonDiscardsIsNotGathered() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        List<String> ids = List.of(member("a"), member("a"));
        until("they are gathered", () -> app.consumer().status().gathered() == 2);
        assertThat(admin().discard(id(ids.get(0)), "typed twice", "Ana")).isEqualTo(Decision.DONE);
        until("it is known", () -> app.consumer().status().gathered() == 1);
        String barrier = barrier("a");
        until("all", () -> pending().isEmpty());
        assertThat(gathered.get(barrier)).containsExactly(ids.get(1));
    }

    @Test
    void aConsumerThatDoesNotGatherHandsThemOut() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        List<String> ids = List.of(member("a"), member("a"));
        until("they are gathered", () -> app.consumer().status().gathered() == 2);
        app.close();
        StreamApp other = start(OrderTest.ORDERED, StreamApp::acknowledge);
        until("all", () -> pending().isEmpty());
        assertThat(other.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void manyAreAcknowledgedInOneStep() throws Exception {
        StreamApp app = start(GATHERING, this::step);
        redis.command("EVAL", "for n = 1, 1200 do redis.call('XADD', KEYS[1], '*', 'key', 'a') redis.call('XADD', KEYS[1], '*', 'key', 'b') end", 1,
                stream);
        until("they are gathered", () -> app.consumer().status().gathered() == 2400);
        String barrier = barrier("a");
        until("those of its key", () -> pending().size() == 1200);
        assertThat(gathered.get(barrier)).hasSize(1200);
    }

    @Test
    void aRedisThatWasAwayForTheAcknowledgementGetsAllOfItAgain() throws Exception {
        StreamApp app = start(GATHERING, exchange -> {
            if (exchange.getMessage().getBody(Map.class).containsKey("barrier") && holding.add("killed")) {
                killRedis();
            }
            step(exchange);
        });
        member("a");
        member("a");
        until("they are gathered", () -> app.consumer().status().gathered() == 2);
        String barrier = barrier("a");
        until("it was not taken", () -> app.consumer().status().acknowledgementFailures() > 0);
        server.restart();
        redis = server.connect();
        until("all", () -> pending().isEmpty());
        assertThat(app.ids()).containsOnlyOnce(barrier);
        assertThat(admin().counters("tally")).containsEntry("members", "2").containsEntry("barriers", "1");
    }

    private void step(Exchange exchange) {
        Map<?, ?> fields = exchange.getMessage().getBody(Map.class);
        if (fields == null || fields.containsKey("park") && !holding.contains("not to be put aside")) {
            StreamApp.park(exchange);
        } else if (fields.containsKey("barrier")) {
            finish(exchange, fields);
        } else {
            fail(fields.containsKey("fails"));
            exchange.setProperty(RedisStreamsConstants.GATHER, true);
        }
    }

    private void finish(Exchange exchange, Map<?, ?> fields) {
        @SuppressWarnings("unchecked")
        List<StreamEntry> entries = exchange.getProperty(RedisStreamsConstants.GATHERED, List.class);
        gathered.put(exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class), entries.stream().map(entry -> entry.id().toString()).toList());
        fail("fails".equals(new String((byte[]) fields.get("barrier"))));
        exchange.setProperty(RedisStreamsConstants.GATHERED_COUNTERS,
                entries.stream().collect(Collectors.toMap(StreamEntry::id, entry -> counters(entry.id().toString(), "members"))));
        exchange.setProperty(RedisStreamsConstants.COUNTERS, counters(exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class), "barriers"));
        StreamApp.acknowledge(exchange);
    }

    private void fail(boolean told) {
        if (told && !failing.contains("no more")) {
            throw new IllegalStateException("on purpose");
        }
    }

    private static Counters counters(String once, String field) {
        return new Counters("", once, false, List.of(new Count("tally", Map.of(field, 1L), Map.of(), 1)));
    }

    private EntryStatus.State state(String id) throws InterruptedException {
        return admin().pending(id(id)).map(EntryStatus::state).orElse(null);
    }

    private String member(String key) {
        return redis.xadd(stream, "key", key);
    }

    private String barrier(String key) {
        return redis.xadd(stream, "key", key, "barrier", "1");
    }
}
