package io.github.passerelle.booking;

import java.util.Locale;

/**
 * Why a session must not be booked as it stands.
 *
 * @param sentence for a person; it repeats nothing that people wrote into the till
 */
public record Obstacle(Reason reason, String sentence) {

    /** The kinds of obstacles. */
    public enum Reason {
        /** Its close was not published yet. */
        NOT_CLOSED,
        /** An entry of it cannot be read, or is none that could be booked. */
        UNREADABLE,
        /** One event of it was published twice, and not as the same. */
        CONTRADICTORY,
        /** The mapping has no account for something. */
        NOT_MAPPED,
        /** The till's totals are not those of the tickets. */
        TOTALS_DIFFER,
        /** Nothing tells whether all of its tickets are there. */
        TOTALS_UNKNOWN,
        /** An amount is beyond what Paheko takes. */
        TOO_LARGE;

        /** The same in logs, on the command line and in JSON. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
