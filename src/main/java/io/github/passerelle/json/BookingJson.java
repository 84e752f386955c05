package io.github.passerelle.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.booking.Booking;
import io.github.passerelle.booking.BookingLine;
import io.github.passerelle.booking.Obstacle;
import io.github.passerelle.booking.Rehearsal;

/**
 * What would be booked, for programs. Amounts are cents.
 */
public final class BookingJson {

    private BookingJson() {
    }

    public static ObjectNode put(ObjectNode object, Rehearsal.Outcome outcome) {
        ArrayNode sessions = object.putArray("sessions");
        outcome.sessions().forEach(booking -> put(sessions.addObject(), booking)
                .put("entries_after_close", outcome.late().getOrDefault(booking.session(), 0L)));
        ArrayNode unreadable = object.putArray("unreadable");
        outcome.unreadable().forEach(entry -> unreadable.addObject().put("entry", entry.id().toString()).put("reason", entry.reason()));
        return object;
    }

    private static ObjectNode put(ObjectNode object, Booking booking) {
        object.put("session", booking.session()).put("reference", booking.reference()).put("date", booking.date().toString())
                .put("label", booking.label()).put("notes", booking.notes()).put("tickets", booking.tickets()).put("free_tickets", booking.free())
                .put("cents", booking.total()).put("training", booking.virtual()).put("open", booking.isOpen()).put("bookable", booking.isBookable());
        ArrayNode lines = object.putArray("lines");
        for (BookingLine line : booking.lines()) {
            lines.addObject().put("account", line.account()).put("debit", line.debit()).put("credit", line.credit()).put("label", line.label());
        }
        ArrayNode obstacles = object.putArray("obstacles");
        for (Obstacle obstacle : booking.obstacles()) {
            obstacles.addObject().put("code", obstacle.reason().code()).put("sentence", obstacle.sentence());
        }
        return object;
    }
}
