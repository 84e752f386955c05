package io.github.passerelle.push;

import java.util.Optional;

/**
 * What the till says of a session when it closes it. Empty is what is missing, no whole number or beyond reason.
 *
 * @param totalSales    the sum of the session's tickets, in cents
 * @param totalItems    the number of its sale lines
 * @param closingAmount what should be in the till, in cents
 * @param actualAmount  what was counted in it, in cents
 */
record Closing(Optional<Long> totalSales, Optional<Long> totalItems, Optional<Long> closingAmount, Optional<Long> actualAmount) {

    static final Closing UNKNOWN = new Closing(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Closing of(Payload closed) {
        return new Closing(closed.cents("total_sales"), closed.cents("total_items"), closed.cents("closing_amount"), closed.cents("actual_amount"));
    }

    /** By how much there is more in the till than there should be, in cents; negative when there is less. */
    Optional<Long> difference() {
        return actualAmount.flatMap(actual -> closingAmount.map(expected -> actual - expected));
    }
}
