package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted in the step that it counts: once, and whatever somebody put in the place of what counts. */
class CountsTest extends StreamTest {

    private static final long DAY = TimeUnit.DAYS.toSeconds(1);
    private static final List<Count> ONE = List.of(new Count("day", Map.of("tried", 1L), Map.of(), 400));

    private RedisStream other;

    @BeforeEach
    void client() {
        other = new RedisStream(closing(new RedissonClients()).get(configuration(), null), configuration());
    }

    @Test
    void anAcknowledgementCountsInEachHashAndEachIsKeptForItsTime() throws Exception {
        List<String> ids = read(2);
        acknowledge(ids.get(0), "customer:7", "order-1", false);
        acknowledge(ids.get(1), "customer:7", "order-2", true);
        assertThat(admin().counters(List.of("customer:7", "hour", "day", "none"))).containsExactly(
                Map.of("orders", "2", "cents", "2500", "latest", "order-2"), Map.of("orders", "2"), Map.of("orders", "2"), Map.of());
        assertThat(List.of(ttl("customer:7"), ttl("hour"), ttl("day"))).containsExactly(400L, 7L, 400L);
        assertThat(admin().counted(0, 10)).extracting(CountedName::name).containsExactly("customer:7");
    }

    @Test
    void aSecondEntryUnderTheSameKeyCountsNowhere() throws Exception {
        List<String> ids = read(4);
        acknowledge(ids.get(0), "customer:7", "order-1", false);
        acknowledge(ids.get(1), "customer:7", "order-1", false);
        assertThat(counted("day")).containsOnly(Map.entry("orders", "1"));
        acknowledge(ids.get(2), "customer:8", "order-1", false);
        assertThat(counted("day")).as("each scope has its own keys").containsOnly(Map.entry("orders", "2"));
        acknowledge(ids.get(3), "customer:8", "order-1", false);
        assertThat(counted("day")).containsOnly(Map.entry("orders", "2"));
        assertThat(pending()).isEmpty();
    }

    @Test
    void aRepeatedAcknowledgementCountsNowhere() throws Exception {
        String id = read(1).get(0);
        acknowledge(id, "", "", false);
        assertThat(acknowledge(id, counters("", "", false))).isZero();
        assertThat(counted("day")).containsOnly(Map.entry("orders", "1"));
    }

    @Test
    void withoutAScopeAKeyCountsOnceInThirtyDays() throws Exception {
        List<String> ids = read(5);
        acknowledge(ids.get(0), "", "order-1", false);
        acknowledge(ids.get(1), "", "order-1", false);
        acknowledge(ids.get(2), "", "order-2", false);
        assertThat(counted("day")).containsOnly(Map.entry("orders", "2"));
        long now = System.currentTimeMillis();
        String keys = key("counted:group:keys");
        redis.command("ZADD", keys, now - TimeUnit.DAYS.toMillis(30) - 60_000, "order-1", now - TimeUnit.DAYS.toMillis(29), "order-2");
        acknowledge(ids.get(3), "", "order-1", false);
        acknowledge(ids.get(4), "", "order-2", false);
        assertThat(counted("day")).containsOnly(Map.entry("orders", "3"));
        assertThat(redis.command("ZCARD", keys)).isEqualTo(2L);
        assertThat(admin().counted(0, 10)).isEmpty();
    }

    @Test
    void whatSomebodyPutInTheirPlaceStopsNoAcknowledgement() throws Exception {
        List<String> ids = read(3);
        redis.command("SET", key("counted:group:day"), "5");
        redis.command("SET", key("counted:group:keys"), "5");
        redis.command("SET", key("counted:group:keys:customer:7"), "5");
        redis.command("SET", key("counted:group"), "5");
        redis.command("HSET", key("counted:group:hour"), "orders", "many");
        acknowledge(ids.get(0), "", "order-1", false);
        acknowledge(ids.get(1), "customer:7", "order-2", false);
        redis.command("HSET", key("counted:group:day"), "orders", "9223372036854775807");
        acknowledge(ids.get(2), "customer:7", "order-3", true);
        assertThat(pending()).isEmpty();
        assertThat(counted("hour")).as("a damaged field stays").containsOnly(Map.entry("orders", "many"));
        assertThat(counted("day")).as("and so does one that can grow no more").containsOnly(Map.entry("orders", "9223372036854775807"));
        assertThat(counted("customer:7")).containsEntry("orders", "2");
    }

    @Test
    void aTryCountsWithItsRecord() throws Exception {
        StreamApp app = start("&replayDelay=600000", exchange -> {
            TryOutcome.FAILED.report(exchange, ONE);
            TryOutcome.FAILED.report(exchange, ONE);
            throw new IllegalStateException("no answer");
        });
        String id = add(1).get(0);
        until("the round ended", () -> app.consumer().status().overdue() != null);
        assertThat(counted("day")).containsOnly(Map.entry("tried", "2"));
        assertThat(dueRecords().get(1)).startsWith("1 ");
        assertThat(pending()).containsExactly(id);
    }

    @Test
    void aTryOfAnEntryThatSomebodyAcknowledgedCountsNot() throws Exception {
        String id = read(1).get(0);
        redis.xack(stream, StreamApp.GROUP, id);
        other.endRound(id(id), new Round(1, Round.NOW, Order.NONE, ""), ONE);
        assertThat(counted("day")).isEmpty();
    }

    @Test
    void puttingAsideCountsOnceAlthoughTheFirstAnswerWasLost() throws Exception {
        String id = read(1).get(0);
        park(id);
        park(id);
        assertThat(counted("day")).containsOnly(Map.entry("tried", "1"));
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        park(id);
        assertThat(counted("day")).as("after a replay it counts again").containsOnly(Map.entry("tried", "2"));
    }

    @Test
    void aRouteSaysWhatPuttingAsideAndDiscardingCount() throws Exception {
        StreamApp app = start("", exchange -> {
            exchange.setProperty(RedisStreamsConstants.COUNTS, ONE);
            StreamApp.park(exchange);
        });
        String id = add(1).get(0);
        until("it is put aside", () -> admin().status().parked() == 1);
        assertThat(counted("day")).containsOnly(Map.entry("tried", "1"));
        for (int i = 0; i < 2; i++) {
            app.context().createProducerTemplate().send("redis-streams:" + stream + "?operation=discard&group=" + StreamApp.GROUP, exchange -> {
                exchange.getMessage().setHeader(RedisStreamsConstants.ENTRY_ID, id);
                exchange.setProperty(RedisStreamsConstants.COUNTS, List.of(new Count("day", Map.of("discarded", 1L), Map.of(), 400)));
            });
        }
        assertThat(pending()).isEmpty();
        assertThat(counted("day")).containsOnly(Map.entry("tried", "1"), Map.entry("discarded", "1"));
    }

    @Test
    void aDiscardCountsOnceAndOnlyWhereItIsDone() throws Exception {
        List<String> ids = read(2);
        redis.xack(stream, StreamApp.GROUP, ids.get(1));
        assertThat(admin().discard(id(ids.get(0)), "", "", ONE)).isEqualTo(Decision.DONE);
        assertThat(admin().discard(id(ids.get(0)), "", "", ONE)).isEqualTo(Decision.ALREADY);
        assertThat(admin().discard(id(ids.get(1)), "", "", ONE)).isEqualTo(Decision.NOT_PENDING);
        assertThat(counted("day")).containsOnly(Map.entry("tried", "1"));
    }

    /** The acknowledgement was earned while Redis was away, and is counted as what it was then. */
    @Test
    void whatRedisTakesLaterCountsAsItWasEarned() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        StreamApp app = start(exchange -> {
            exchange.setProperty(RedisStreamsConstants.COUNTERS, new Counters("", "order-1", false,
                    List.of(new Count(well.get() ? "tuesday" : "monday", Map.of("orders", 1L), Map.of(), 400))));
            killRedis();
            StreamApp.acknowledge(exchange);
        });
        String id = add(1).get(0);
        until("it notices", () -> app.ids().contains(id) && !app.consumer().status().connected());
        well.set(true);
        server.restart();
        until("acknowledged", () -> pending().isEmpty());
        assertThat(app.rounds(id)).containsExactly(1);
        assertThat(counted("monday")).containsOnly(Map.entry("orders", "1"));
        assertThat(counted("tuesday")).isEmpty();
    }

    @Test
    void aRedisAtItsMemoryLimitStillCountsAcknowledgementsAndDiscards() throws Exception {
        List<String> ids = read(3);
        setRecord(ids.get(2), "1 0 k: a note");
        acknowledge(ids.get(0), "", "order-1", false);
        redis.command("CONFIG", "SET", "maxmemory", 1);
        try {
            acknowledge(ids.get(1), "customer:7", "order-2", false);
            assertThat(counted("day")).containsOnly(Map.entry("orders", "2"));
            other.endRound(id(ids.get(2)), new Round(2, Round.NOW, Order.NONE, ""), ONE);
            assertThat(admin().discard(id(ids.get(2)), "", "", ONE)).isEqualTo(Decision.DONE);
        } finally {
            redis.command("CONFIG", "SET", "maxmemory", 0);
        }
        assertThat(pending()).isEmpty();
        assertThat(counted("day")).containsOnly(Map.entry("orders", "2"), Map.entry("tried", "2"));
    }

    @Test
    void aFieldIsRaisedAndNeverLowered() throws Exception {
        for (long backlog : List.of(3L, 12L, 5L)) {
            admin().raise("hour", 7, "backlog", backlog);
        }
        assertThat(counted("hour")).containsOnly(Map.entry("backlog", "12"));
        assertThat(ttl("hour")).isEqualTo(7);
        redis.command("HSET", key("counted:group:hour"), "backlog", "a lot");
        admin().raise("hour", 7, "backlog", 1);
        assertThat(counted("hour")).containsOnly(Map.entry("backlog", "1"));
        redis.command("SET", key("counted:group:day"), "5");
        admin().raise("day", 7, "backlog", 0);
        assertThat(counted("day")).containsOnly(Map.entry("backlog", "0"));
    }

    @Test
    void aFieldIsSetOnce() throws Exception {
        assertThat(admin().setOnce("day", 400, "line", "first")).isTrue();
        assertThat(admin().setOnce("day", 400, "line", "second")).isFalse();
        assertThat(counted("day")).containsOnly(Map.entry("line", "first"));
        assertThat(ttl("day")).isEqualTo(400);
        redis.command("SET", key("counted:group:day"), "5");
        assertThat(admin().setOnce("day", 400, "line", "third")).isTrue();
    }

    private List<String> read(int entries) {
        List<String> ids = add(entries);
        readByAnEarlierProcess();
        return ids;
    }

    private static Counters counters(String scope, String once, boolean last) {
        Count perScope = new Count(scope, Map.of("orders", 1L, "cents", 1250L), Map.of("latest", once), 400);
        Count hour = new Count("hour", Map.of("orders", 1L), Map.of(), 7);
        Count day = new Count("day", Map.of("orders", 1L), Map.of(), 400);
        return new Counters(scope, once, last, scope.isEmpty() ? List.of(hour, day) : List.of(perScope, hour, day));
    }

    private void acknowledge(String id, String scope, String once, boolean last) throws InterruptedException {
        assertThat(acknowledge(id, counters(scope, once, last))).isEqualTo(1);
    }

    private long acknowledge(String id, Counters counters) throws InterruptedException {
        return other.await(other.acknowledge(new Acker.Acknowledgement(id(id), counters)));
    }

    private void park(String id) throws InterruptedException {
        assertThat(other.await(other.quarantine().park(other.entry(id(id)), new Round(1, Round.NEVER, Order.NONE, ""), ONE))).isTrue();
    }

    private Map<String, String> counted(String name) throws InterruptedException {
        return admin().counters(name);
    }

    /** In days. */
    private long ttl(String name) {
        return Math.round((Long) redis.command("TTL", key("counted:group:" + name)) / (double) DAY);
    }
}
