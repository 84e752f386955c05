package io.github.passerelle.check;

import java.time.Duration;
import java.time.Instant;

/**
 * Compares another clock with the one here, as far as that can be told: the other was read at an unknown moment between the question and its
 * answer, and perhaps in whole seconds.
 */
final class ClockCheck {

    private static final Duration TOO_MUCH = Duration.ofSeconds(5);
    private static final String REMEDY = "Have both machines set their clocks by a time server (NTP): %s.";

    private final String code;
    private final String who;
    private final String why;

    /**
     * @param code of the finding
     * @param who  whose clock it is
     * @param why  what goes wrong where clocks differ
     */
    ClockCheck(String code, String who, String why) {
        this.code = code;
        this.who = who;
        this.why = why;
    }

    /**
     * @param earliest what the other clock showed at least
     * @param latest   what it showed at most
     * @param asked    by the clock here
     * @param answered by the clock here
     */
    Finding compare(Instant earliest, Instant latest, Instant asked, Instant answered) {
        // what is certain of the difference, and not what may be due to the way
        Duration ahead = Duration.between(answered, earliest);
        Duration behind = Duration.between(latest, asked);
        if (ahead.compareTo(TOO_MUCH) >= 0) {
            return differs(ahead, "ahead of");
        }
        if (behind.compareTo(TOO_MUCH) >= 0) {
            return differs(behind, "behind");
        }
        return Finding.ok(code, "The clock of " + who + " agrees with the one here (less than " + TOO_MUCH.toSeconds() + " s apart).");
    }

    private Finding differs(Duration difference, String how) {
        return Finding.warning(code + "_differs", "The clock of " + who + " is " + Ages.words(difference) + " " + how + " the one here.",
                String.format(REMEDY, why));
    }
}
