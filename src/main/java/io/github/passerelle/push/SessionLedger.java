package io.github.passerelle.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.passerelle.camel.redisstreams.EntryId;

/**
 * What the ledger of the channel says of one cash session, read for whoever shows it. A number that nothing was added to yet is 0; null is one
 * that somebody damaged.
 */
public final class SessionLedger {

    /** No till is open for longer: the close of such a session was forgotten, or never published. */
    public static final Duration LONGEST_OPEN = Duration.ofHours(36);

    /** Beginning of the name under which a session is counted; its id follows. */
    public static final String NAME = "session:";

    private final Map<String, String> fields;

    private SessionLedger(Map<String, String> fields) {
        this.fields = Map.copyOf(fields);
    }

    /** @param fields all that was counted under its name */
    public static SessionLedger of(Map<String, String> fields) {
        return new SessionLedger(fields);
    }

    /** Whether nothing was counted for the session, or it was lost. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The entry that opened the session, where it was delivered. */
    public Optional<EntryId> opened() {
        return entry(Totals.OPENED);
    }

    /** The entry that closed the session, where it was delivered. */
    public Optional<EntryId> closed() {
        return entry(Totals.CLOSED);
    }

    /** Whether the close of the session was delivered. */
    public boolean isClosed() {
        return fields.containsKey(Totals.CLOSED);
    }

    /** Such as {@code real} or {@code virtual}; null where the opening did not tell. */
    public String type() {
        return fields.get(Ledger.TYPE);
    }

    /** Tickets delivered. */
    public Long tickets() {
        return counted(Totals.TICKETS);
    }

    /** Their sale lines. */
    public Long lines() {
        return counted(Totals.LINES);
    }

    /** Their sum in cents. */
    public Long cents() {
        return counted(Totals.CENTS);
    }

    /** Those among them whose amounts are unknown, and so stand neither in the lines nor in the sum. */
    public Long unreadable() {
        return counted(Totals.UNREADABLE);
    }

    /** Where its entry stands in the books of Paheko; null where each entry goes to the plugin, and when it is not known. */
    public String url() {
        return fields.get(Ledger.URL);
    }

    /** Whether it was found in the books of Paheko more than once. */
    public boolean isBookedTwice() {
        return Boolean.parseBoolean(fields.get(Ledger.BOOKED_TWICE));
    }

    /** Entries that were left out on purpose. */
    public Long skipped() {
        return counted(Ledger.SKIPPED);
    }

    /** What was paid, in cents, by payment method. */
    public Map<String, Long> payments() {
        Map<String, Long> payments = new TreeMap<>();
        fields.keySet().stream().filter(field -> field.startsWith(Totals.PAID))
                .forEach(field -> payments.put(field.substring(Totals.PAID.length()), counted(field)));
        return Collections.unmodifiableMap(payments);
    }

    /** What the till said at the close; empty unless that was delivered. */
    public Optional<Expected> expected() {
        return isClosed() ? Optional.of(new Expected(number(fields.get(Totals.EXPECTED_CENTS)), number(fields.get(Totals.EXPECTED_LINES)),
                number(fields.get(Totals.TILL_DIFFERENCE)))) : Optional.empty();
    }

    /** What the comparison came to when the close was sent: {@code equal}, {@code different} or {@code unknown}; null before that. */
    public String totalsAtClose() {
        String code = fields.get(Ledger.TOTALS);
        boolean known = Arrays.stream(Totals.State.values()).anyMatch(state -> state.code().equals(code));
        return known ? code : isClosed() ? Totals.State.UNKNOWN.code() : null;
    }

    /**
     * What the comparison comes to with all that was delivered by now: {@code equal}, {@code different} or {@code unknown}.
     *
     * @param rolledBackAt when Redis last lost data; null when it never did
     */
    public String totals(Expected expected, Instant rolledBackAt) {
        return Totals.of(fields, expected.closing(), rolledBackAt).state().code();
    }

    private Optional<EntryId> entry(String field) {
        try {
            return Optional.ofNullable(fields.get(field)).map(EntryId::parse).filter(id -> id.millis() >= 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Long counted(String field) {
        return number(fields.getOrDefault(field, "0"));
    }

    private static Long number(String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
