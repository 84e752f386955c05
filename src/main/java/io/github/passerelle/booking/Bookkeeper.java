package io.github.passerelle.booking;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.passerelle.booking.Obstacle.Reason;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.Periods;

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
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a session without an entry");
        }
        Draft draft = new Draft();
        entries.stream().sorted(Comparator.comparing(StreamEntry::id)).forEach(draft::add);
        return book(session, draft);
    }

    Booking book(String session, Draft draft) {
        String reference = Reference.of(session);
        List<Obstacle> obstacles = new ArrayList<>(draft.obstacles());
        Collection<SessionEvent> events = draft.events();
        Optional<SessionEvent.Opened> opened = first(events, SessionEvent.Opened.class);
        Optional<SessionEvent.Closed> closed = first(events, SessionEvent.Closed.class);
        List<Ticket> tickets = events.stream().filter(SessionEvent.Sold.class::isInstance).map(event -> ((SessionEvent.Sold) event).ticket()).toList();
        long difference = closed.flatMap(SessionEvent.Closed::difference).orElse(0L);
        boolean doubtful = obstacles.stream().anyMatch(obstacle -> obstacle.reason() == Reason.CONTRADICTORY);
        boolean virtual = !doubtful && opened.map(SessionEvent.Opened::isVirtual).orElse(false);
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
                .map(SessionEvent.Closed::at).orElse(draft.last()).atZone(Periods.ZONE).toLocalDate());
        return new Booking(session, reference, date, mapping.year(), Wording.label(mapping, date), Wording.notes(session, tickets, difference),
                lines, tickets.size(), tickets.stream().filter(Ticket::isFree).count(), Ticket.total(tickets), virtual, obstacles);
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
