package io.github.passerelle.camel.redisstreams;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where an entry belongs in the order, by the options {@code orderKey} and {@code barrier}.
 */
final class Orders {

    /**
     * @param entry with what was found of it on the way
     */
    record Found(Entry entry, Order order) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final CamelContext context;
    private final Expression key;
    private final Predicate barrier;

    Orders(RedisStreamsConfiguration configuration, CamelContext context) {
        Language simple = context.resolveLanguage("simple");
        this.context = context;
        this.key = configuration.getOrderKey() == null ? null : simple.createExpression(configuration.getOrderKey());
        this.barrier = configuration.getBarrier() == null ? null : simple.createPredicate(configuration.getBarrier());
    }

    /** Whether there is any order to keep. */
    boolean areKept() {
        return key != null;
    }

    /** An entry whose key cannot be found waits for nothing: it must not be stuck because of what it says. */
    Found of(Entry entry) {
        if (key == null || entry.isTrimmed()) {
            return new Found(entry, Order.NONE);
        }
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(RedisStreamsConstants.ENTRY_ID, entry.id().toString());
        exchange.getMessage().setBody(entry.fields());
        Order order = of(entry.id(), exchange);
        return new Found(new Entry(entry.id(), entry.fields(), Map.copyOf(exchange.getProperties())), order);
    }

    private Order of(EntryId id, Exchange exchange) {
        try {
            String found = key.evaluate(exchange, String.class);
            if (found == null || found.isBlank()) {
                return Order.NONE;
            }
            boolean isBarrier = barrier != null && barrier.matches(exchange);
            return new Order(found, isBarrier ? Order.Kind.BARRIER : Order.Kind.MEMBER);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.debug("No order key for entry {}", id, e);
            return Order.NONE;
        }
    }
}
