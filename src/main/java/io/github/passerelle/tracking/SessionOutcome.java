package io.github.passerelle.tracking;

/**
 * What became of the decision to release the close of a cash session.
 *
 * @param session the session
 * @param result  what became of it
 * @param close   the entry that closes it; null when there is none, or nothing is known of it any more
 */
public record SessionOutcome(String session, Result result, TrackedEntry close) {

    /** What became of it. */
    public enum Result {

        /** It is done. */
        DONE(true),
        /** It was released before, or has been delivered. */
        ALREADY(true),
        /** Not done: it is not held. */
        NOT_HELD(false),
        /** Not done: the till has not published a close of this session, as far as is known. */
        NO_CLOSE(false),
        /** Not done: nothing is known of this session. */
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
