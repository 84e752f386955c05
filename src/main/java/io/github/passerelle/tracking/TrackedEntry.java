package io.github.passerelle.tracking;

import java.time.Instant;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.push.Dossier;

/**
 * One entry and where it is. It holds nothing of what the entry says but the ids that name it.
 *
 * @param id      the entry; it tells when the till published it
 * @param state   where it is
 * @param since   since when it is there, where that is kept; else null
 * @param nextTry when it is tried next, for one that is scheduled; else null
 * @param rounds  rounds that ended without a delivery; 0 where that is not kept
 * @param dossier its names, and what is known of its failed tries
 * @param decided what a person last decided about it; null when nobody did
 * @param damage  what is wrong with what was kept of it; null when nothing is
 */
public record TrackedEntry(EntryId id, State state, Instant since, Instant nextTry, int rounds, Dossier dossier, Decided decided,
                           Damage damage) {

    private static final String TICKET = "pos.ticket.created:";

    /** The id of the sale; null for an entry that is no ticket, or does not name it. */
    public String sale() {
        return dossier.key() != null && dossier.key().startsWith(TICKET) ? dossier.key().substring(TICKET.length()) : null;
    }

    TrackedEntry with(Damage found) {
        return new TrackedEntry(id, state, since, nextTry, rounds, dossier, decided, found);
    }

    TrackedEntry with(Dossier names) {
        return new TrackedEntry(id, state, since, nextTry, rounds, names, decided, damage);
    }
}
