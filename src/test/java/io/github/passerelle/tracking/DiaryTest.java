package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.push.Periods;

/** The line of each day: when it is logged, by whom, and what it says. */
class DiaryTest extends TrackingTest {

    private final AtomicReference<Instant> now = new AtomicReference<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            412  | 3    | 1 | 321450   | 412 ventes livrées, 3 relivrées, 1 refusée, total 3 214,50 EUR
            0    | 0    | 0 | 0        | 0 vente livrée, 0 relivrée, 0 refusée, total 0,00 EUR
            1    | 1    | 2 | 5        | 1 vente livrée, 1 relivrée, 2 refusées, total 0,05 EUR
            2    | 2    | 0 | -1250    | 2 ventes livrées, 2 relivrées, 0 refusée, total -12,50 EUR
            1204 | 1000 | 0 | 99999900 | 1 204 ventes livrées, 1 000 relivrées, 0 refusée, total 999 999,00 EUR
            7    | 0    | 0 |          | 7 ventes livrées, 0 relivrée, 0 refusée, total inconnu""")
    void theLineIsFrench(long tickets, long repeated, long refused, Long cents, String text) {
        LocalDate day = LocalDate.parse("2026-11-20");
        assertThat(new Day(day, new Period(Periods.start(day), tickets + 2, tickets, repeated, 9, refused, 9, cents, 9L), null).line())
                .isEqualTo("2026-11-20 : " + text);
    }

    @Test
    void theLineIsLoggedSoonAfterMidnightInParisAndOnceOnly() throws Exception {
        write("day:2126-01-14", "tickets", 412, "delivered", 420, "repeated", 3, "refused", 1, "cents", 321_450);
        PasserelleApp app = atWork();
        Diary diary = diary();
        try (LogLines log = new LogLines()) {
            at("2126-01-14T22:59:59Z", diary, app);
            at("2126-01-14T23:00:09Z", diary, app);
            assertThat(lines(log)).as("what was delivered in the last moment may still come").isEmpty();
            at("2126-01-14T23:00:11Z", diary, app);
            at("2126-01-14T23:00:31Z", diary, app);
            at("2126-01-14T23:00:31Z", diary(), app);
            assertThat(lines(log)).containsExactly("INFO 2126-01-14 : 412 ventes livrées, 3 relivrées, 1 refusée, total 3 214,50 EUR"
                    + " [day=\"2126-01-14\", tickets=\"412\", repeated=\"3\", refused=\"1\", cents=\"321450\"]");
            at("2126-01-15T23:00:11Z", diary, app);
            assertThat(lines(log)).as("nothing happened on the day after").hasSize(1);
        }
        assertThat(kept("2126-01-14")).isEqualTo("2126-01-14 : 412 ventes livrées, 3 relivrées, 1 refusée, total 3 214,50 EUR");
    }

    /** The clock is set forward in the night before the first, and back in the night before the second of these midnights. */
    @ParameterizedTest
    @CsvSource({ "2126-03-31, 2126-03-31T21:59:59Z, 2126-03-31T22:00:11Z", "2126-10-27, 2126-10-27T22:59:59Z, 2126-10-27T23:00:11Z" })
    void aDayEndsAtMidnightAlsoWhenTheClockWasSet(String day, String before, String after) throws Exception {
        write("day:" + day, "delivered", 1);
        PasserelleApp app = atWork();
        Diary diary = diary();
        at(before, diary, app);
        assertThat(kept(day)).isNull();
        at(after, diary, app);
        assertThat(kept(day)).isNotNull();
    }

    @Test
    void theShippedRouteWritesALineForEachDayThatWasMissedAndThatAnythingHappenedOn() throws Exception {
        LocalDate today = Periods.day(Instant.now());
        write("day:" + today.minusDays(30), "delivered", 1, "tickets", 1, "cents", 250);
        write("day:" + today.minusDays(3), "refused", 1);
        write("day:" + today.minusDays(2), "backlog", 5);
        write("day:" + today.minusDays(1), "failed", 4, "line", "it was logged");
        try (LogLines log = new LogLines()) {
            start(often(app()));
            until("the latest", () -> kept(today.minusDays(3).toString()) != null);
            until("the line", () -> lines(log).size() == 2);
            assertThat(lines(log).get(0)).startsWith("INFO " + today.minusDays(30) + " : 1 vente livrée, 0 relivrée, 0 refusée, total 2,50 EUR");
            assertThat(lines(log).get(1)).startsWith("INFO " + today.minusDays(3) + " : 0 vente livrée, 0 relivrée, 1 refusée, total 0,00 EUR");
        }
        assertThat(kept(today.minusDays(2).toString())).isNull();
        assertThat(kept(today.minusDays(1).toString())).isEqualTo("it was logged");
        assertThat((Long) redis.command("TTL", counted("day:" + today.minusDays(30)))).isGreaterThan(399 * 86_400L);
    }

    @Test
    void onlyTheProcessAtWorkWritesAndTheOneThatTakesOverGoesOn() throws Exception {
        write("day:2126-01-14", "delivered", 1);
        PasserelleApp first = atWork();
        PasserelleApp second = start();
        second.awaitHealth("standing by", health -> health.text("role").equals("standby"));
        Diary diary = diary();
        at("2126-01-15T09:00:00Z", diary, second);
        assertThat(kept("2126-01-14")).isNull();
        assertThat(redis.command("EXISTS", counted("hour:2126-01-15T09:00:00Z"))).isEqualTo(0L);
        first.close();
        second.awaitHealth("at work", health -> health.text("role").equals("active"));
        at("2126-01-15T09:00:20Z", diary, second);
        assertThat(kept("2126-01-14")).isNotNull();
        assertThat(redis.command("EXISTS", counted("hour:2126-01-15T09:00:00Z"))).isEqualTo(1L);
    }

    @Test
    void whileRedisIsAwayNothingIsSaidAndTheLineComesLater() throws Exception {
        write("day:2126-01-14", "delivered", 1);
        PasserelleApp app = atWork();
        Diary diary = diary();
        try (LogLines log = new LogLines()) {
            // it is asked, and does not answer
            server.pause();
            at("2126-01-15T09:00:00Z", diary, app);
            app.awaitHealth("away", health -> health.text("redis").equals("error"));
            at("2126-01-15T09:00:20Z", diary, app);
            server.resume();
            app.awaitHealth("back", health -> health.text("push_worker").equals("ok"));
            assertThat(log.all().filter(line -> !line.startsWith("DEBUG") && line.contains("days"))).isEmpty();
            assertThat(lines(log)).isEmpty();
            at("2126-01-15T09:00:40Z", diary, app);
            assertThat(lines(log)).hasSize(1);
        }
    }

    @Test
    void aFullRedisTakesTheLineWhenThereIsMemoryAgain() throws Exception {
        write("day:2126-01-14", "delivered", 1);
        PasserelleApp app = atWork();
        Diary diary = diary();
        try (LogLines log = new LogLines()) {
            redis.command("CONFIG", "SET", "maxmemory", 1);
            try {
                at("2126-01-15T09:00:00Z", diary, app);
            } finally {
                redis.command("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(lines(log)).isEmpty();
            at("2126-01-15T09:00:20Z", diary, app);
            assertThat(lines(log)).hasSize(1);
        }
    }

    @Test
    void theMostThatWaitedOrWasPendingIsKept() throws Exception {
        paheko.answer(503);
        PasserelleApp app = atWork();
        Diary diary = diary();
        Published sale = till.publish(till.ticket());
        until("pending", () -> state(sale) == State.SCHEDULED);
        at("2126-01-15T09:00:00Z", diary, app);
        paheko.normal();
        redis.xack(stream, Till.GROUP, sale.entryId());
        at("2126-01-15T09:30:00Z", diary, app);
        at("2126-01-15T10:00:00Z", diary, app);
        try (Tracking then = Tracking.connect(settings(), Clock.fixed(Instant.parse("2126-01-15T10:30:00Z"), Periods.ZONE))) {
            assertThat(then.queries().hours(3)).extracting(Period::backlog).containsExactly(null, 1L, 0L);
            assertThat(then.queries().days(2)).extracting(Period::backlog).containsExactly(null, 1L);
        }
    }

    @Test
    void withoutAReceiverNobodyIsAtWorkAndNothingFails() throws Exception {
        write("day:2126-01-14", "delivered", 1);
        PasserelleApp app = start(app().without("PAHEKO_PLUGIN_URL"));
        at("2126-01-15T09:00:00Z", diary(), app);
        assertThat(kept("2126-01-14")).isNull();
    }

    /** The application, at work. */
    private PasserelleApp atWork() {
        PasserelleApp app = start();
        app.awaitHealth("at work", health -> health.text("push_worker").equals("ok") && health.text("role").equals("active"));
        return app;
    }

    private static PasserelleApp.Builder often(PasserelleApp.Builder builder) {
        return builder.edit("days.camel.yaml", route -> route.replace("period: 20000", "period: 200"));
    }

    private Diary diary() {
        Diary diary = new Diary(new Clock() {
            @Override
            public ZoneId getZone() {
                return Periods.ZONE;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        diary.setRouteId("push-caisse");
        return diary;
    }

    private void at(String moment, Diary diary, PasserelleApp app) throws InterruptedException {
        now.set(Instant.parse(moment));
        diary.write(app.context());
    }

    private static List<String> lines(LogLines log) {
        return log.all().filter(line -> line.contains("livrée")).toList();
    }

    private String kept(String day) {
        Object line = redis.command("HGET", counted("day:" + day), "line");
        return line == null ? null : Redis.text(line);
    }
}
