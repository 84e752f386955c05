package io.github.passerelle.tracking;

import java.time.Instant;

import io.github.passerelle.camel.redisstreams.StreamStatus;

/**
 * Who sends the entries.
 *
 * @param atWork      whether it has given a sign of life in the last seconds
 * @param pausedSince since when it sends one entry at a time only, as Paheko seems to be at fault; null when it does not pause
 */
public record Worker(boolean atWork, Instant pausedSince) {

    static Worker of(StreamStatus status) {
        return new Worker(status.atWork(), status.pausedSince());
    }
}
