package io.github.passerelle.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.passerelle.booking.Booking;
import io.github.passerelle.booking.BookingLine;

/**
 * What would be booked, session by session.
 */
final class BookingTable {

    private BookingTable() {
    }

    /** @param late how many entries followed the close of a session */
    static Columns of(List<Booking> bookings, Map<String, Long> late) {
        Columns table = new Columns().add("date", "tickets", "total", "session");
        for (Booking booking : bookings) {
            List<String> what = new ArrayList<>(List.of(booking.session()));
            booking.lines().forEach(line -> what.add(line(line)));
            booking.obstacles().forEach(obstacle -> what.add(obstacle.reason().code() + ": " + obstacle.sentence()));
            if (booking.isNothing()) {
                what.add(booking.virtual() ? "for training: it is not booked" : "nothing to book");
            }
            if (late.containsKey(booking.session())) {
                what.add(Words.entries(late.get(booking.session())) + " followed its close");
            }
            table.add(what, booking.date().toString(), String.valueOf(booking.tickets()), Euros.of(booking.total()));
        }
        return table;
    }

    private static String line(BookingLine line) {
        return (line.debit() > 0 ? "debit  " : "credit ") + line.account() + ": " + Euros.of(Math.max(line.debit(), line.credit())) + ", " + line.label();
    }
}
