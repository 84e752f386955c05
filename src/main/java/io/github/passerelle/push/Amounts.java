package io.github.passerelle.push;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
    private static final int MAX_DIGITS = 12;
    private static final int MAX_METHODS = 50;

    /** The total of a ticket as it lies in the stream; empty for what is no ticket, and when it is unknown. */
    public static Optional<Long> totalOf(StreamEntry entry) {
        return EntryReader.content(entry.fields()).flatMap(Amounts::of).map(Amounts::total);
    }

    /** @return empty when they are unknown */
    static Optional<Amounts> of(Payload ticket) {
        return ticket.payments().filter(payments -> payments.size() <= MAX_METHODS).flatMap(payments -> ticket.items().flatMap(
                lines -> ticket.cents("total_amount").map(total -> new Amounts(lines, total, payments))));
    }

    /** A whole number of cents; empty for anything else. */
    public static Optional<Long> cents(JsonNode amount) {
        return amount.isIntegralNumber() && amount.canConvertToLong() && isWithinReason(amount.longValue())
                ? Optional.of(amount.longValue()) : Optional.empty();
    }

    /** The same of the value that a parser is at; null for anything else. */
    static Long cents(JsonParser parser) throws IOException {
        // with a sign; JSON knows no leading zeros
        boolean readable = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= MAX_DIGITS + 1;
        return readable && isWithinReason(parser.getLongValue()) ? Long.valueOf(parser.getLongValue()) : null;
    }

    private static boolean isWithinReason(long cents) {
        return cents > -BEYOND_REASON && cents < BEYOND_REASON;
    }
}
