package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.List;

/**
 * One cash session and how far it has come. It holds nothing of what its entries say but ids, counts and sums.
 *
 * @param id          the session
 * @param state       how far it has come
 * @param type        such as {@code real} or {@code virtual}; null when that is not known
 * @param openedAt    when the till published its opening; null when that is not known
 * @param closedAt    when the till published its close; null when it did not, as far as is known
 * @param latest      when anything of it was published or delivered last
 * @param tickets     how many of its tickets are where
 * @param books       what was delivered, beside what the till says
 * @param close       the entry that closes it; null when there is none, or when nothing is known of it but that it was delivered
 * @param undelivered its entries that were read and neither delivered nor discarded, oldest first
 * @param decided     its entries about which a person has decided, oldest first
 */
public record TrackedSession(String id, SessionState state, String type, Instant openedAt, Instant closedAt, Instant latest, Tickets tickets,
                             Books books, TrackedEntry close, List<TrackedEntry> undelivered, List<TrackedEntry> decided) {

    /** The entries that must be delivered or discarded before a close goes that is held; none unless it is. */
    public List<TrackedEntry> waitsFor() {
        return state == SessionState.HELD ? undelivered.stream().filter(entry -> entry.id().compareTo(close.id()) < 0).toList() : List.of();
    }

    /** Whether what was delivered is not what the till says, and either the session is closed or nothing of it is on its way any more. */
    public boolean isDifferent() {
        boolean complete = tickets.pending() + tickets.quarantined() + tickets.waiting() == 0;
        return Books.DIFFERENT.equals(books.totals()) && (state == SessionState.CLOSED || complete);
    }

    /** What a person must see to before its held close can be booked; null when it only waits for entries, or is not held. */
    public String whyHeld() {
        return state == SessionState.HELD ? close.dossier().why() : null;
    }

    /** The cause code of that; null when there is none. */
    public String causeHeld() {
        return whyHeld() == null ? null : close.dossier().cause();
    }
}
