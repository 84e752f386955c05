package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;


/** Entries that a route puts aside. */
class QuarantineTest extends StreamTest {

    private static final byte[] BROKEN = { 'a', (byte) 0xC3, '(', (byte) 0xFF, 0, '\r', '\n', (byte) 0xE9 };
    private static final String OFTEN = "&replayDelay=20&replayMaxDelay=20&pendingScanPeriod=50";
    private static final int DAY = 86_400;

    @Test
    void anEntryThatIsPutAsideStaysPendingIsCopiedAndIsNotTriedAgain() throws Exception {
        StreamApp app = start(OFTEN, exchange -> {
            if (exchange.getMessage().getBody(Map.class).containsKey("event")) {
                exchange.setProperty(RedisStreamsConstants.NOTE, "refused: é\n{}");
                StreamApp.park(exchange);
            }
        });
        String id = redis.xadd(stream, "event", "sale", "payload", BROKEN, "é", "");
        until("it is put aside", () -> admin().status().parked() == 1);
        readAndAcknowledgedMeanwhile(app);
        assertThat(app.rounds(id)).containsExactly(1);
        assertThat(pending()).containsExactly(id);
        assertThat(copy(id)).containsOnlyKeys("event", "payload", "é").containsEntry("payload", BROKEN).containsEntry("é", new byte[0]);
        assertThat(dueRecords()).containsSequence(StreamApp.GROUP + " " + id, "1 -1 k: refused: é\n{}");
        ParkedEntry record = admin().record(id(id)).orElseThrow();
        assertThat(record.state()).isEqualTo(ParkedEntry.State.PARKED);
        assertThat(record.rounds()).isEqualTo(1);
        assertThat(record.note()).isEqualTo("refused: é\n{}");
        assertThat(record.parkedAt()).isBetween(Instant.now().minusSeconds(100), Instant.now().plusSeconds(100));
        assertThat(List.of(ttl(recordKey(id)), ttl(copyKey(id)))).as("for as long as it takes").containsExactly(-1L, -1L);
    }

    @Test
    void itStaysAsideOverRestarts() throws Exception {
        StreamApp app = start(OFTEN, StreamApp::park);
        List<String> ids = add(3);
        until("they are put aside", () -> admin().status().parked() == 3);
        app.close();
        for (int restart = 0; restart < 2; restart++) {
            StreamApp again = start(OFTEN, StreamApp::acknowledge);
            readAndAcknowledgedMeanwhile(again);
            assertThat(again.ids()).doesNotContainAnyElementsOf(ids);
            again.close();
        }
        assertThat(pending()).isEqualTo(ids);
        assertThat(admin().parked(0, 10).stream().map(ParkedEntry::state)).containsOnly(ParkedEntry.State.PARKED).hasSize(3);
    }

    @Test
    void theAcknowledgementOfAnEntryThatWasTriedAgainClosesItsRecord() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        StreamApp app = start("", exchange -> {
            if (well.get()) {
                StreamApp.acknowledge(exchange);
            } else {
                StreamApp.park(exchange);
            }
        });
        String id = redis.xadd(stream, "n", BROKEN);
        until("it is put aside", () -> admin().status().parked() == 1);
        well.set(true);
        assertThat(admin().unpark(id(id), "mended", "Ann")).isEqualTo(Decision.DONE);
        until("the acknowledgement", () -> pending().isEmpty());
        assertThat(app.rounds(id)).containsExactly(1, 2);
        ParkedEntry record = admin().record(id(id)).orElseThrow();
        assertThat(record.state()).isEqualTo(ParkedEntry.State.ACKNOWLEDGED);
        assertThat(record.closedAt()).isNotNull();
        assertThat(List.of(record.reason(), record.author())).containsExactly("mended", "Ann");
        assertThat(ttl(recordKey(id))).isBetween(399L * DAY, 400L * DAY);
        assertThat(ttl(copyKey(id))).isBetween(29L * DAY, 30L * DAY);
        assertThat(admin().closed(0, 10).stream().map(ParkedEntry::id)).containsExactly(id(id));
        assertThat(admin().parked(0, 10)).isEmpty();
        assertThat(dueRecords()).isEmpty();
    }

    @Test
    void anEntryThatIsTriedAgainAndRefusedAgainIsAsideAgain() throws Exception {
        StreamApp app = start("", exchange -> {
            exchange.setProperty(RedisStreamsConstants.NOTE, "round " + exchange.getProperty(RedisStreamsConstants.ROUND));
            StreamApp.park(exchange);
        });
        String id = add(1).get(0);
        for (int round = 1; round <= 2; round++) {
            int rounds = round;
            until("round " + round, () -> admin().parked(0, 10).stream().anyMatch(record -> record.rounds() == rounds));
            ParkedEntry record = admin().record(id(id)).orElseThrow();
            assertThat(record.state()).isEqualTo(ParkedEntry.State.PARKED);
            assertThat(record.note()).isEqualTo("round " + round);
            assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        }
        until("round 3", () -> app.rounds(id).equals(List.of(1, 2, 3)));
    }

    /** Whoever acknowledges it by its id, and not as the one that was handed out. */
    @Test
    void anAcknowledgementFromElsewhereClosesTheRecordToo() throws Exception {
        StreamApp app = start("", StreamApp::park);
        List<String> ids = add(3);
        until("they are put aside", () -> admin().status().parked() == 3);
        // even if somebody damaged what is kept of it
        redis.command("DEL", recordKey(ids.get(1)));
        redis.command("HDEL", key("due"), StreamApp.GROUP + " " + ids.get(2));
        for (String id : ids) {
            app.context().createProducerTemplate().sendBodyAndHeader("redis-streams:" + stream + "?operation=ack&group=" + StreamApp.GROUP, null,
                    RedisStreamsConstants.ENTRY_ID, id);
            assertThat(admin().record(id(id)).orElseThrow().state()).isEqualTo(ParkedEntry.State.ACKNOWLEDGED);
        }
        assertThat(pending()).isEmpty();
        assertThat(admin().status().parked()).isZero();
    }

    /** Redis took it, and the answer was lost on its way: it would be copied and tried nevertheless. */
    @Test
    void anEntryThatRedisHasPutAsideIsAsideEvenIfTheAnswerWasLost() throws Exception {
        RedisStream other = new RedisStream(closing(new RedissonClients()).get(configuration(), null), configuration());
        StreamApp app = start(OFTEN, exchange -> {
            String id = exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
            if (isFirst(exchange)) {
                other.await(other.quarantine().park(other.entry(id(id)), new Round(1, Round.NEVER, Order.NONE, "lost"), List.of()));
                throw new IllegalStateException("no answer from Redis in time");
            }
            StreamApp.acknowledge(exchange);
        });
        String id = redis.xadd(stream, "n", "first");
        until("it is put aside", () -> admin().status().parked() == 1 && app.consumer().status().inProgress() == 0);
        readAndAcknowledgedMeanwhile(app);
        assertThat(app.rounds(id)).containsExactly(1);
        assertThat(admin().pending(id(id)).orElseThrow().state()).isEqualTo(EntryStatus.State.PARKED);
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        until("it is tried again", () -> app.rounds(id).size() > 1);
    }

    /** As when the time for an answer was over, and Redis took it later. */
    @Test
    void anEntryThatWasPutAsideWhileItWaitedForItsNextRoundIsNotHandedOut() throws Exception {
        RedisStream other = new RedisStream(closing(new RedissonClients()).get(configuration(), null), configuration());
        StreamApp app = start("&replayDelay=1000", exchange -> {
        });
        String id = add(1).get(0);
        until("it waits", () -> app.consumer().status().overdue() != null);
        other.await(other.quarantine().park(other.entry(id(id)), new Round(1, Round.NEVER, Order.NONE, "late"), List.of()));
        until("its time is over", () -> app.consumer().status().overdue() == null);
        assertThat(app.rounds(id)).containsExactly(1);
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        until("it is tried again", () -> app.rounds(id).size() == 2);
    }

    @Test
    void nothingIsCopiedOfAnEntryThatIsNotPending() throws Exception {
        StreamApp app = start("", exchange -> {
            redis.xack(stream, StreamApp.GROUP, exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class));
            StreamApp.park(exchange);
        });
        String id = add(1).get(0);
        until("the end", () -> app.ids().contains(id) && app.consumer().status().inProgress() == 0);
        assertThat(admin().record(id(id))).isEmpty();
        assertThat(admin().status().parked()).isZero();
        assertThat(dueRecords()).isEmpty();
    }

    @Test
    void onlyWhatAConsumerHandedOutCanBePutAside() throws Exception {
        StreamApp app = closing(StreamApp.producer(server.url()));
        Exchange exchange = new DefaultExchange(app.context());
        exchange.getMessage().setHeader(RedisStreamsConstants.ENTRY_ID, "1-1");
        app.context().createProducerTemplate().send("redis-streams:" + stream + "?operation=park&group=" + StreamApp.GROUP, exchange);
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("operation=park");
    }

    @Test
    void eachGroupHasItsOwn() throws Exception {
        start("", StreamApp::park);
        String id = add(1).get(0);
        until("it is put aside", () -> admin().status().parked() == 1);
        RedisStreamsConfiguration other = configuration();
        other.setGroup("other");
        redis.command("XGROUP", "CREATE", stream, "other", "0");
        try (RedisStreamsAdmin admin = RedisStreamsAdmin.connect(other)) {
            assertThat(admin.status().parked()).isZero();
            assertThat(admin.parked(0, 10)).isEmpty();
            assertThat(admin.record(id(id))).isEmpty();
            assertThat(admin.unpark(id(id), "", "")).isEqualTo(Decision.NOT_PENDING);
        }
    }

    @Test
    void whatSomebodyDamagedBreaksNothing() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        StreamApp app = start(OFTEN, exchange -> {
            if (well.get() || !isFirst(exchange)) {
                StreamApp.acknowledge(exchange);
            } else {
                StreamApp.park(exchange);
            }
        });
        List<String> damaged = new ArrayList<>();
        for (String damage : List.of("SET {s}:due x", "DEL {s}:due", "HSET {s}:due group!{id} garbage", "HSET {s}:due group!{id} 99999999999!1",
                "HSET {s}:due group!{id} 1!-1x", "HSET {s}:due group!{id} 1!-5", "HDEL {s}:due group!{id}", "SET {s}:quarantine:group x",
                "DEL {s}:quarantine:group", "ZADD {s}:quarantine:group 1 garbage", "SET {s}:quarantine:group:closed x",
                "SET {s}:quarantine:group:{id} x", "DEL {s}:quarantine:group:{id}",
                "HSET {s}:quarantine:group:{id} state NONE rounds many parkedAt today closedAt never", "SET {s}:quarantine:group:{id}:entry x",
                "DEL {s}:quarantine:group:{id}:entry", "SET {s}:replay:group x", "SADD {s}:replay:group garbage 1-1", "SET {s}:leader:group !",
                "SET {s}:trimmed x", "HSET {s}:trimmed group garbage")) {
            well.set(false);
            String id = redis.xadd(stream, "n", "first");
            damaged.add(id);
            until("aside: " + damage, () -> admin().parked(0, 10).stream().anyMatch(record -> record.id().equals(id(id))));
            redis.command((Object[]) command(damage, id));
            admin().parked(0, 10);
            admin().closed(0, 100);
            admin().record(id(id));
            assertThat(admin().status().waiting()).as(damage).isZero();
            assertThat(admin().pending(id(id))).as(damage).isPresent();
            readAndAcknowledgedMeanwhile(app);
            well.set(true);
            // what the damage made due may have been refused once more meanwhile, and is aside again
            until("decided: " + damage, () -> admin().unpark(id(id), "", "") != Decision.NOT_PARKED);
            until("acknowledged: " + damage, () -> pending().isEmpty());
            redis.command("ZREM", key("quarantine:" + StreamApp.GROUP), "garbage");
            until("none is aside: " + damage, () -> admin().status().parked() == 0);
        }
        app.close();
        StreamApp again = start(OFTEN, StreamApp::acknowledge);
        readAndAcknowledgedMeanwhile(again);
        assertThat(again.ids()).doesNotContainAnyElementsOf(damaged);
    }

    /** What is put aside must not fail for what lies there. */
    @Test
    void whatLiesInThePlaceOfAKeyGivesWay() throws Exception {
        Queue<String> damages = new ConcurrentLinkedQueue<>(List.of("SET {s}:due x", "SET {s}:quarantine:group x",
                "SET {s}:quarantine:group:closed x", "SET {s}:quarantine:group:{id} x", "SET {s}:quarantine:group:{id}:entry x"));
        StreamApp app = start(OFTEN, exchange -> {
            redis.command((Object[]) command(damages.remove(), exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class)));
            StreamApp.park(exchange);
        });
        while (!damages.isEmpty()) {
            String damage = damages.element();
            String id = redis.xadd(stream, "n", BROKEN);
            until("aside: " + damage, () -> admin().status().parked() == 1 && app.consumer().status().inProgress() == 0);
            assertThat(app.rounds(id)).as(damage).containsExactly(1);
            assertThat(copy(id)).as(damage).containsEntry("n", BROKEN);
            assertThat(admin().record(id(id)).orElseThrow().state()).as(damage).isEqualTo(ParkedEntry.State.PARKED);
            assertThat(admin().discard(id(id), "", "")).as(damage).isEqualTo(Decision.DONE);
        }
    }

    private String[] command(String template, String id) {
        String[] parts = template.replace("{s}", "{" + stream + "}").replace("{id}", id).split(" ");
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].replace('!', ' ');
        }
        return parts;
    }

    /** Another entry goes its way, and the pending list was looked through some times more. */
    private void readAndAcknowledgedMeanwhile(StreamApp app) {
        for (int look = 0; look < 3; look++) {
            String lost = lostByAnAnswer();
            until("another look at the pending list", () -> app.ids().contains(lost));
            redis.xack(stream, StreamApp.GROUP, lost);
            redis.command("XDEL", stream, lost);
        }
    }

    private Map<String, byte[]> copy(String id) throws InterruptedException {
        return new Quarantine(new Commands(closing(new RedissonClients()).get(configuration(), null), configuration()), new Keys(stream, StreamApp.GROUP), "")
                .content(id(id)).fields();
    }

    private static boolean isFirst(Exchange exchange) {
        return "first".equals(new String((byte[]) exchange.getMessage().getBody(Map.class).get("n")));
    }

    private long ttl(String key) {
        return (Long) redis.command("TTL", key);
    }

    private String recordKey(String id) {
        return key("quarantine:" + StreamApp.GROUP + ":" + id);
    }

    private String copyKey(String id) {
        return recordKey(id) + ":entry";
    }
}
