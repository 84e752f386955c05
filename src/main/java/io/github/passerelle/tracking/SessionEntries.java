package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.passerelle.camel.redisstreams.EntryId;

/**
 * What was found of one cash session. Tickets that nobody has read, and those that were simply delivered, are only counted: there may be many.
 */
final class SessionEntries {

    static final String CLOSED = "pos.session.closed";
    private static final String OPENED = "pos.session.opened";
    private static final String TICKET = "pos.ticket.created";

    private final List<TrackedEntry> openings = new ArrayList<>();
    private final List<TrackedEntry> closes = new ArrayList<>();
    private final List<TrackedEntry> undelivered = new ArrayList<>();
    private final List<TrackedEntry> decided = new ArrayList<>();
    private EntryId latest;
    private long deliveredTickets;
    private long pendingTickets;
    private long quarantinedTickets;
    private long waitingTickets;
    private long collectedTickets;
    private long discardedTickets;

    void add(TrackedEntry entry) {
        if (latest == null || latest.compareTo(entry.id()) < 0) {
            latest = entry.id();
        }
        if (is(OPENED, entry)) {
            openings.add(entry);
        } else if (isClose(entry)) {
            closes.add(entry);
        } else if (is(TICKET, entry) || entry.dossier().event() == null) {
            count(entry.state());
        }
        if (isUndelivered(entry.state())) {
            undelivered.add(entry);
        }
        if (entry.decided() != null) {
            decided.add(entry);
        }
    }

    private static boolean is(String event, TrackedEntry entry) {
        return event.equals(entry.dossier().event());
    }

    /** Only a close is held; one that was trimmed may not tell its event any more. */
    private static boolean isClose(TrackedEntry entry) {
        return is(CLOSED, entry) || entry.dossier().event() == null && (entry.state() == State.HELD || entry.state() == State.RELEASED);
    }

    private void count(State state) {
        switch (state) {
            case WAITING -> waitingTickets++;
            case COLLECTED -> collectedTickets++;
            case DUE, SCHEDULED, HELD, REPLAYED, RELEASED -> pendingTickets++;
            case QUARANTINED -> quarantinedTickets++;
            case DISCARDED -> discardedTickets++;
            case DELIVERED -> deliveredTickets++;
            case REMOVED -> {
                // whether Paheko has it is not known
            }
        }
    }

    private static boolean isUndelivered(State state) {
        return switch (state) {
            case DUE, SCHEDULED, HELD, REPLAYED, RELEASED, QUARANTINED -> true;
            case WAITING, COLLECTED, DELIVERED, DISCARDED, REMOVED -> false;
        };
    }

    /** When the newest of them was published; null when there is none. */
    Instant latest() {
        return latest == null ? null : latest.time();
    }

    boolean isEmpty() {
        return latest == null;
    }

    /** Whether entries were found that were delivered. */
    boolean hasDelivered() {
        return deliveredTickets > 0 || openings.stream().anyMatch(entry -> entry.state() == State.DELIVERED) || isCloseDelivered();
    }

    boolean isCloseDelivered() {
        return closes.stream().anyMatch(entry -> entry.state() == State.DELIVERED);
    }

    Optional<TrackedEntry> opening() {
        return openings.stream().min(Comparator.comparing(TrackedEntry::id));
    }

    /** The one that counts where there are several: the oldest of those on which most depends. */
    Optional<TrackedEntry> close() {
        return closes.stream().min(Comparator.comparingInt((TrackedEntry entry) -> rank(entry.state())).thenComparing(TrackedEntry::id));
    }

    private static int rank(State state) {
        return switch (state) {
            case HELD -> 0;
            case QUARANTINED -> 1;
            case DUE, SCHEDULED, REPLAYED, RELEASED, COLLECTED -> 2;
            case WAITING -> 3;
            case DELIVERED -> 4;
            case DISCARDED, REMOVED -> 5;
        };
    }

    List<TrackedEntry> heldCloses() {
        return closes.stream().filter(entry -> entry.state() == State.HELD).sorted(Comparator.comparing(TrackedEntry::id)).toList();
    }

    List<TrackedEntry> undelivered() {
        return inOrder(undelivered);
    }

    List<TrackedEntry> decided() {
        return inOrder(decided);
    }

    private static List<TrackedEntry> inOrder(List<TrackedEntry> entries) {
        return entries.stream().sorted(Comparator.comparing(TrackedEntry::id)).toList();
    }

    /** @param delivered as the ledger counts them */
    Tickets tickets(Long delivered) {
        return new Tickets(delivered, pendingTickets, quarantinedTickets, waitingTickets, discardedTickets, collectedTickets);
    }
}
