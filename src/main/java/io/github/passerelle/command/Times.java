package io.github.passerelle.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as people of the association read them.
 */
final class Times {

    private static final DateTimeFormatter PARIS
            = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Europe/Paris"));

    private Times() {
    }

    static String of(Instant time) {
        return PARIS.format(time);
    }

    /** How long it is since a time, in its two largest units. */
    static String age(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        if (age.toDays() > 0) {
            return several(age.toDays(), "day") + " " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    private static String several(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
