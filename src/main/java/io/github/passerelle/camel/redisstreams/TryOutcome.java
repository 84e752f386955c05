package io.github.passerelle.camel.redisstreams;

import java.util.List;

import org.apache.camel.Exchange;

/**
 * What one try tells of the receiver. A route that knows reports it at the moment it learns of it, so that a consumer with
 * {@code pauseAfter} can tell a receiver that is down from an entry that is at fault. An acknowledgement always counts as {@link #ANSWERED};
 * the failure of a route that reported nothing counts as {@link #FAILED}, unless it chose to put the entry aside.
 */
public enum TryOutcome {

    /** The receiver works: it took the entry, or it refused this one for what it is. */
    ANSWERED,

    /** It failed, and whether the receiver or the entry is at fault cannot be seen. */
    FAILED,

    /** It failed for a reason that probably concerns every entry, such as a wrong address or password. */
    FAILED_FOR_ALL,

    /** The receiver was not asked: nothing was learned of it. */
    NOT_ASKED;

    /** Tells the consumer that the exchange came from; without effect on an exchange that came from elsewhere. */
    public void report(Exchange exchange) {
        report(exchange, List.of());
    }

    /**
     * The same, and counts the try with its record, in one step. Where Redis does not take the record, it is not counted.
     */
    public void report(Exchange exchange, List<Count> counts) {
        Delivery delivery = exchange.getProperty(RedisStreamsConstants.DELIVERY, Delivery.class);
        if (delivery != null) {
            delivery.report(this, counts);
        }
    }
}
