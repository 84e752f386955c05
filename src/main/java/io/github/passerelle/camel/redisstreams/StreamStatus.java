package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * How far a consumer group has come with its stream, read in one step.
 *
 * @param waiting       entries that the group has not read yet; null when Redis cannot tell
 * @param oldestWaiting when the oldest of them was written; null when there is none
 * @param pending       entries that were read and not acknowledged
 * @param oldestPending when the oldest of them was written; null when there is none
 */
public record StreamStatus(Long waiting, Instant oldestWaiting, long pending, Instant oldestPending) {
}
