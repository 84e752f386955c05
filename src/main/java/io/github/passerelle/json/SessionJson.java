package io.github.passerelle.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.push.Expected;
import io.github.passerelle.tracking.Books;
import io.github.passerelle.tracking.Tickets;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.TrackedSession;

/**
 * Cash sessions for programs: every field is always there, null where nothing is known. Amounts are cents.
 */
public final class SessionJson {

    private SessionJson() {
    }

    /** Without its entries. */
    public static ObjectNode put(ObjectNode object, TrackedSession session) {
        object.put("session", session.id()).put("state", session.state().code()).put("type", session.type())
                .put("opened_at", EntryJson.text(session.openedAt())).put("closed_at", EntryJson.text(session.closedAt()))
                .put("latest_at", EntryJson.text(session.latest()));
        Tickets tickets = session.tickets();
        object.putObject("tickets").put("delivered", tickets.delivered()).put("pending", tickets.pending()).put("refused", tickets.quarantined())
                .put("waiting", tickets.waiting()).put("discarded", tickets.discarded()).put("collected", tickets.collected());
        Books books = session.books();
        ObjectNode payments = object.putObject("delivered").put("lines", books.lines()).put("cents", books.cents())
                .put("tickets_of_unknown_amount", books.unreadable()).put("skipped", books.skipped()).putObject("payments");
        books.payments().forEach(payments::put);
        Expected expected = books.expected();
        if (expected == null) {
            object.putNull("expected");
        } else {
            object.putObject("expected").put("lines", expected.lines()).put("cents", expected.cents());
        }
        object.put("totals", books.totals()).put("totals_at_close", books.totalsAtClose()).put("different", session.isDifferent())
                .put("till_difference_cents", expected == null ? null : expected.tillDifference()).put("waits_for", session.waitsFor().size())
                .put("cause_held", session.causeHeld()).put("why_held", session.whyHeld())
                .put("url", books.url()).put("booked_twice", books.bookedTwice());
        return object;
    }

    /** With its entries. */
    public static void putAll(ObjectNode object, TrackedSession session) {
        put(object, session);
        EntryJson.putAll(object.putArray("waits_for_entries"), session.waitsFor());
        putEntry(object, "close", session.close());
        EntryJson.putAll(object.putArray("undelivered"), session.undelivered());
        EntryJson.putAll(object.putArray("decided"), session.decided());
    }

    /** @param entry null when there is none */
    public static void putEntry(ObjectNode object, String name, TrackedEntry entry) {
        if (entry == null) {
            object.putNull(name);
        } else {
            EntryJson.put(object.putObject(name), entry);
        }
    }
}
