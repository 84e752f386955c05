package io.github.passerelle.camel.redisstreams;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * For {@code onRedeliveryRef} of an {@code onException}: ends the round of an entry whose delay is over while its consumer is stopping, or is
 * paused. Camel looks whether it may redeliver when a try has failed, but not again when an asynchronous delay is over.
 * <p>
 * The entry ends as it would had Camel allowed no further try: with the failure of its last one.
 */
public class OnlyWhileRunning implements Processor {

    @Override
    public void process(Exchange exchange) {
        Delivery delivery = exchange.getProperty(RedisStreamsConstants.DELIVERY, Delivery.class);
        if (delivery == null || delivery.isRedeliveryAllowed()) {
            return;
        }
        // Camel has already counted the try that is not made
        int redeliveries = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 1, Integer.class);
        exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, Math.max(0, redeliveries - 1));
        exchange.setException(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        exchange.setRouteStop(true);
    }
}
