package io.github.passerelle.booking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.passerelle.booking.Obstacle.Reason;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.UnreadableEntryException;

/** What is known so far of one cash session: of its entries no more than the booking needs. Each event counts once, however often it was published. */
final class Draft {

    private final Map<String, SessionEvent> events = new LinkedHashMap<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private Instant last = Instant.MIN;

    /** Takes the next entry, in the order of the stream. */
    void add(StreamEntry entry) {
        last = entry.id().time();
        try {
            SessionEvent event = EntryCheck.read(entry);
            SessionEvent known = events.putIfAbsent(event.key(), event);
            if (known != null && !known.agreesWith(event)) {
                obstacles.add(new Obstacle(Reason.CONTRADICTORY, event.key() + " was published twice, and not as the same"));
            }
        } catch (UnreadableEntryException e) {
            obstacles.add(new Obstacle(Reason.UNREADABLE, "entry " + entry.id() + ": " + e.getMessage()));
        }
    }

    Collection<SessionEvent> events() {
        return events.values();
    }

    List<Obstacle> obstacles() {
        return obstacles;
    }

    /** When the latest of its entries was published. */
    Instant last() {
        return last;
    }

    boolean isClosed() {
        return events.values().stream().anyMatch(SessionEvent.Closed.class::isInstance);
    }
}
