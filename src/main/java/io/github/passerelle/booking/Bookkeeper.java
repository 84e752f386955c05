package io.github.passerelle.booking;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.passerelle.booking.Obstacle.Reason;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.Periods;
import io.github.passerelle.push.UnreadableEntryException;

/**
 * Makes the entry of a cash session in the books out of the session's own entries. The same entries and the same mapping give the same, in
 * whatever order they come and whenever that is.
 */
public final class Bookkeeper {

    private final Mapping mapping;

    public Bookkeeper(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * @param  session                  the id of the session
     * @param  entries                  all that the stream holds of it, at least one
     * @throws IllegalArgumentException when there is none, or no reference can be made of the id
     */
    public Booking book(String session, List<StreamEntry> entries) {
        String reference = Reference.of(session);
        List<StreamEntry> sorted = entries.stream().sorted(Comparator.comparing(StreamEntry::id)).toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a session without an entry");
        }
        List<Obstacle> obstacles = new ArrayList<>();
        Collection<SessionEvent> events = read(sorted, obstacles);
        Optional<SessionEvent.Opened> opened = first(events, SessionEvent.Opened.class);
        Optional<SessionEvent.Closed> closed = first(events, SessionEvent.Closed.class);
        List<Ticket> tickets = events.stream().filter(SessionEvent.Sold.class::isInstance).map(event -> ((SessionEvent.Sold) event).ticket()).toList();
        long difference = closed.flatMap(SessionEvent.Closed::difference).orElse(0L);
        boolean virtual = opened.map(SessionEvent.Opened::isVirtual).orElse(false);
        List<BookingLine> lines = List.of();
        if (virtual) {
            obstacles.clear();
        } else {
            closed.ifPresentOrElse(close -> compare(close, opened.isPresent(), tickets, obstacles),
                    () -> obstacles.add(new Obstacle(Reason.NOT_CLOSED, "its close was not published yet")));
            Sums sums = Sums.of(tickets, difference, mapping);
            obstacles.addAll(sums.obstacles());
            lines = sums.lines();
        }
        // that of the last sale; without one, that of the close, or of whatever came last
        LocalDate date = tickets.stream().max(Comparator.comparing(Ticket::soldAt)).map(Ticket::day).orElseGet(() -> closed
                .map(SessionEvent.Closed::at).orElse(sorted.get(sorted.size() - 1).id().time()).atZone(Periods.ZONE).toLocalDate());
        return new Booking(session, reference, date, mapping.year(), Wording.label(mapping, date), Wording.notes(session, tickets, difference),
                lines, tickets.size(), tickets.stream().filter(Ticket::isFree).count(), Ticket.total(tickets), virtual, obstacles);
    }

    /** Each event once, however often it was published. */
    private static Collection<SessionEvent> read(List<StreamEntry> sorted, List<Obstacle> obstacles) {
        Map<String, SessionEvent> events = new LinkedHashMap<>();
        for (StreamEntry entry : sorted) {
            try {
                SessionEvent event = EntryCheck.read(entry);
                SessionEvent known = events.putIfAbsent(event.event().key(), event);
                if (known != null && !known.event().content().equals(event.event().content())) {
                    obstacles.add(new Obstacle(Reason.CONTRADICTORY, event.event().key() + " was published twice, and not as the same"));
                }
            } catch (UnreadableEntryException e) {
                obstacles.add(new Obstacle(Reason.UNREADABLE, "entry " + entry.id() + ": " + e.getMessage()));
            }
        }
        return events.values();
    }

    private static <T> Optional<T> first(Collection<SessionEvent> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Only what the till says at the close can reveal a ticket that was never published. */
    private static void compare(SessionEvent.Closed closed, boolean opened, List<Ticket> tickets, List<Obstacle> obstacles) {
        if (closed.sales().isEmpty() && closed.lines().isEmpty() && !opened) {
            obstacles.add(new Obstacle(Reason.TOTALS_UNKNOWN, "neither its opening nor its totals were published: whether all of its tickets are here"
                                                              + " cannot be told"));
        }
        long cents = Ticket.total(tickets);
        long lines = tickets.stream().mapToLong(ticket -> ticket.items().size()).sum();
        if (closed.sales().orElse(cents) != cents || closed.lines().orElse(lines) != lines) {
            obstacles.add(new Obstacle(Reason.TOTALS_DIFFER, "the till says " + closed.sales().map(Object::toString).orElse("?") + " cents in "
                                                             + closed.lines().map(Object::toString).orElse("?") + " lines, its tickets are " + cents
                                                             + " cents in " + lines + " lines"));
        }
    }
}
