package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.Map;

/**
 * What a group has read and not acknowledged. Entries that nothing happens to by themselves are only counted, as there may be many of them.
 *
 * @param open           those that are in progress or tried again, or wait for others, oldest first
 * @param gathered       how many wait to be acknowledged with the barrier of their order key
 * @param oldestGathered the oldest of these; null when there is none
 * @param parked         how many are put aside, by the value that a member of their notes has; empty where there is none
 * @param oldestParked   the oldest of these; null when there is none
 */
public record PendingSummary(List<EntryStatus> open, long gathered, EntryId oldestGathered, Map<String, Long> parked, EntryId oldestParked) {

    static final PendingSummary NONE = new PendingSummary(List.of(), 0, null, Map.of(), null);
}
