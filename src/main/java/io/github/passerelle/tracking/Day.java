package io.github.passerelle.tracking;

import java.time.LocalDate;
import java.util.Map;

import io.github.passerelle.push.Periods;

/**
 * A day in Paris.
 *
 * @param date    which one
 * @param counted what happened on it
 * @param logged  the line that was logged when it was over; null where none was
 */
public record Day(LocalDate date, Period counted, String logged) {

    /** @param fields all that was counted under the name of the day */
    static Day of(LocalDate date, Map<String, String> fields) {
        return new Day(date, Period.of(Periods.start(date), fields), fields.get(Periods.LINE));
    }

    /** What there is to say of it by now, in French. */
    public String line() {
        return new DayLine(date, counted).toString();
    }
}
