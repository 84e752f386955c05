package io.github.passerelle.push;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.camel.redisstreams.StreamEntry;

/**
 * The amounts of a ticket, in cents, as the till publishes them: whole numbers. Where one of them is missing, no whole number or beyond
 * reason, the amounts of the ticket are unknown; they are never rounded, and never judged.
 *
 * @param lines    sale lines, not the sum of quantities
 * @param total    the ticket's total
 * @param payments what was paid, by payment method
 */
public record Amounts(int lines, long total, Map<String, Long> payments) {

    // ten billion euros: no sale comes near it, and sums of many stay far from overflowing
    private static final long BEYOND_REASON = 1_000_000_000_000L;
    private static final int MAX_METHODS = 50;

    /** The total of a ticket as it lies in the stream; empty for what is no ticket, and when it is unknown. */
    public static Optional<Long> totalOf(StreamEntry entry) {
        return of(Payload.tree(EntryReader.payload(entry.fields()))).map(Amounts::total);
    }

    /** @return empty when they are unknown */
    static Optional<Amounts> of(JsonNode ticket) {
        JsonNode items = ticket.path("items");
        JsonNode payments = ticket.path("payments");
        Optional<Long> total = cents(ticket.path("total_amount"));
        if (!items.isArray() || !payments.isArray() || total.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> byMethod = new TreeMap<>();
        for (JsonNode payment : payments) {
            Optional<Long> amount = cents(payment.path("amount"));
            Optional<String> method = Optional.ofNullable(payment.path("payment_method").textValue()).filter(Sale::isHeaderValue);
            if (amount.isEmpty() || method.isEmpty()) {
                return Optional.empty();
            }
            byMethod.merge(method.get(), amount.get(), Long::sum);
        }
        return byMethod.size() > MAX_METHODS ? Optional.empty() : Optional.of(new Amounts(items.size(), total.get(), byMethod));
    }

    /** A whole number of cents; empty for anything else. */
    public static Optional<Long> cents(JsonNode amount) {
        return amount.isIntegralNumber() && amount.canConvertToLong() && amount.longValue() > -BEYOND_REASON && amount.longValue() < BEYOND_REASON
                ? Optional.of(amount.longValue()) : Optional.empty();
    }
}
