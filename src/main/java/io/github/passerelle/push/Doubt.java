package io.github.passerelle.push;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.camel.Exchange;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsConsumer;

/**
 * Keeps what has no idempotency key from being booked twice. Paheko answers a look-up while it is still at an earlier request, and has not
 * committed it: only when no earlier request can be under way any more does "not found" mean that nothing was booked. An earlier request is one
 * of this process whose answer was not seen, or one of the process that was at work before.
 */
public class Doubt {

    private static final String ASKED = "lookUpBegunAt";

    private final LongSupplier nanos;
    private Channel channel;
    private Duration settle;

    public Doubt() {
        this(System::nanoTime);
    }

    /** @param nanos counts up from anywhere, as {@link System#nanoTime()} does */
    Doubt(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public void setChannel(Channel channel) {
        this.channel = channel;
    }

    /** After how long Paheko cannot be at a request any more, in milliseconds. */
    public void setSettleMillis(long settleMillis) {
        this.settle = Duration.ofMillis(settleMillis);
    }

    /**
     * Before the look-up.
     *
     * @throws InDoubtException when an earlier request may still be under way
     */
    public void settle(Exchange exchange) throws InDoubtException {
        exchange.setProperty(ASKED, nanos.getAsLong());
        Duration quiet = quiet(exchange);
        if (quiet.compareTo(settle) < 0) {
            throw new InDoubtException(settle.minus(quiet));
        }
    }

    /** For how long no request of unknown end can have begun. */
    private Duration quiet(Exchange exchange) {
        Duration active = activeFor(exchange);
        Duration doubt = channel.sinceDoubt();
        return doubt != null && doubt.compareTo(active) < 0 ? doubt : active;
    }

    private static Duration activeFor(Exchange exchange) {
        ConsumerStatus status = ((RedisStreamsConsumer) exchange.getContext().getRoute(exchange.getFromRouteId()).getConsumer()).status();
        return status.activeFor() == null ? Duration.ZERO : status.activeFor();
    }

    /**
     * Right before what must not happen twice.
     *
     * @throws InDoubtException when another process may have been at work since before the look-up, whose answer may then be true no more
     */
    public void stillSure(Exchange exchange) throws InDoubtException {
        Duration sinceAsked = Duration.ofNanos(nanos.getAsLong() - exchange.getProperty(ASKED, Long.class));
        if (quiet(exchange).compareTo(sinceAsked) < 0) {
            throw new InDoubtException(settle);
        }
    }
}
