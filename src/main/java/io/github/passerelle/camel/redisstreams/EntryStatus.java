package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * An entry that was read and not acknowledged.
 *
 * @param id       the entry
 * @param consumer the name in the group that it belongs to
 * @param state    what is to come
 * @param rounds   rounds that ended without an acknowledgement
 * @param due      when the next one may begin; null unless it is scheduled
 * @param key      its order key; null when it has none
 * @param note     what the route noted of it; empty when it noted nothing
 */
public record EntryStatus(EntryId id, String consumer, State state, int rounds, Instant due, String key, String note) {

    /** What is to come for a pending entry. */
    public enum State {
        /** It is in progress, or will be at once: at the next start when no consumer is at work. */
        DUE,
        /** Its next round has a time. */
        SCHEDULED,
        /** It waits for earlier entries of its order key, or for a person to release it. */
        HELD,
        /** It waits to be acknowledged with the barrier of its order key. */
        GATHERED,
        /** It is put aside: no round until a person decides. */
        PARKED
    }

    static EntryStatus of(EntryId id, String consumer, Round round) {
        State state = state(round);
        return new EntryStatus(id, consumer, state, round.done(), state == State.SCHEDULED ? Instant.ofEpochMilli(round.dueMillis()) : null,
                round.order().key(), round.note());
    }

    private static State state(Round round) {
        if (round.isParked()) {
            return State.PARKED;
        }
        if (round.isHeld()) {
            return State.HELD;
        }
        if (round.isGathered()) {
            return State.GATHERED;
        }
        return round.dueMillis() == Round.NOW ? State.DUE : State.SCHEDULED;
    }
}
