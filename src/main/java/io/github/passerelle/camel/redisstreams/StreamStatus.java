package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * How far a consumer group has come with its stream, read in one step.
 *
 * @param waiting       entries that the group has not read yet; null when Redis cannot tell
 * @param oldestWaiting when the oldest of them was written; null when there is none
 * @param pending       entries that were read and not acknowledged, without those that are put aside
 * @param oldestPending when the oldest entry that was not acknowledged was written, put aside or not; null when there is none
 * @param parked        entries that are put aside
 * @param lastRead      the last entry that the group has read; 0-0 before the first
 * @param trimmed       entries that were trimmed before the group had read them, as far as a consumer has noticed
 * @param length        entries that the stream holds
 * @param added         entries that were ever added to the stream; null when Redis cannot tell (before Redis 7)
 * @param atWork        whether a consumer of the group has given a sign of life in the last seconds
 * @param pausedSince   since when that consumer has been pausing; null when it is not
 */
public record StreamStatus(Long waiting, Instant oldestWaiting, long pending, Instant oldestPending, long parked, EntryId lastRead,
                           long trimmed, long length, Long added, boolean atWork, Instant pausedSince) {
}
