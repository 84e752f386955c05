package io.github.passerelle.booking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.Dossier;
import io.github.passerelle.push.UnreadableEntryException;

/**
 * What would be booked, found from the entries of a stream in their order. Of a session that is closed nothing but its booking is kept.
 */
public final class Rehearsal {

    private final Bookkeeper bookkeeper;
    private final Map<String, Draft> open = new LinkedHashMap<>();
    private final Map<String, Booking> closed = new LinkedHashMap<>();
    private final Map<String, Long> late = new LinkedHashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    /**
     * An entry of which not even the session is known.
     *
     * @param reason what is wrong with it
     */
    public record Unreadable(EntryId id, String reason) {
    }

    /**
     * What was found.
     *
     * @param sessions   in the order of their closes, then those that are not closed
     * @param late       how many entries followed the close of a session, by session
     * @param unreadable entries of no session
     */
    public record Outcome(List<Booking> sessions, Map<String, Long> late, List<Unreadable> unreadable) {

        /** Whether nothing stands in the way of any session, but that it is not closed yet. */
        public boolean isClean() {
            return unreadable.isEmpty() && late.isEmpty() && sessions.stream().flatMap(booking -> booking.obstacles().stream())
                    .allMatch(obstacle -> obstacle.reason() == Obstacle.Reason.NOT_CLOSED);
        }
    }

    public Rehearsal(Mapping mapping) {
        this.bookkeeper = new Bookkeeper(mapping);
    }

    /** Takes the next entry of the stream. */
    public void add(StreamEntry entry) {
        String session = Dossier.ofContent(entry).session();
        if (!Reference.isPossible(session)) {
            unreadable.add(new Unreadable(entry.id(), reason(entry)));
        } else if (closed.containsKey(session)) {
            late.merge(session, 1L, Long::sum);
        } else {
            Draft draft = open.computeIfAbsent(session, id -> new Draft());
            draft.add(entry);
            if (draft.isClosed()) {
                closed.put(session, bookkeeper.book(session, draft));
                open.remove(session);
            }
        }
    }

    private static String reason(StreamEntry entry) {
        try {
            EntryCheck.check(entry);
            return "it belongs to no session";
        } catch (UnreadableEntryException e) {
            return e.getMessage();
        }
    }

    /** What was found in all the entries so far. */
    public Outcome outcome() {
        List<Booking> sessions = new ArrayList<>(closed.values());
        open.forEach((session, draft) -> sessions.add(bookkeeper.book(session, draft)));
        return new Outcome(List.copyOf(sessions), Map.copyOf(late), List.copyOf(unreadable));
    }
}
