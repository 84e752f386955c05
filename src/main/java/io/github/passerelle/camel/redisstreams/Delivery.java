package io.github.passerelle.camel.redisstreams;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.apache.camel.Exchange;

/**
 * One entry on its way through a route. It travels as an exchange property, so that an acknowledgement made on a copy of the exchange, as
 * onCompletion does, reaches the consumer that waits for it.
 */
final class Delivery {

    private final Entry entry;
    private final int round;
    private final RedisStream stream;
    private final Exchange exchange;
    private final BooleanSupplier redeliveryAllowed;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean acknowledging;
    private volatile boolean acknowledged;

    Delivery(Entry entry, int round, RedisStream stream, Exchange exchange, BooleanSupplier redeliveryAllowed) {
        this.entry = entry;
        this.round = round;
        this.stream = stream;
        this.exchange = exchange;
        this.redeliveryAllowed = redeliveryAllowed;
    }

    EntryId id() {
        return entry.id();
    }

    int round() {
        return round;
    }

    Exchange exchange() {
        return exchange;
    }

    RedisStream stream() {
        return stream;
    }

    /** From now on the entry has earned its acknowledgement, whether Redis can take it at this moment or not. */
    CompletionStage<Long> acknowledge() {
        acknowledging = true;
        return stream.acknowledge(entry.id()).thenApply(count -> {
            acknowledged = true;
            return count;
        });
    }

    boolean isAcknowledging() {
        return acknowledging;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Whether Camel counts the exchange among those in flight. */
    boolean isInFlight() {
        return exchange.getUnitOfWork() != null;
    }

    /** True for the first who asks: a route that ends with an Error may end twice. */
    boolean finish() {
        return finished.compareAndSet(false, true);
    }

    boolean isRedeliveryAllowed() {
        return redeliveryAllowed.getAsBoolean();
    }

    /** Between two redeliveries: Camel clears the exception right before it tries again. */
    boolean isBackingOff() {
        return isInFlight() && exchange.getException() != null;
    }
}
