package io.github.passerelle.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.passerelle.booking.Obstacle.Reason;

/**
 * What a session puts on which account: payments on the debit side, sales and gifts on the credit side, a refund the other way round.
 *
 * @param lines     debits and credits are equal; none when there are obstacles
 * @param obstacles what the mapping does not tell, and what is beyond Paheko
 */
record Sums(List<BookingLine> lines, List<Obstacle> obstacles) {

    /** A billion euros: Paheko takes no more in a line. */
    private static final long MOST = 100_000_000_000L;

    /** @param difference by how much there is more in the till than there should be, in cents */
    static Sums of(List<Ticket> tickets, long difference, Mapping mapping) {
        Map<String, Long> payments = new TreeMap<>();
        Map<String, Long> sales = new TreeMap<>();
        long gifts = 0;
        for (Ticket ticket : tickets) {
            ticket.payments().forEach((method, cents) -> payments.merge(method, cents, Math::addExact));
            gifts = Math.addExact(gifts, ticket.gift());
            for (Ticket.Item item : ticket.items()) {
                if (item.preset() != null && mapping.presets().contains(item.preset())) {
                    gifts = Math.addExact(gifts, item.cents());
                } else {
                    sales.merge(mapping.salesOf(item.category()), item.cents(), Math::addExact);
                }
            }
        }
        List<Obstacle> obstacles = new ArrayList<>();
        List<BookingLine> lines = new ArrayList<>();
        payments.forEach((method, cents) -> add(lines, obstacles, mapping.payments().get(method), cents, method,
                "the payment method '" + method + "' has no account in 'payments'"));
        sales.forEach((account, cents) -> add(lines, obstacles, account, -cents, "Ventes", ""));
        add(lines, obstacles, mapping.gifts(), -gifts, "Dons", "it has gifts, and 'gifts' names no account");
        if (difference != 0) {
            Mapping.Differences to = mapping.differences();
            String missing = "its till has a difference, and 'differences' names no accounts";
            add(lines, obstacles, to == null ? null : mapping.payments().get(to.cash()), difference, "Écart de caisse", missing);
            if (to != null) {
                add(lines, obstacles, difference > 0 ? to.surplus() : to.shortage(), -difference, "Écart de caisse", missing);
            }
        }
        if (lines.stream().anyMatch(line -> line.debit() > MOST || line.credit() > MOST)) {
            obstacles.add(new Obstacle(Reason.TOO_LARGE, "it has more than a billion euros on one account, which Paheko does not take"));
        }
        return new Sums(obstacles.isEmpty() ? lines : List.of(), obstacles);
    }

    /** @param account null when the mapping has none */
    private static void add(List<BookingLine> lines, List<Obstacle> obstacles, String account, long debit, String label, String missing) {
        if (debit != 0 && account == null) {
            obstacles.add(new Obstacle(Reason.NOT_MAPPED, missing));
        } else if (debit != 0) {
            lines.add(BookingLine.of(account, debit, Limited.text(label, Limited.LINE_LABEL)));
        }
    }
}
