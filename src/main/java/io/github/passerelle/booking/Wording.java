package io.github.passerelle.booking;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the treasurer reads in Paheko. */
final class Wording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    /** Leaves room for the date. */
    private static final int LONGEST_BEGINNING = Limited.LABEL - " du 31/12/2026".length();

    private Wording() {
    }

    static String label(Mapping mapping, LocalDate date) {
        return Limited.text(Limited.text(mapping.label(), LONGEST_BEGINNING) + " du " + DAY.format(date), Limited.LABEL);
    }

    /** @param difference by how much there is more in the till than there should be, in cents */
    static String notes(String session, List<Ticket> tickets, long difference) {
        List<String> lines = new ArrayList<>();
        lines.add("Session " + session + " : " + sum(tickets));
        long free = tickets.stream().filter(Ticket::isFree).count();
        if (free > 0) {
            lines.add("dont " + tickets(free) + " à 0 €, sans écriture");
        }
        if (difference != 0) {
            lines.add("Écart de caisse : " + (difference > 0 ? "+" : "") + Money.french(difference));
        }
        Map<LocalDate, List<Ticket>> days = tickets.stream().collect(Collectors.groupingBy(Ticket::day, TreeMap::new, Collectors.toList()));
        if (days.size() > 1) {
            lines.add("Ventes par jour :");
            days.forEach((day, sold) -> lines.add(DAY.format(day) + " : " + sum(sold)));
        }
        return Limited.lines(lines, Limited.NOTES);
    }

    private static String sum(List<Ticket> tickets) {
        return tickets(tickets.size()) + ", " + Money.french(Ticket.total(tickets));
    }

    /** In French nothing is singular, as one is. */
    private static String tickets(long count) {
        return count + (count < 2 ? " ticket" : " tickets");
    }
}
