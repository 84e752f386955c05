package io.github.passerelle.push;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.passerelle.camel.redisstreams.EntryId;

/**
 * What was delivered of a session, beside what the till says of it at its close.
 *
 * @param state    whether the two agree
 * @param tickets  tickets delivered
 * @param lines    sale lines delivered
 * @param cents    the sum of the tickets delivered, in cents
 * @param expected what the till says
 */
record Totals(State state, long tickets, long lines, long cents, Closing expected) {

    enum State {
        /** What was delivered is what the till says. */
        EQUAL,
        /** Something is missing at Paheko, or stands there that the till does not know of. */
        DIFFERENT,
        /** It cannot be told: not all of the session was delivered by this channel, or an amount was no whole number. */
        UNKNOWN;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Field of the ledger: the session was opened while this channel delivered. */
    static final String OPENED = "opened";
    /** Field of the ledger: tickets delivered. */
    static final String TICKETS = "tickets";
    /** Field of the ledger: their sale lines. */
    static final String LINES = "lines";
    /** Field of the ledger: their sum in cents. */
    static final String CENTS = "cents";
    /** Field of the ledger: tickets delivered whose amounts are unknown. */
    static final String UNREADABLE = "unknown";
    /** Field of the ledger: the session was closed. */
    static final String CLOSED = "closed";
    /** Field of the ledger: what the till says the sum is, in cents. */
    static final String EXPECTED_CENTS = "expectedCents";
    /** Field of the ledger: what the till says the number of sale lines is. */
    static final String EXPECTED_LINES = "expectedLines";
    /** Field of the ledger: by how much there was more in the till than there should be, in cents. */
    static final String TILL_DIFFERENCE = "tillDifference";
    /** Beginning of the fields of the ledger that hold what was paid by each method, in cents. */
    static final String PAID = "paid:";

    /**
     * @param ledger       what the ledger holds of the session; empty when it holds nothing
     * @param rolledBackAt when Redis last lost data; null when it never did
     */
    static Totals of(Map<String, String> ledger, Closing expected, Instant rolledBackAt) {
        Optional<Long> tickets = number(ledger, TICKETS);
        Optional<Long> lines = number(ledger, LINES);
        Optional<Long> cents = number(ledger, CENTS);
        Optional<Long> unreadable = number(ledger, UNREADABLE);
        boolean known = isComplete(ledger, rolledBackAt) && unreadable.equals(Optional.of(0L)) && tickets.isPresent() && lines.isPresent()
                && cents.isPresent() && expected.totalSales().isPresent() && expected.totalItems().isPresent();
        State state = !known ? State.UNKNOWN
                : cents.equals(expected.totalSales()) && lines.equals(expected.totalItems()) ? State.EQUAL : State.DIFFERENT;
        return new Totals(state, tickets.orElse(0L), lines.orElse(0L), cents.orElse(0L), expected);
    }

    /** All of the session went through this channel, and Redis has lost nothing since it was opened. */
    private static boolean isComplete(Map<String, String> ledger, Instant rolledBackAt) {
        try {
            String opened = ledger.get(OPENED);
            return opened != null && (rolledBackAt == null || EntryId.parse(opened).time().isAfter(rolledBackAt));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Nothing counted yet is 0; what somebody damaged is unknown. */
    private static Optional<Long> number(Map<String, String> ledger, String field) {
        try {
            return Optional.of(Long.parseLong(ledger.getOrDefault(field, "0")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
