package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

/** What a person decides about entries, and what can be seen of them from outside. */
class DecisionsTest extends StreamTest {

    private static final String LONG = "&replayDelay=600000";

    @Test
    void anEntryThatWasPutAsideIsTriedAgainAtOnce() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        StreamApp app = start(LONG, exchange -> parkUnless(well, exchange));
        List<String> ids = add(3);
        until("all aside", () -> admin().status().parked() == 3);
        well.set(true);
        assertThat(admin().unpark(id(ids.get(1)), "mended", "Ann")).isEqualTo(Decision.DONE);
        until("it is acknowledged", () -> pending().equals(List.of(ids.get(0), ids.get(2))));
        assertThat(app.rounds(ids.get(1))).containsExactly(1, 2);
        assertThat(admin().unpark(id(ids.get(1)), "", "")).isEqualTo(Decision.NOT_PENDING);
    }

    @Test
    void whereNoConsumerIsAtWorkItIsTriedAtTheNextStart() throws Exception {
        StreamApp app = start(LONG, StreamApp::park);
        String id = add(1).get(0);
        until("aside", () -> admin().status().parked() == 1);
        app.close();
        assertThat(admin().unpark(id(id), "mended", "Ann")).isEqualTo(Decision.DONE);
        assertThat(admin().unpark(id(id), "again", "Bob")).as("twice").isEqualTo(Decision.ALREADY);
        assertThat(admin().record(id(id)).orElseThrow()).satisfies(record -> {
            assertThat(record.state()).isEqualTo(ParkedEntry.State.REPLAYED);
            assertThat(List.of(record.reason(), record.author())).as("the first word stands").containsExactly("mended", "Ann");
            assertThat(record.decidedAt()).isNotNull();
            assertThat(record.closedAt()).isNull();
        });
        assertThat(admin().pending(id(id)).orElseThrow().state()).isEqualTo(EntryStatus.State.DUE);
        assertThat(pending()).as("it only became due").containsExactly(id);
        StreamApp again = start(LONG, StreamApp::acknowledge);
        until("acknowledged", () -> pending().isEmpty());
        assertThat(again.rounds(id)).containsExactly(2);
    }

    /** The consumer learns it from a list that it empties; the answer with it may be lost. */
    @Test
    void aWordThatWasLostOnItsWayIsFoundByTheNextLook() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        StreamApp app = start("&pendingScanPeriod=100", exchange -> parkUnless(well, exchange));
        String id = add(1).get(0);
        until("aside", () -> admin().status().parked() == 1 && app.consumer().status().inProgress() == 0);
        well.set(true);
        setRecord(id, "1 0");
        until("acknowledged", () -> pending().isEmpty());
        assertThat(app.rounds(id)).containsExactly(1, 2);
    }

    /** Its route has not come to its end yet, and the consumer does not know for put aside what was tried again. */
    @Test
    void aDecisionBeforeTheEndOfTheRoundIsNotLost() throws Exception {
        RedisStreamsAdmin admin = admin();
        AtomicBoolean first = new AtomicBoolean(true);
        StreamApp app = start("&pendingScanPeriod=100", exchange -> {
            if (!first.getAndSet(false)) {
                StreamApp.acknowledge(exchange);
                return;
            }
            exchange.getContext().createProducerTemplate().send("redis-streams:" + stream + "?operation=park&group=" + StreamApp.GROUP, exchange);
            assertThat(admin.unpark(id(exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class)), "", "")).isEqualTo(Decision.DONE);
            until("the consumer was told", () -> (Long) redis.command("EXISTS", key("replay:" + StreamApp.GROUP)) == 0);
        });
        String id = add(1).get(0);
        until("acknowledged", () -> app.rounds(id).size() == 2 && pending().isEmpty());
    }

    @Test
    void onlyWhatIsPutAsideCanBeTriedAgain() throws Exception {
        StreamApp app = start(LONG, exchange -> {
            throw new IllegalStateException("not today");
        });
        String id = add(1).get(0);
        until("its round ended", () -> !dueRecords().isEmpty());
        List<String> before = dueRecords();
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.NOT_PARKED);
        assertThat(admin().unpark(id("1-1"), "", "")).isEqualTo(Decision.NOT_PENDING);
        assertThat(dueRecords()).isEqualTo(before);
        assertThat(admin().record(id(id))).isEmpty();
        assertThat(app.handed()).hasSize(1);
    }

    @Test
    void anEntryThatWasPutAsideOrIsScheduledCanBeDiscarded() throws Exception {
        StreamApp app = start("&replayDelay=2000&pendingScanPeriod=100", exchange -> {
            exchange.setProperty(RedisStreamsConstants.NOTE, "a note");
            if (n(exchange).equals("aside")) {
                StreamApp.park(exchange);
            }
        });
        String aside = redis.xadd(stream, "n", "aside");
        String scheduled = redis.xadd(stream, "n", "scheduled");
        until("both are at rest", () -> dueRecords().size() == 4 && app.consumer().status().inProgress() == 0);
        assertThat(admin().discard(id(aside), "a test", "Ann")).isEqualTo(Decision.DONE);
        assertThat(admin().discard(id(scheduled), "another", "Bob")).isEqualTo(Decision.DONE);
        assertThat(pending()).isEmpty();
        assertThat(dueRecords()).isEmpty();
        assertThat(admin().discard(id(aside), "again", "Bob")).isEqualTo(Decision.ALREADY);
        assertThat(admin().discard(id("1-1"), "", "")).isEqualTo(Decision.NOT_PENDING);
        List<ParkedEntry> closed = admin().closed(0, 10);
        assertThat(closed.stream().map(ParkedEntry::id)).as("the latest first").containsExactly(id(scheduled), id(aside));
        assertThat(closed).allSatisfy(record -> {
            assertThat(record.state()).isEqualTo(ParkedEntry.State.DISCARDED);
            assertThat(record.rounds()).isEqualTo(1);
            assertThat(record.note()).isEqualTo("a note");
            assertThat(record.decidedAt()).isNotNull();
            assertThat(record.closedAt()).isNotNull();
        });
        assertThat(closed.stream().map(ParkedEntry::author)).containsExactly("Bob", "Ann");
        assertThat(closed.stream().map(ParkedEntry::reason)).containsExactly("another", "a test");
        assertThat(closed.stream().map(record -> record.parkedAt() != null)).containsExactly(false, true);
        assertThat((Long) redis.command("TTL", key("quarantine:group:" + scheduled))).isBetween(399 * 86_400L, 400 * 86_400L);
        until("its time is over", () -> app.consumer().status().overdue() == null);
        assertThat(app.rounds(scheduled)).as("not handed out when its time came").containsExactly(1);
        assertThat(admin().status().parked()).isZero();
    }

    @Test
    void anEntryInProgressIsNeverDiscarded() throws Exception {
        CountDownLatch entered = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        RedisStreamsAdmin admin = admin();
        List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50", exchange -> {
            String id = exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
            decisions.add(admin.discard(id(id), "", ""));
            decisions.add(admin.unpark(id(id), "", ""));
            entered.countDown();
            if (entered.getCount() == 0) {
                release.await();
                StreamApp.acknowledge(exchange);
            }
        });
        String id = add(1).get(0);
        entered.await();
        assertThat(decisions).as("in its first round and in later ones").containsExactly(Decision.IN_PROGRESS, Decision.NOT_PARKED,
                Decision.IN_PROGRESS, Decision.NOT_PARKED, Decision.IN_PROGRESS, Decision.NOT_PARKED);
        assertThat(pending()).containsExactly(id);
        release.countDown();
        until("acknowledged", () -> pending().isEmpty());
        assertThat(admin.discard(id(id), "", "")).as("and no delivered one").isEqualTo(Decision.NOT_PENDING);
        assertThat(admin.record(id(id))).isEmpty();
        assertThat(app.rounds(id)).containsExactly(1, 2, 3);
    }

    /** The consumer was suspended in the middle of it, and goes on with it for longer than its sign of life lasts. */
    @Test
    void anEntryThatASuspendedConsumerStillWorksOnIsNotDiscarded() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        StreamApp app = start(LONG, exchange -> {
            entered.countDown();
            release.await();
        });
        String id = add(1).get(0);
        entered.await();
        app.consumer().suspend();
        redis.command("DEL", key("leader:" + StreamApp.GROUP));
        until("it says that it is at work", () -> admin().status().atWork());
        assertThat(admin().discard(id(id), "", "")).isEqualTo(Decision.IN_PROGRESS);
        release.countDown();
        until("it is through", () -> app.consumer().status().inProgress() == 0);
        redis.command("DEL", key("leader:" + StreamApp.GROUP));
        assertThat(admin().discard(id(id), "", "")).as("its round does not go on").isEqualTo(Decision.DONE);
    }

    @Test
    void whereNoConsumerIsAtWorkAllThatIsPendingCanBeDiscarded() throws Exception {
        List<String> ids = add(3);
        readByAnEarlierProcess();
        setRecord(ids.get(1), "3 0 k: in progress when it died");
        setRecord(ids.get(2), "garbage");
        for (String id : ids) {
            assertThat(admin().discard(id(id), "", "")).isEqualTo(Decision.DONE);
        }
        assertThat(pending()).isEmpty();
        assertThat(admin().record(id(ids.get(1))).orElseThrow().note()).isEqualTo("in progress when it died");
    }

    @Test
    void theSameDecisionAtTheSameTimeIsDoneOnce() throws Exception {
        StreamApp app = start(LONG, StreamApp::park);
        List<String> ids = add(20);
        until("all aside", () -> admin().status().parked() == 20);
        app.close();
        for (String id : ids.subList(0, 10)) {
            assertThat(atOnce(() -> admin().unpark(id(id), "", ""))).containsExactlyInAnyOrder(Decision.DONE, Decision.ALREADY, Decision.ALREADY,
                    Decision.ALREADY);
        }
        for (String id : ids) {
            assertThat(atOnce(() -> admin().discard(id(id), "", ""))).containsExactlyInAnyOrder(Decision.DONE, Decision.ALREADY, Decision.ALREADY,
                    Decision.ALREADY);
        }
        assertThat(pending()).isEmpty();
        assertThat(admin().status().parked()).isZero();
        assertThat(admin().closed(0, 100)).hasSize(20);
    }

    @Test
    void routesDecideByHeaders() throws Exception {
        StreamApp app = start(LONG, StreamApp::park);
        List<String> ids = add(2);
        until("both aside", () -> admin().status().parked() == 2);
        assertThat(decide(app, "discard", ids.get(0), "twice", "Ann")).isEqualTo("DONE");
        assertThat(admin().record(id(ids.get(0))).orElseThrow()).satisfies(record -> {
            assertThat(record.state()).isEqualTo(ParkedEntry.State.DISCARDED);
            assertThat(List.of(record.reason(), record.author())).containsExactly("twice", "Ann");
        });
        assertThat(decide(app, "unpark", ids.get(1), null, null)).isEqualTo("DONE");
        assertThat(admin().record(id(ids.get(1))).orElseThrow().reason()).isNull();
        until("it is tried again", () -> app.rounds(ids.get(1)).size() == 2);
        assertThat(decide(app, "unpark", "1-1", null, null)).isEqualTo("NOT_PENDING");
    }

    @Test
    void whatSomebodyAcknowledgedPastUsIsNotAsideOnceOneDecides() throws Exception {
        StreamApp app = start(LONG, StreamApp::park);
        List<String> ids = add(2);
        until("both aside", () -> admin().status().parked() == 2);
        redis.xack(stream, StreamApp.GROUP, ids.toArray(String[]::new));
        assertThat(admin().unpark(id(ids.get(0)), "", "")).isEqualTo(Decision.NOT_PENDING);
        assertThat(admin().discard(id(ids.get(1)), "", "")).isEqualTo(Decision.NOT_PENDING);
        assertThat(admin().parked(0, 10)).isEmpty();
        assertThat(admin().closed(0, 10).stream().map(ParkedEntry::state)).containsExactly(ParkedEntry.State.ACKNOWLEDGED,
                ParkedEntry.State.ACKNOWLEDGED);
        assertThat(dueRecords()).isEmpty();
        assertThat(app.handed()).hasSize(2);
    }

    @Test
    void showsWhatIsPendingAndWhatItHolds() throws Exception {
        List<String> ids = add(5);
        readByAnEarlierProcess();
        String unread = redis.xadd(stream, "n", "unread");
        setRecord(ids.get(1), "2 1763640000000 k: why");
        setRecord(ids.get(2), "7 -1 k: because");
        setRecord(ids.get(3), "1 0");
        setRecord(ids.get(4), "garbage");
        List<EntryStatus> all = new ArrayList<>();
        EntryId last = EntryId.MIN;
        for (List<EntryStatus> page = admin().pendingAfter(last, 2); !page.isEmpty(); page = admin().pendingAfter(last, 2)) {
            all.addAll(page);
            last = page.get(page.size() - 1).id();
        }
        assertThat(all.stream().map(entry -> entry.id().toString())).isEqualTo(ids);
        assertThat(all.stream().map(EntryStatus::state)).containsExactly(EntryStatus.State.DUE, EntryStatus.State.SCHEDULED,
                EntryStatus.State.PARKED, EntryStatus.State.DUE, EntryStatus.State.DUE);
        assertThat(all.stream().map(EntryStatus::rounds)).containsExactly(0, 2, 7, 1, 0);
        assertThat(all.stream().map(EntryStatus::note)).containsExactly("", "why", "because", "", "");
        assertThat(all.get(1).due().toEpochMilli()).isEqualTo(1_763_640_000_000L);
        assertThat(all).allSatisfy(entry -> assertThat(entry.consumer()).isEqualTo("camel"));
        assertThat(admin().pending(id(unread))).isEmpty();
        assertThat(admin().entriesAfter(id(ids.get(3)), 10).stream().map(entry -> entry.id().toString())).containsExactly(ids.get(4), unread);
        assertThat(admin().entry(id(unread)).orElseThrow().fields().get("n")).isEqualTo("unread".getBytes(StandardCharsets.US_ASCII));
        assertThat(admin().entry(id("1-1"))).isEmpty();
        assertThat(admin().parked(0, 10)).isEmpty();
    }

    @Test
    void showsTheQuarantineInPages() throws Exception {
        start(LONG, StreamApp::park);
        List<String> ids = new ArrayList<>(add(7));
        until("all aside", () -> admin().status().parked() == 7);
        List<String> shown = new ArrayList<>();
        for (int page = 0; page < 4; page++) {
            admin().parked(2 * page, 2).forEach(record -> shown.add(record.id().toString()));
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(admin().parked(0, 0)).isEmpty();
        assertThat(admin().parked(100, 10)).isEmpty();
        assertThat(admin().closed(0, 10)).isEmpty();
    }

    @Test
    void needsTheNameOfAGroup() {
        RedisStreamsConfiguration configuration = configuration();
        configuration.setGroup(null);
        assertThatThrownBy(() -> RedisStreamsAdmin.connect(configuration)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group");
    }

    private static void parkUnless(AtomicBoolean well, Exchange exchange) {
        if (well.get()) {
            StreamApp.acknowledge(exchange);
        } else {
            StreamApp.park(exchange);
        }
    }

    private static String n(Exchange exchange) {
        return Redis.text(exchange.getMessage().getBody(Map.class).get("n"));
    }

    private String decide(StreamApp app, String operation, String id, String reason, String author) {
        return app.context().createProducerTemplate().request("redis-streams:" + stream + "?operation=" + operation + "&group=" + StreamApp.GROUP,
                exchange -> {
                    exchange.getMessage().setHeader(RedisStreamsConstants.ENTRY_ID, id);
                    exchange.getMessage().setHeader(RedisStreamsConstants.REASON, reason);
                    exchange.getMessage().setHeader(RedisStreamsConstants.AUTHOR, author);
                }).getMessage().getHeader(RedisStreamsConstants.DECISION, String.class);
    }

    private static List<Decision> atOnce(Callable<Decision> decide) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Decision> decisions = new ArrayList<>();
            for (Future<Decision> decision : threads.invokeAll(Collections.nCopies(4, decide))) {
                decisions.add(decision.get());
            }
            return decisions;
        } finally {
            threads.shutdown();
        }
    }
}
