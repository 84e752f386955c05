package io.github.passerelle.push;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.http.common.HttpCommonEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;

/**
 * Writes one line for each try and one for what became of an entry. The routes call it by the names of its methods.
 * <p>
 * As an event notifier it learns how long each request took: no step of a route runs right before a redelivery.
 */
public class Journal extends EventNotifierSupport implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String DURATION = "requestMillis";

    private CamelContext camelContext;
    private Channel channel;
    private URI address;
    private volatile DeliveryListener listener = DeliveryListener.NONE;

    /** Of the events of an exchange only those of its requests matter here: Camel need not ask about the others. */
    public Journal() {
        setIgnoreCamelContextEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        boolean first = this.camelContext == null;
        this.camelContext = camelContext;
        if (first) {
            // Camel hands the context to what it adds, and so comes back here
            camelContext.getManagementStrategy().addEventNotifier(this);
        }
    }

    public void setChannel(Channel channel) {
        this.channel = channel;
    }

    /** Where the entries are sent: only requests to it are measured. */
    public void setAddress(String address) {
        this.address = URI.create(address);
    }

    /** Whoever counts. */
    public void setListener(DeliveryListener listener) {
        this.listener = listener;
    }

    /** Camel measures a request only for whoever wants to be told of its beginning as well. */
    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeSendingEvent sending && isRequest(sending.getEndpoint())
                || event instanceof ExchangeSentEvent sent && isRequest(sent.getEndpoint());
    }

    private static boolean isRequest(Endpoint endpoint) {
        return endpoint.getEndpointUri().startsWith("http");
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSentEvent sent) {
            requested(sent);
        }
    }

    private void requested(ExchangeSentEvent sent) {
        Exchange exchange = sent.getExchange();
        exchange.setProperty(DURATION, sent.getTimeTaken());
        if (isPaheko(sent.getEndpoint())) {
            boolean again = redeliveries(exchange) > 0 || exchange.getProperty(RedisStreamsConstants.ROUND, 1, Integer.class) > 1;
            listener.requested(Duration.ofMillis(sent.getTimeTaken()), again);
        }
    }

    private boolean isPaheko(Endpoint endpoint) {
        if (!(endpoint instanceof HttpCommonEndpoint http)) {
            return false;
        }
        URI uri = http.getHttpUri();
        return uri.getAuthority().equalsIgnoreCase(address.getAuthority()) && uri.getPath().equals(address.getPath());
    }

    /** Paheko has taken the entry. */
    public void delivered(Exchange exchange) {
        channel.delivered(exchange.getProperty("idempotencyKey", String.class));
        listener.delivered();
        LoggingEventBuilder line = line(LOG.atInfo(), exchange, redeliveries(exchange) + 1, "delivered");
        String url = exchange.getProperty(Ledger.URL, String.class);
        (url == null ? line : line.addKeyValue("url", url)).log("Delivered to Paheko");
        if (exchange.getProperty(Ledger.BOOKED_TWICE, false, Boolean.class)) {
            entry(LOG.atError(), exchange).addKeyValue("url", url)
                    .log("The cash session stands in Paheko's books more than once: a person must remove what is too much there");
        }
    }

    /** One try has failed; whether there will be another is the error policy's business. */
    void tryFailed(Exchange exchange, Cause cause, String words, String reason) {
        listener.tryFailed(cause);
        Throwable failure = Failure.of(exchange);
        // to wait until an earlier request must be over is nothing that failed
        LoggingEventBuilder level = cause.failureClass() == FailureClass.IN_DOUBT ? LOG.atInfo() : LOG.atWarn();
        LoggingEventBuilder line = line(level, exchange, redeliveries(exchange), "failed").addKeyValue("cause", cause.code());
        HttpOperationFailedException refusal = Failures.find(HttpOperationFailedException.class, failure);
        if (refusal != null) {
            line = line.addKeyValue("status", refusal.getStatusCode());
        }
        if (words != null) {
            line = line.addKeyValue("answer", words);
        }
        line.log("Try failed: {}", reason);
    }

    /** A step of an onCompletion has failed: what has become of the entry is decided by then. */
    void failedBehindTheEnd(Exchange exchange, String reason) {
        line(LOG.atWarn(), exchange, redeliveries(exchange), "unchanged").log("A step behind the end of the route failed: {}", reason);
    }

    /** The entry was put aside: it is not tried again until a person decides. */
    public void quarantined(Exchange exchange) {
        Throwable failure = Failure.of(exchange);
        Cause cause = Cause.of(failure);
        listener.quarantined(cause);
        line(LOG.atError(), exchange, redeliveries(exchange) + 1, "quarantined").addKeyValue("cause", cause.code())
                .log("Quarantined until a person decides: {}", reason(cause, failure));
    }

    /** The route is through with the entry and has not delivered it: it stays in the pending list. */
    public void leftPending(Exchange exchange) {
        Throwable failure = Failure.of(exchange);
        listener.leftPending(failure == null ? null : Cause.of(failure));
        if (failure == null) {
            line(LOG.atError(), exchange, redeliveries(exchange) + 1, "pending").log("Not delivered, stays pending: the route ended before");
        } else {
            Cause cause = Cause.of(failure);
            LoggingEventBuilder level = cause.failureClass() == FailureClass.IN_DOUBT ? LOG.atInfo() : LOG.atError();
            line(level, exchange, redeliveries(exchange) + 1, "pending").addKeyValue("cause", cause.code())
                    .log("Not delivered, stays pending: {}", cause.code());
        }
    }

    /** The entry waits for the close of its session, and is booked with it. */
    public void collected(Exchange exchange) {
        entry(LOG.atInfo(), exchange).addKeyValue("outcome", "collected").log("Collected, to be booked with the close of its cash session");
    }

    /** All amounts of the session are 0: it is acknowledged, and Paheko is not asked. */
    public void nothingToBook(Exchange exchange) {
        listener.delivered();
        entry(LOG.atInfo(), exchange).addKeyValue("outcome", "delivered").log("Nothing to book in this cash session: all amounts are 0");
    }

    /** A step of the route chose not to send the entry; it is acknowledged. */
    public void skipped(Exchange exchange) {
        listener.skipped();
        entry(LOG.atInfo(), exchange).addKeyValue("outcome", "skipped").log("Not sent, as its cash session is left out on purpose");
    }

    /** The amounts of a ticket cannot be counted; it is delivered nevertheless. */
    void amountsUnknown(Exchange exchange) {
        entry(LOG.atWarn(), exchange).log("An amount of this ticket is missing or no whole number of cents: the totals of its session and of"
                                         + " this day are unknown");
    }

    /** What was delivered of a session, beside what the till says of it at its close. */
    public void totals(Exchange exchange) {
        Totals totals = exchange.getProperty(Ledger.FOUND, Totals.class);
        listener.closed(totals.state().code());
        Closing expected = totals.expected();
        LoggingEventBuilder line = entry(totals.state() == Totals.State.DIFFERENT ? LOG.atWarn() : LOG.atInfo(), exchange)
                .addKeyValue("totals", totals.state().code())
                .addKeyValue("delivered_cents", totals.cents()).addKeyValue("delivered_lines", totals.lines());
        expected.totalSales().ifPresent(cents -> line.addKeyValue("expected_cents", cents));
        expected.totalItems().ifPresent(lines -> line.addKeyValue("expected_lines", lines));
        expected.difference().ifPresent(cents -> line.addKeyValue("till_difference_cents", cents));
        line.log(switch (totals.state()) {
            case EQUAL -> "The totals of the session agree";
            case DIFFERENT -> "The totals of the session differ: the till says " + expected.totalSales().orElse(null) + " cents in "
                              + expected.totalItems().orElse(null) + " lines, delivered were " + totals.cents() + " cents in " + totals.lines()
                              + " lines";
            case UNKNOWN -> "The totals of the session cannot be compared";
        });
    }

    /** What is said of an entry itself tells more than the code. */
    static String reason(Cause cause, Throwable failure) {
        UnreadableEntryException unreadable = Failures.find(UnreadableEntryException.class, failure);
        HeldException held = Failures.find(HeldException.class, failure);
        InDoubtException inDoubt = Failures.find(InDoubtException.class, failure);
        return unreadable != null ? unreadable.getMessage() : held != null ? held.getMessage() : inDoubt != null ? inDoubt.getMessage() : cause.code();
    }

    /** Camel counts a redelivery as soon as the try before it has failed, and takes the last one back when there will be none. */
    private static int redeliveries(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    }

    private static LoggingEventBuilder line(LoggingEventBuilder line, Exchange exchange, int tries, String outcome) {
        line = entry(line, exchange).addKeyValue("round", exchange.getProperty(RedisStreamsConstants.ROUND, Integer.class))
                .addKeyValue("try", tries)
                .addKeyValue("outcome", outcome);
        Long duration = exchange.getProperty(DURATION, Long.class);
        return duration == null ? line : line.addKeyValue("duration_ms", duration);
    }

    private static LoggingEventBuilder entry(LoggingEventBuilder line, Exchange exchange) {
        LoggingEventBuilder named = line.addKeyValue("correlation_id", exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class));
        for (String name : List.of("event", "session", EntryReader.TRACE_PARENT)) {
            Object value = exchange.getProperty(name);
            if (value != null) {
                named = named.addKeyValue(name, value);
            }
        }
        return named;
    }
}
