package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

/** Entries of one order key, with several in progress. */
class OrderTest extends StreamTest {

    static final String ORDERED = "&orderKey=RAW(${body[key]})&barrier=RAW(${body[barrier]} != null)&maxInProgress=16&concurrentConsumers=4"
                                          + "&replayDelay=600000";

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    @BeforeEach
    void makeGroup() {
        createGroup();
    }

    @AfterEach
    void openGates() {
        gates.values().forEach(CountDownLatch::countDown);
        gates.clear();
        failing.clear();
    }

    @Test
    void oneInProgressDelaysItsOwnKeyAndNoOther() throws Exception {
        String first = member("a");
        CountDownLatch gate = stopAt(first);
        StreamApp app = start(ORDERED, this::step);
        String second = member("a");
        String other = member("b");
        until("the other key", () -> app.ids().contains(other) && !pending().contains(other));
        assertThat(app.ids()).contains(first).doesNotContain(second);
        gate.countDown();
        until("all", () -> pending().isEmpty());
        assertThat(app.ids()).containsSubsequence(first, second);
    }

    /** Up to as many as may go at the same time. */
    @Test
    void manyThatWaitBehindOneDoNotKeepOthersFromBeingRead() throws Exception {
        String first = member("a");
        CountDownLatch gate = stopAt(first);
        StreamApp app = start(ORDERED + "&count=1", this::step);
        List<String> behind = List.of(member("a"), member("a"), member("a"));
        String other = member("b");
        until("the other key", () -> app.ids().contains(other) && !pending().contains(other));
        assertThat(app.ids()).contains(first).doesNotContainAnyElementsOf(behind);
        gate.countDown();
        until("all", () -> pending().isEmpty());
        assertThat(app.ids()).containsSubsequence(first, behind.get(0), behind.get(1), behind.get(2));
    }

    @Test
    void oneThatFailedDelaysOnlyTheBarrier() throws Exception {
        String failed = member("a");
        failing.add(failed);
        StreamApp app = start(ORDERED, this::step);
        String next = member("a");
        String barrier = barrier("a");
        String later = member("a");
        until("those behind it", () -> app.ids().containsAll(List.of(next, later)) && pending().equals(List.of(failed, barrier)));
        until("it says that it is held", () -> state(barrier) == EntryStatus.State.HELD);
        assertThat(app.consumer().status().held()).isEqualTo(1);
        assertThat(app.ids()).doesNotContain(barrier);
        failing.clear();
        redis.command("XACK", stream, StreamApp.GROUP, failed);
        app.close();
        StreamApp again = start(ORDERED, this::step);
        until("the barrier", () -> pending().isEmpty());
        assertThat(again.ids()).containsExactly(barrier);
    }

    @Test
    void aBarrierStaysHeldOverARestartAndGoesWhenItIsReleased() throws Exception {
        String failed = member("a");
        failing.add(failed);
        StreamApp app = start(ORDERED, this::step);
        String barrier = barrier("a");
        until("it is held", () -> state(barrier) == EntryStatus.State.HELD);
        app.close();
        StreamApp second = start(ORDERED, this::step);
        String other = member("b");
        until("something else", () -> second.ids().contains(other));
        until("it is held again", () -> second.consumer().status().held() == 1);
        assertThat(second.ids()).doesNotContain(barrier);
        assertThat(admin().release(id(failed), "", "")).isEqualTo(Decision.NOT_HELD);
        assertThat(admin().release(id(barrier), "it is late", "Ana")).isEqualTo(Decision.DONE);
        until("the barrier", () -> pending().equals(List.of(failed)));
        assertThat(second.ids()).containsOnlyOnce(barrier);
        assertThat(second.consumer().status().held()).isZero();
        assertThat(admin().release(id(barrier), "", "")).isEqualTo(Decision.NOT_PENDING);
    }

    @Test
    void aBarrierGoesAsSoonAsAPersonDiscardsWhatItWaitsFor() throws Exception {
        String failed = member("a");
        failing.add(failed);
        StreamApp app = start(ORDERED, this::step);
        String barrier = barrier("a");
        until("it is held", () -> state(barrier) == EntryStatus.State.HELD);
        assertThat(admin().discard(id(failed), "typed twice", "Ana")).isEqualTo(Decision.DONE);
        until("the barrier", () -> pending().isEmpty());
        assertThat(app.ids()).contains(barrier);
    }

    @Test
    void anEntryThatWasInProgressWhenTheProcessDiedGoesBeforeThoseOfItsKey() throws Exception {
        String orphan = member("a");
        readByAnEarlierProcess();
        String next = member("a");
        String barrier = barrier("a");
        StreamApp app = start(ORDERED, this::step);
        until("all", () -> pending().isEmpty());
        assertThat(app.ids()).containsExactly(orphan, next, barrier);
    }

    @Test
    void aBarrierDoesNotOvertakeAnEntryWhoseReadWasLost() throws Exception {
        StreamApp app = start(ORDERED, this::step);
        String before = member("a");
        until("it reads", () -> app.ids().contains(before) && pending().isEmpty());
        String lost = Redis.text(redis.command("EVAL", """
                local id = redis.call('XADD', KEYS[1], '*', 'key', 'a')
                redis.call('XREADGROUP', 'GROUP', ARGV[1], 'camel', 'STREAMS', KEYS[1], '>')
                return id""", 1, stream, StreamApp.GROUP));
        String barrier = barrier("a");
        until("all", () -> pending().isEmpty());
        assertThat(app.ids()).containsExactly(before, lost, barrier);
    }

    @Test
    void manyOfOneKeyDoNotKeepAnotherWaiting() throws Exception {
        String first = member("a");
        CountDownLatch gate = stopAt(first);
        StreamApp app = start(ORDERED + "&count=4", this::step);
        for (int i = 0; i < 300; i++) {
            member("a");
        }
        String other = member("b");
        gate.countDown();
        until("all", () -> app.ids().contains(other) && pending().isEmpty());
        assertThat(app.ids()).hasSize(302).doesNotHaveDuplicates();
        List<String> ofA = app.ids().stream().filter(id -> !id.equals(other)).toList();
        assertThat(ofA).isSorted();
    }

    @Test
    void aRouteMayHoldAnEntryUntilAPersonReleasesIt() throws Exception {
        String held = member("a");
        StreamApp app = start(ORDERED, exchange -> {
            if (exchange.getProperty(RedisStreamsConstants.RELEASED, Boolean.class)) {
                StreamApp.acknowledge(exchange);
            } else {
                exchange.setProperty(RedisStreamsConstants.HOLD, true);
            }
        });
        until("it is held", () -> state(held) == EntryStatus.State.HELD);
        assertThat(app.consumer().status().held()).isEqualTo(1);
        assertThat(admin().release(id(held), "it is right", "Ana")).isEqualTo(Decision.DONE);
        assertThat(admin().release(id(held), "it is right", "Ana")).isIn(Decision.ALREADY, Decision.NOT_PENDING);
        until("the entry", () -> pending().isEmpty());
        assertThat(app.rounds(held)).as("being held is no round").containsExactly(1, 1);
    }

    private void step(Exchange exchange) throws InterruptedException {
        String id = exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
        CountDownLatch gate = gates.get(id);
        if (gate != null) {
            gate.await();
        }
        if (failing.contains(id)) {
            throw new IllegalStateException("not today");
        }
        StreamApp.acknowledge(exchange);
    }

    private CountDownLatch stopAt(String id) {
        return gates.computeIfAbsent(id, k -> new CountDownLatch(1));
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
