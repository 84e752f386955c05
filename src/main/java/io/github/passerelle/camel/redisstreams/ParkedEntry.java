package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * What is kept of an entry that was put aside, or was discarded.
 *
 * @param id        the entry
 * @param state     what has become of it; null when the record was damaged
 * @param rounds    how often it was handed to the route before it was put aside; 0 when it was not
 * @param note      what the route noted of it; empty when it noted nothing
 * @param parkedAt  when it was put aside; null when it was not
 * @param decidedAt when a person last decided; null when nobody did
 * @param reason    why; null when nobody said
 * @param author    who decided; null when nobody did
 * @param closedAt  when it was acknowledged; null while it is pending
 * @param decision  what a person last decided: replayed, released or discarded; null when nobody did
 */
public record ParkedEntry(EntryId id, State state, int rounds, String note, Instant parkedAt, Instant decidedAt, String reason, String author,
                          Instant closedAt, State decision) {

    /** What can become of an entry that was put aside. */
    public enum State {
        /** It is not tried any more until a person decides. */
        PARKED,
        /** A person decided to have it tried again. */
        REPLAYED,
        /** A person decided to let it go although it was held. */
        RELEASED,
        /** It was acknowledged after that. */
        ACKNOWLEDGED,
        /** A person decided that it is not to be tried again; it was acknowledged for that. */
        DISCARDED
    }

    static ParkedEntry unknown(EntryId id) {
        return new ParkedEntry(id, null, 0, "", null, null, null, null, null, null);
    }
}
