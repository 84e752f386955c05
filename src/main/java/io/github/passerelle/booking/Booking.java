package io.github.passerelle.booking;

import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one cash session comes to in the books.
 *
 * @param session   its id
 * @param reference under which it is booked, and found
 * @param date      the day of Paris that it is booked on
 * @param year      {@code match}, {@code current} or the id of a year
 * @param label     within Paheko's limit, as are the notes
 * @param notes     what the treasurer may want to know; nothing that people wrote into the till
 * @param lines     debits and credits are equal; none when there is nothing to book, or it cannot be told what
 * @param tickets   each sale once
 * @param free      those of them in which there is nothing to book
 * @param total     the sum of the tickets in cents
 * @param virtual   whether it was for training, and is never booked
 * @param obstacles why it must not be booked as it stands; none when it may be
 */
public record Booking(String session, String reference, LocalDate date, String year, String label, String notes, List<BookingLine> lines,
                      long tickets, long free, long total, boolean virtual, List<Obstacle> obstacles) {

    public Booking {
        lines = List.copyOf(lines);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether it may be booked, and there is something to book. */
    public boolean isBookable() {
        return !virtual && obstacles.isEmpty() && !lines.isEmpty();
    }

    /** Whether it is as it should be, and there is nothing to book. */
    public boolean isNothing() {
        return virtual || obstacles.isEmpty() && lines.isEmpty();
    }

    /** Whether its close was not published yet. */
    public boolean isOpen() {
        return obstacles.stream().anyMatch(obstacle -> obstacle.reason() == Obstacle.Reason.NOT_CLOSED);
    }

    /** What Paheko's {@code POST /api/accounting/transaction} takes. */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (Character.isDigit(year.charAt(0))) {
            json.put("id_year", Integer.parseInt(year));
        } else {
            json.put("id_year", year);
        }
        json.put("label", label).put("date", date.toString()).put("type", "ADVANCED").put("reference", reference).put("notes", notes);
        ArrayNode array = json.putArray("lines");
        for (BookingLine line : lines) {
            ObjectNode object = array.addObject().put("account", line.account());
            if (line.debit() > 0) {
                object.put("debit", Money.decimal(line.debit()));
            } else {
                object.put("credit", Money.decimal(line.credit()));
            }
            object.put("label", line.label());
        }
        return json.toString();
    }
}
