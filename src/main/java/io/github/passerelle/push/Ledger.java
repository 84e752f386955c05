package io.github.passerelle.push;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

import io.github.passerelle.camel.redisstreams.Count;
import io.github.passerelle.camel.redisstreams.Counters;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.camel.redisstreams.RedisStreamsEndpoint;

/**
 * The books of the channel itself: what was delivered of each cash session, and in each hour and on each day. They are written with the
 * acknowledgement. Those of a session are compared with what the till says when it closes it, as only that can reveal a ticket which was never
 * published.
 */
public class Ledger {

    /** Exchange property: {@code equal}, {@code different} or {@code unknown}; set for the close of a session. */
    static final String TOTALS = "totals";

    /** Exchange property: the type of the session, such as {@code virtual}; set where it is known. */
    static final String SESSION_TYPE = "sessionType";

    /** Field of the ledger: the type of the session. */
    static final String TYPE = "type";

    /** Field of the ledger: entries that were left out on purpose. */
    static final String SKIPPED = "skipped";

    /** Exchange property: the {@link Totals} that were found at the close of a session. */
    static final String FOUND = "totalsFound";

    private static final String TICKET = "pos.ticket.created";
    private static final String VIRTUAL = "virtual";
    private static final String ENTERED = "ledgerEntry";
    private static final int KEPT_DAYS = 400;

    /**
     * What the delivery of an entry counts.
     *
     * @param session null where it belongs to none
     */
    private record Entered(String session, Map<String, Long> increments, Map<String, String> values, boolean last) {

        private static final Entered NOTHING = new Entered(null, Map.of(), Map.of(), false);

        private String scope() {
            return session == null ? "" : SessionLedger.NAME + session;
        }
    }

    private final Clock clock;
    private Journal journal;
    private boolean skipVirtual;

    public Ledger() {
        this(Clock.systemUTC());
    }

    Ledger(Clock clock) {
        this.clock = clock;
    }

    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** Whether sessions of type virtual are left out, and the type must therefore be known for each ticket. */
    public void setSkipVirtual(boolean skipVirtual) {
        this.skipVirtual = skipVirtual;
    }

    /**
     * The channel's second step: lays down what the delivery of this entry will count, and compares what was delivered of a session that is
     * closed. It sets the properties {@code totals} and {@code sessionType}.
     */
    public void enter(@Body byte[] payload, Exchange exchange) throws InterruptedException {
        String session = exchange.getProperty("session", String.class);
        switch (exchange.getProperty("event", String.class)) {
            case "pos.session.opened" -> opened(session, Payload.tree(payload), exchange);
            case TICKET -> ticket(session, Payload.tree(payload), exchange);
            case "pos.session.closed" -> closed(session, Payload.tree(payload), exchange);
            default -> {
                // counts as delivered, and for nothing else
            }
        }
    }

    /** Before the acknowledgement: what was left out on purpose counts as that, whatever it holds, and tells nothing of Paheko. */
    public void count(Exchange exchange) {
        Entered entered = exchange.getProperty(ENTERED, Entered.NOTHING, Entered.class);
        boolean delivered = exchange.getProperty("delivered", false, Boolean.class);
        exchange.setProperty(RedisStreamsConstants.UNASKED, !delivered);
        exchange.setProperty(RedisStreamsConstants.COUNTERS, new Counters(entered.scope(), exchange.getProperty("idempotencyKey", "", String.class),
                entered.last(), counts(entered, delivered, exchange)));
        if (delivered && entered.increments().containsKey(Totals.UNREADABLE)) {
            journal.amountsUnknown(exchange);
        }
        if (delivered && exchange.getProperty(FOUND) != null) {
            journal.totals(exchange);
        }
    }

    /** Before an entry is put aside. */
    public void refuse(Exchange exchange) {
        exchange.setProperty(RedisStreamsConstants.COUNTS, Periods.count(clock.instant(), Map.of(Periods.REFUSED, 1L)));
    }

    private List<Count> counts(Entered entered, boolean delivered, Exchange exchange) {
        List<Count> counts = new ArrayList<>();
        if (entered.session() != null) {
            counts.add(new Count(entered.scope(), delivered ? entered.increments() : Map.of(SKIPPED, 1L), entered.values(), KEPT_DAYS));
        }
        if (delivered) {
            counts.addAll(Periods.count(clock.instant(), inPeriod(entered, exchange)));
        }
        return counts;
    }

    private static Map<String, Long> inPeriod(Entered entered, Exchange exchange) {
        Map<String, Long> increments = new HashMap<>(Map.of(Periods.DELIVERED, 1L));
        if (entered.increments().containsKey(Totals.TICKETS)) {
            increments.put(Periods.TICKETS, 1L);
            increments.put(Periods.CENTS, entered.increments().getOrDefault(Totals.CENTS, 0L));
            increments.put(Periods.UNREADABLE, entered.increments().getOrDefault(Totals.UNREADABLE, 0L));
            boolean repeated = Dossier.parse(exchange.getProperty(RedisStreamsConstants.NOTE, String.class)).filter(dossier -> dossier.tries() > 0)
                    .isPresent();
            increments.put(Periods.REPEATED, repeated ? 1L : 0L);
        }
        return increments;
    }

    private void opened(String session, JsonNode opened, Exchange exchange) {
        if (session == null) {
            return;
        }
        Map<String, String> values = new HashMap<>(Map.of(Totals.OPENED, entryId(exchange)));
        String type = opened.path("session_type").textValue();
        if (Sale.isHeaderValue(type)) {
            values.put(TYPE, type);
            exchange.setProperty(SESSION_TYPE, type);
        }
        enter(session, Map.of(), values, false, exchange);
    }

    private void ticket(String session, JsonNode ticket, Exchange exchange) throws InterruptedException {
        if (skipVirtual && session != null) {
            exchange.setProperty(SESSION_TYPE, counted(session, exchange).get(TYPE));
        }
        Map<String, Long> increments = new HashMap<>(Map.of(Totals.TICKETS, 1L));
        Optional<Amounts> amounts = Amounts.of(ticket);
        if (amounts.isPresent()) {
            increments.put(Totals.LINES, (long) amounts.get().lines());
            increments.put(Totals.CENTS, amounts.get().total());
            amounts.get().payments().forEach((method, cents) -> increments.put(Totals.PAID + method, cents));
        } else {
            increments.put(Totals.UNREADABLE, 1L);
        }
        enter(session, increments, Map.of(), false, exchange);
    }

    private void closed(String session, JsonNode closed, Exchange exchange) throws InterruptedException {
        if (session == null) {
            return;
        }
        Map<String, String> ledger = counted(session, exchange);
        String type = ledger.get(TYPE);
        exchange.setProperty(SESSION_TYPE, type);
        if (skipVirtual && VIRTUAL.equals(type)) {
            enter(session, Map.of(), Map.of(Totals.CLOSED, entryId(exchange)), true, exchange);
            return;
        }
        Totals totals = Totals.of(ledger, Closing.of(closed), admin(exchange).rolledBackAt().orElse(null));
        exchange.setProperty(TOTALS, totals.state().code());
        exchange.setProperty(FOUND, totals);
        Map<String, String> values = new HashMap<>(Map.of(Totals.CLOSED, entryId(exchange), TOTALS, totals.state().code()));
        totals.expected().totalSales().ifPresent(cents -> values.put(Totals.EXPECTED_CENTS, cents.toString()));
        totals.expected().totalItems().ifPresent(lines -> values.put(Totals.EXPECTED_LINES, lines.toString()));
        totals.expected().difference().ifPresent(cents -> values.put(Totals.TILL_DIFFERENCE, cents.toString()));
        enter(session, Map.of(), values, true, exchange);
    }

    private static void enter(String session, Map<String, Long> increments, Map<String, String> values, boolean last, Exchange exchange) {
        exchange.setProperty(ENTERED, new Entered(session, increments, values, last));
    }

    private static Map<String, String> counted(String session, Exchange exchange) throws InterruptedException {
        return admin(exchange).counters(SessionLedger.NAME + session);
    }

    private static RedisStreamsAdmin admin(Exchange exchange) {
        return ((RedisStreamsEndpoint) exchange.getFromEndpoint()).admin();
    }

    private static String entryId(Exchange exchange) {
        return exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
    }
}
