package io.github.passerelle.check;

import java.time.Duration;

/**
 * How long something is, in its largest unit or two.
 */
final class Ages {

    private Ages() {
    }

    static String words(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + (age.toDays() == 1 ? " day" : " days");
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        if (age.toMinutes() > 0) {
            return age.toMinutes() + " min " + age.toSecondsPart() + " s";
        }
        return Math.max(0, age.toSeconds()) + " s";
    }
}
