package io.github.passerelle.tracking;

import io.github.passerelle.camel.redisstreams.EntryId;

/**
 * What became of a decision about one entry.
 *
 * @param entry where the entry is, when the decision was not simply carried out; null when that is not known, or it was
 */
public record Outcome(EntryId id, Result result, TrackedEntry entry) {

    /** What became of it. */
    public enum Result {

        /** It is done. */
        DONE(true),
        /** The same was decided before, or has come about by itself. */
        ALREADY(true),
        /** Not done: it is being sent, or may be at this moment. */
        IN_PROGRESS(false),
        /** Not done: it is not put aside, and is tried again by itself. */
        NOT_QUARANTINED(false),
        /** Not done: it was not read yet, and will be sent by itself. */
        NOT_READ(false),
        /** Not done: Paheko has taken it. */
        DELIVERED(false),
        /** Not done: a person decided before that it is not to be sent. */
        DISCARDED(false),
        /** Not done: it was acknowledged by other means than those of Passerelle. It is off the list now. */
        REMOVED(false),
        /** Not done: nothing is known of it. */
        UNKNOWN(false);

        private final boolean well;

        Result(boolean well) {
            this.well = well;
        }

        /** Whether all is as it was decided. */
        public boolean isWell() {
            return well;
        }
    }
}
