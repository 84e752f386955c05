package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.camel.redisstreams.Count;

/** In which hour and on which day something is counted. */
class PeriodsTest {

    @ParameterizedTest
    @CsvSource({
            "2026-11-20T22:59:59.999Z, hour:2026-11-20T22:00:00Z, day:2026-11-20",
            "2026-11-20T23:00:00Z, hour:2026-11-20T23:00:00Z, day:2026-11-21",
            "2026-07-20T21:59:59.999Z, hour:2026-07-20T21:00:00Z, day:2026-07-20",
            "2026-07-20T22:00:00Z, hour:2026-07-20T22:00:00Z, day:2026-07-21",
            // the clock is set forward at two, and back at three
            "2026-03-28T23:00:00Z, hour:2026-03-28T23:00:00Z, day:2026-03-29",
            "2026-03-29T21:59:59Z, hour:2026-03-29T21:00:00Z, day:2026-03-29",
            "2026-03-29T22:00:00Z, hour:2026-03-29T22:00:00Z, day:2026-03-30",
            "2026-10-24T22:00:00Z, hour:2026-10-24T22:00:00Z, day:2026-10-25",
            "2026-10-25T22:59:59Z, hour:2026-10-25T22:00:00Z, day:2026-10-25",
            "2026-10-25T23:00:00Z, hour:2026-10-25T23:00:00Z, day:2026-10-26" })
    void aMomentCountsInItsHourAndInItsDayInParis(Instant moment, String hour, String day) {
        List<Count> counts = Periods.count(moment, Map.of("delivered", 1L));
        assertThat(counts).containsExactly(new Count(hour, Map.of("delivered", 1L), Map.of(), 7),
                new Count(day, Map.of("delivered", 1L), Map.of(), 400));
    }

    @ParameterizedTest
    @CsvSource({ "2026-03-29, 23", "2026-10-25, 25", "2026-11-20, 24" })
    void eachHourOfADayIsCountedByItself(LocalDate day, int hours) {
        Instant start = Periods.start(day);
        Duration length = Duration.between(start, Periods.start(day.plusDays(1)));
        assertThat(length).isEqualTo(Duration.ofHours(hours));
        assertThat(LongStream.range(0, length.toMinutes()).mapToObj(minute -> start.plus(Duration.ofMinutes(minute)))
                .peek(moment -> assertThat(Periods.day(moment)).isEqualTo(day)).map(Periods::nameOfHour).distinct()).hasSize(hours);
    }
}
