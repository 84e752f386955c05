package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.tracking.Overview.Condition;

class OverviewTest extends TrackingTest {

    private static final Instant NOON = Instant.parse("2026-11-21T11:00:00Z");

    @Test
    void withoutAStreamNothingWasPublished() throws Exception {
        Overview overview = overview();
        assertThat(overview.published()).isFalse();
        assertThat(overview.condition()).isEqualTo(Condition.NOT_AT_WORK);
        assertThat(overview.undelivered()).isZero();
        assertThat(redis.command("EXISTS", stream)).as("asking creates nothing").isEqualTo(0L);
    }

    @Test
    void withoutAWorkerEverythingWaits() throws Exception {
        Published sale = till.publish(till.ticket());
        till.publish(till.ticket());
        Overview overview = overview();
        assertThat(overview.waiting()).isEqualTo(2);
        assertThat(overview.published()).isTrue();
        assertThat(overview.oldestUndelivered()).isEqualTo(id(sale).time());
    }

    @Test
    void countsWhatIsInWhichState() throws Exception {
        PasserelleApp app = start();
        Published refused = quarantinedTicket();
        quarantinedTicket();
        redis.xadd(stream, "payload", "no json");
        until("unreadable", () -> overview().totalQuarantined() == 3);
        assertThat(overview().condition()).isEqualTo(Condition.UNDECIDED);
        Published failed = pendingTicket();
        deliveredTicket();
        Published failedToo = pendingTicket();
        Overview overview = overview();
        assertThat(overview.quarantined()).containsExactly(Map.entry("rejected", 2L), Map.entry("unreadable", 1L));
        assertThat(overview.scheduled()).isEqualTo(2);
        assertThat(overview.due()).isZero();
        assertThat(overview.failing()).containsExactly(Map.entry("paheko_5xx", 2L));
        assertThat(overview.lastCause()).isEqualTo("paheko_5xx");
        assertThat(overview.nextTry()).isEqualTo(Stream.of(entry(failed).nextTry(), entry(failedToo).nextTry()).min(Instant::compareTo).get());
        assertThat(overview.waiting()).isZero();
        assertThat(overview.undelivered()).isEqualTo(2);
        assertThat(overview.oldestUndelivered()).isEqualTo(id(failed).time());
        assertThat(overview.oldestQuarantined()).isEqualTo(id(refused).time());
        assertThat(overview.worker()).isEqualTo(new Worker(true, null));
        assertThat(overview.headRoom()).isNull();
        stop(app);
        assertThat(overview().condition()).isEqualTo(Condition.NOT_AT_WORK);
        tracking.decisions().replay(id(refused), Why.optional(null, null));
        assertThat(overview().due()).isEqualTo(1);
        assertThat(overview().totalQuarantined()).isEqualTo(2);
    }

    @Test
    void tellsSinceWhenSendingIsPaused() throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        paheko.answer(401);
        start();
        till.publish(till.ticket());
        until("paused", () -> overview().condition() == Condition.PAUSED);
        assertThat(overview().worker().pausedSince()).isBetween(before, Instant.now());
        paheko.normal();
        until("over", () -> overview().condition() == Condition.WELL);
    }

    @Test
    void tellsHowMuchRoomIsLeftAndWhatWasLost() throws Exception {
        for (int i = 0; i < 30; i++) {
            till.publish(till.ticket());
        }
        assertThat(overview().headRoom()).as("nothing was dropped so far").isNull();
        redis.command("XTRIM", stream, "MAXLEN", 20);
        assertThat(overview().headRoom()).isEqualTo(new HeadRoom(20, 20));
        assertThat(overview().isTrimmingThreatening()).isTrue();
        redis.command("XGROUP", "CREATE", stream, Till.GROUP, "0");
        redis.command("XREADGROUP", "GROUP", Till.GROUP, "passerelle", "COUNT", 5, "STREAMS", stream, ">");
        redis.command("XTRIM", stream, "MAXLEN", 5);
        start(app().property("camel.component.redis-streams.configuration.pending-scan-period", 100));
        until("delivered", () -> overview().undelivered() != null && overview().undelivered() == 0 && overview().trimmed() > 0);
        assertThat(overview().trimmed()).isEqualTo(10);
        assertThat(overview().quarantined()).containsOnly(Map.entry("trimmed", 5L));
    }

    @Test
    void saysWhatMattersMostFirst() {
        Worker well = new Worker(true, null);
        assertThat(condition(new Worker(false, null), 9, 1, new HeadRoom(9, 10))).isEqualTo(Condition.NOT_AT_WORK);
        assertThat(condition(new Worker(true, NOON), 9, 1, new HeadRoom(9, 10))).isEqualTo(Condition.PAUSED);
        assertThat(condition(well, 9, 1, new HeadRoom(8, 10))).isEqualTo(Condition.TRIMMING_THREATENS);
        assertThat(condition(well, 9, 1, new HeadRoom(7, 10))).isEqualTo(Condition.UNDECIDED);
        assertThat(condition(well, 9, 0, null)).isEqualTo(Condition.RETRYING);
        assertThat(new Overview(NOON, well, true, 0L, 0, 9, null, 1, 0, null, Map.of(), null, Map.of(), null, null, null, 0, null).condition())
                .isEqualTo(Condition.HELD);
        assertThat(condition(well, 0, 0, null)).isEqualTo(Condition.WELL);
    }

    /** Ten thousand that were refused, in the form in which they lie in Redis; the limits are far above what it takes. */
    @Test
    void staysQuickWithTenThousandInQuarantine() throws Exception {
        redis.command("XGROUP", "CREATE", stream, Till.GROUP, "0", "MKSTREAM");
        redis.command("EVAL", """
                local note = '{"event":"pos.ticket.created","session":"c-1","key":"pos.ticket.created:s-%d","first":1,"last":1,"tries":1,'
                    .. '"cause":"%s","status":400,"answer":"Montant total different de la somme des paiements"}'
                for n = 1, 10000 do
                  local id = n .. '-0'
                  redis.call('XADD', KEYS[1], id, 'event', 'pos.ticket.created', 'payload', '{"sale_id":"s-' .. n .. '","cash_session_id":"c-1"}')
                  local mine = string.format(note, n, n % 10 == 0 and 'unauthorized' or 'rejected')
                  redis.call('HSET', KEYS[2], ARGV[1] .. ' ' .. id, '1 -1 ' .. mine)
                  redis.call('ZADD', KEYS[3], n, id)
                  redis.call('HSET', KEYS[3] .. ':' .. id, 'state', 'PARKED', 'rounds', '1', 'note', mine, 'parkedAt', n)
                end
                redis.call('XREADGROUP', 'GROUP', ARGV[1], 'passerelle', 'COUNT', 10000, 'STREAMS', KEYS[1], '>')""", 3, stream,
                "{" + stream + "}:due", quarantine(), Till.GROUP);
        Map<String, Duration> took = new LinkedHashMap<>();
        long start = System.nanoTime();
        assertThat(overview().quarantined()).containsExactly(Map.entry("rejected", 9000L), Map.entry("unauthorized", 1000L));
        took.put("overview", Duration.ofNanos(System.nanoTime() - start));
        start = System.nanoTime();
        Listing listing = tracking.queries().quarantined(100);
        took.put("list", Duration.ofNanos(System.nanoTime() - start));
        assertThat(listing.total()).isEqualTo(10_000);
        assertThat(listing.entries()).hasSize(100).first().extracting(entry -> entry.id().millis()).isEqualTo(10_000L);
        assertThat(listing.entries()).allMatch(entry -> entry.damage() == null && entry.state() == State.QUARANTINED);
        start = System.nanoTime();
        assertThat(tracking.queries().where("s-5000").entries()).hasSize(1);
        took.put("where", Duration.ofNanos(System.nanoTime() - start));
        System.out.println(took);
        assertThat(took).allSatisfy((what, time) -> assertThat(time).as(what).isLessThan(Duration.ofSeconds(10)));
        assertThat(tracking.queries().quarantined(Integer.MAX_VALUE).entries()).hasSize(10_000);
        assertThat(tracking.queries().pending(100).total()).isZero();
    }

    private static Condition condition(Worker worker, long scheduled, long quarantined, HeadRoom room) {
        return new Overview(NOON, worker, true, 0L, 0, scheduled, null, 0, 0, null, Map.of(), null,
                quarantined == 0 ? Map.of() : Map.of("rejected", quarantined), null, null, null, 0, room).condition();
    }

    private Overview overview() throws InterruptedException {
        return tracking.queries().overview();
    }
}
