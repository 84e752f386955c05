package io.github.passerelle.camel.redisstreams;

import java.util.Optional;

/**
 * How much room is left before the producer's limit (MAXLEN) drops entries that were not delivered. The limit is the producer's own, and is
 * seen only in what the stream holds once it has begun to drop older entries.
 *
 * @param undelivered entries that wait or are pending; without those that are put aside, whose content lies beside the stream
 * @param kept        entries that the stream keeps; greater than 0
 */
public record HeadRoom(long undelivered, long kept) {

    private static final int SHORT_PERCENT = 80;
    private static final int AMPLE_PERCENT = 60;

    /** Empty while the stream has dropped nothing, and when Redis cannot tell. */
    public static Optional<HeadRoom> of(StreamStatus status) {
        if (status.waiting() == null || status.added() == null || status.length() == 0 || status.added() <= status.length()) {
            return Optional.empty();
        }
        return Optional.of(new HeadRoom(status.waiting() + status.pending(), status.length()));
    }

    /** The part of what the stream keeps that was not delivered; more than 100 when pending entries were dropped already. */
    public long percent() {
        return undelivered * 100 / kept;
    }

    /** Whether undelivered entries will soon be dropped. */
    public boolean isShort() {
        return percent() >= SHORT_PERCENT;
    }

    /** Whether the danger is over: some way below where it begins, so that a figure that wavers is not told again and again. */
    boolean isAmple() {
        return percent() < AMPLE_PERCENT;
    }
}
