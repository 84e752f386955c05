package io.github.passerelle.command;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.passerelle.booking.Booking;
import io.github.passerelle.booking.BookingLine;
import io.github.passerelle.booking.Money;

/**
 * What would be booked, for a spreadsheet: RFC 4180, a line for each line of an entry.
 */
final class BookingCsv {

    private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");
    /** With one of these a spreadsheet begins to compute. */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r\n]");

    private BookingCsv() {
    }

    /** Of those that may be booked. */
    static String of(List<Booking> bookings) {
        Stream<String> lines = bookings.stream().filter(Booking::isBookable).flatMap(booking -> booking.lines().stream().map(line -> of(booking, line)));
        return Stream.concat(Stream.of("date,session,reference,label,account,debit,credit"), lines).map(line -> line + "\r\n")
                .collect(Collectors.joining());
    }

    private static String of(Booking booking, BookingLine line) {
        return Stream.of(booking.date().toString(), text(booking.session()), text(booking.reference()), text(line.label()), text(line.account()),
                amount(line.debit()), amount(line.credit())).collect(Collectors.joining(","));
    }

    private static String amount(long cents) {
        return cents == 0 ? "" : Money.decimal(cents);
    }

    private static String text(String text) {
        String harmless = FORMULA.matcher(text).find() ? "'" + text : text;
        return SPECIAL.matcher(harmless).find() ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
