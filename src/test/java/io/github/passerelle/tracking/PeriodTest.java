package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

/** What is read of the hours and days, whatever lies there. */
class PeriodTest extends TrackingTest {

    private static final Instant NOON = Instant.parse("2026-11-21T11:20:30Z");

    @Test
    void theHoursHaveNoGapsAndTheLastIsTheCurrentOne() throws Exception {
        write("hour:2026-11-21T11:00:00Z", "delivered", 3, "tickets", 2, "repeated", 1, "cents", 1250, "failed", 4, "refused", 5, "discarded", 6,
                "backlog", 7);
        write("hour:2026-11-21T09:00:00Z", "delivered", 1);
        write("hour:2026-11-21T08:00:00Z", "delivered", 99);
        Instant eleven = Instant.parse("2026-11-21T11:00:00Z");
        assertThat(at(NOON).hours(3)).containsExactly(new Period(eleven.minus(Duration.ofHours(2)), 1, 0, 0, 0, 0, 0, 0L, null),
                new Period(eleven.minus(Duration.ofHours(1)), 0, 0, 0, 0, 0, 0, 0L, null), new Period(eleven, 3, 2, 1, 4, 5, 6, 1250L, 7L));
        assertThat(at(NOON).hours(168)).hasSize(168);
    }

    @Test
    void aDayBeginsAtMidnightInParis() throws Exception {
        write("day:2026-11-22", "delivered", 2);
        write("day:2026-11-21", "delivered", 1);
        Queries lateAtNight = at(Instant.parse("2026-11-21T23:30:00Z"));
        assertThat(lateAtNight.days(2)).extracting(Period::start)
                .containsExactly(Instant.parse("2026-11-20T23:00:00Z"), Instant.parse("2026-11-21T23:00:00Z"));
        assertThat(lateAtNight.days(2)).extracting(Period::delivered).containsExactly(1L, 2L);
    }

    @Test
    void theDayOnWhichTheClockIsSetForwardHas23Hours() throws Exception {
        assertThat(starts(at(Instant.parse("2026-03-30T10:00:00Z")).days(3))).containsExactly("2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z",
                "2026-03-29T22:00:00Z");
    }

    @Test
    void theDayOnWhichTheClockIsSetBackHas25HoursAndEachOfThemIsCounted() throws Exception {
        Instant morning = Instant.parse("2026-10-26T10:00:00Z");
        assertThat(starts(at(morning).days(3))).containsExactly("2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        // both are two o'clock in Paris
        write("hour:2026-10-25T00:00:00Z", "delivered", 1);
        write("hour:2026-10-25T01:00:00Z", "delivered", 2);
        assertThat(at(Instant.parse("2026-10-25T01:30:00Z")).hours(2)).extracting(Period::delivered).containsExactly(1L, 2L);
    }

    @Test
    void whatSomebodyDamagedIsUnknownOrNothing() throws Exception {
        write("hour:2026-11-21T11:00:00Z", "delivered", "many", "refused", 2, "cents", "1,50", "backlog", "");
        redis.command("SET", counted("hour:2026-11-21T10:00:00Z"), "5");
        write("hour:2026-11-21T09:00:00Z", "cents", 100, "unknown", 1);
        write("hour:2026-11-21T08:00:00Z", "cents", 100, "unknown", "none");
        List<Period> hours = at(NOON).hours(4);
        assertThat(hours).extracting(Period::delivered).containsExactly(0L, 0L, 0L, 0L);
        assertThat(hours).extracting(Period::cents).containsExactly(null, null, 0L, null);
        assertThat(hours.get(3).refused()).isEqualTo(2);
        assertThat(hours.get(3).backlog()).isNull();
    }

    private Queries at(Instant moment) {
        return closing(Tracking.connect(settings(), Clock.fixed(moment, ZoneOffset.UTC))).queries();
    }

    private static List<String> starts(List<Period> periods) {
        return periods.stream().map(period -> period.start().toString()).toList();
    }
}
