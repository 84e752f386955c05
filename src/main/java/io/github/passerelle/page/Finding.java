package io.github.passerelle.page;

import java.time.Instant;
import java.util.Locale;

/**
 * One thing that is so at this moment.
 *
 * @param count of entries, or of cash sessions; null when Redis cannot tell, or there is nothing to count
 * @param since when it began; null when that says nothing
 * @param cause a cause code; null when there is none
 */
record Finding(What what, Level level, Long count, Instant since, String cause) {

    /** What it is, the worst first. */
    enum What {
        /** Redis cannot tell how many entries wait. */
        UNCOUNTED,
        /** Settings are missing without which nothing can be sent. */
        UNCONFIGURED,
        /** No worker gives a sign of life. */
        NOT_AT_WORK,
        /** Undelivered entries will soon be dropped from the stream. */
        TRIMMING,
        /** Entries were dropped from the stream before they were delivered. */
        LOST,
        /** Entries are put aside until a person decides. */
        REFUSED,
        /** The totals of sessions of this day are not what the till says. */
        DIFFERENT,
        /** A cash session is open for so long that its close seems to be lost. */
        FORGOTTEN,
        /** Nothing gets through. */
        PAUSED,
        /** What should have been sent long ago was not. */
        LATE,
        /** Closes of cash sessions wait. */
        HELD,
        /** Entries failed and are tried again. */
        RETRYING,
        /** Entries are being sent, or are about to be. */
        SENDING,
        /** The till has published nothing so far. */
        NOTHING_YET,
        /** Entries wait to be booked when their cash sessions are closed; all else was delivered. */
        COLLECTED,
        /** All that was published was delivered. */
        WELL;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
