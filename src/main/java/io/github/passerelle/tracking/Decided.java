package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.Locale;

/**
 * What a person last decided about an entry.
 *
 * @param what   what was decided
 * @param at     when
 * @param author who; null when nobody said
 * @param reason why; null when nobody said
 */
public record Decided(What what, Instant at, String author, String reason) {

    /** What a person can decide. */
    public enum What {
        /** That it is tried again although it had been put aside. */
        REPLAYED,
        /** That it goes although it was held. */
        RELEASED,
        /** That it is not sent at all. */
        DISCARDED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
