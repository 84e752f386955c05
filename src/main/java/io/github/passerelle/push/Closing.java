package io.github.passerelle.push;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the till says of a session when it closes it. Empty is what is missing, no whole number or beyond reason.
 *
 * @param totalSales    the sum of the session's tickets, in cents
 * @param totalItems    the number of its sale lines
 * @param closingAmount what should be in the till, in cents
 * @param actualAmount  what was counted in it, in cents
 */
record Closing(Optional<Long> totalSales, Optional<Long> totalItems, Optional<Long> closingAmount, Optional<Long> actualAmount) {

    static Closing of(JsonNode closed) {
        return new Closing(Amounts.cents(closed.path("total_sales")), Amounts.cents(closed.path("total_items")),
                Amounts.cents(closed.path("closing_amount")), Amounts.cents(closed.path("actual_amount")));
    }

    /** By how much there is more in the till than there should be, in cents; negative when there is less. */
    Optional<Long> difference() {
        return actualAmount.flatMap(actual -> closingAmount.map(expected -> actual - expected));
    }
}
