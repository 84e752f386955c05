package io.github.passerelle.push;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

import io.github.passerelle.camel.redisstreams.Counters;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.camel.redisstreams.RedisStreamsEndpoint;

/**
 * The books of the channel itself: what was delivered of each cash session. They are written with the acknowledgement, and compared with what
 * the till says when it closes the session, as only that can reveal a ticket which was never published.
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

    private static final String VIRTUAL = "virtual";
    private static final String ENTERED = "ledgerEntry";

    private Journal journal;
    private boolean skipVirtual;

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
        if (session == null) {
            return;
        }
        JsonNode json = Payload.tree(payload);
        switch (exchange.getProperty("event", String.class)) {
            case "pos.session.opened" -> opened(session, json, exchange);
            case "pos.ticket.created" -> ticket(session, json, exchange);
            case "pos.session.closed" -> closed(session, json, exchange);
            default -> {
                // counts for nothing
            }
        }
    }

    /** Before the acknowledgement: what was left out on purpose counts as that, whatever it holds, and tells nothing of Paheko. */
    public void count(Exchange exchange) {
        Counters entered = exchange.getProperty(ENTERED, Counters.class);
        boolean delivered = exchange.getProperty("delivered", false, Boolean.class);
        exchange.setProperty(RedisStreamsConstants.UNASKED, !delivered);
        if (entered != null) {
            exchange.setProperty(RedisStreamsConstants.COUNTERS, delivered ? entered
                    : new Counters(entered.name(), entered.once(), Map.of(SKIPPED, 1L), entered.values(), entered.last()));
            if (delivered && entered.increments().containsKey(Totals.UNREADABLE)) {
                journal.amountsUnknown(exchange);
            }
            if (delivered && exchange.getProperty(FOUND) != null) {
                journal.totals(exchange);
            }
        }
    }

    private void opened(String session, JsonNode opened, Exchange exchange) {
        Map<String, String> values = new HashMap<>(Map.of(Totals.OPENED, entryId(exchange)));
        String type = opened.path("session_type").textValue();
        if (Sale.isHeaderValue(type)) {
            values.put(TYPE, type);
            exchange.setProperty(SESSION_TYPE, type);
        }
        enter(session, Map.of(), values, false, exchange);
    }

    private void ticket(String session, JsonNode ticket, Exchange exchange) throws InterruptedException {
        if (skipVirtual) {
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
        String once = exchange.getProperty("idempotencyKey", String.class);
        exchange.setProperty(ENTERED, new Counters("session:" + session, once, increments, values, last));
    }

    private static Map<String, String> counted(String session, Exchange exchange) throws InterruptedException {
        return admin(exchange).counters("session:" + session);
    }

    private static RedisStreamsAdmin admin(Exchange exchange) {
        return ((RedisStreamsEndpoint) exchange.getFromEndpoint()).admin();
    }

    private static String entryId(Exchange exchange) {
        return exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
    }
}
