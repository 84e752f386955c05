package io.github.passerelle.booking;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.TillEvent;
import io.github.passerelle.push.UnreadableEntryException;

/**
 * Whether an entry is one that a session can be booked with. What is not whole numbers of cents, or does not add up, would be guessed.
 */
public final class EntryCheck {

    private EntryCheck() {
    }

    /** @throws UnreadableEntryException when it is not; the message names what is wrong, and repeats nothing that people wrote */
    public static void check(StreamEntry entry) throws UnreadableEntryException {
        read(entry);
    }

    static SessionEvent read(StreamEntry entry) throws UnreadableEntryException {
        TillEvent event = TillEvent.of(entry);
        return switch (event.type()) {
            case TillEvent.OPENED -> new SessionEvent.Opened(event.key(), Read.text(sessionOf(event), "session_type", "session_type"));
            case TillEvent.TICKET -> new SessionEvent.Sold(event.key(), Ticket.of(entry.id(), sessionOf(event)));
            case TillEvent.CLOSED -> SessionEvent.Closed.of(event.key(), entry.id().time(), sessionOf(event));
            default -> throw new UnreadableEntryException(event.type() + " is no event that can be booked by sessions");
        };
    }

    /** The content of an event that belongs to a session. */
    private static JsonNode sessionOf(TillEvent event) throws UnreadableEntryException {
        if (event.session() == null) {
            throw new UnreadableEntryException("the session is missing, or its id is not of the form " + Reference.form());
        }
        if (!Reference.isPossible(event.session())) {
            throw new UnreadableEntryException("the id of the session is not of the form " + Reference.form());
        }
        return event.content();
    }
}
