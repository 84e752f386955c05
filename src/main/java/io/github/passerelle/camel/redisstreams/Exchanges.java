package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.function.Supplier;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Makes the exchange in which an entry goes through its route.
 */
final class Exchanges {

    private final RedisStreamsConfiguration configuration;
    private final Fields fields;
    private final Supplier<Exchange> empty;

    Exchanges(RedisStreamsConfiguration configuration, Supplier<Exchange> empty) {
        this.configuration = configuration;
        this.fields = new Fields(configuration);
        this.empty = empty;
    }

    /** @param gathered what was left to this entry, if it is a barrier */
    Exchange of(Entry entry, List<Entry> gathered, int round, Order order, String note, boolean probe, boolean suspect) {
        Exchange exchange = empty.get();
        entry.found().forEach(exchange::setProperty);
        String id = entry.id().toString();
        exchange.setProperty(RedisStreamsConstants.ENTRY_ID, id);
        exchange.setProperty(RedisStreamsConstants.ROUND, round);
        exchange.setProperty(RedisStreamsConstants.NOTE, note);
        exchange.setProperty(RedisStreamsConstants.RELEASED, order.isReleased());
        exchange.setProperty(RedisStreamsConstants.PROBE, probe);
        exchange.setProperty(RedisStreamsConstants.SUSPECT, suspect);
        if (configuration.isGather() && !order.isMember()) {
            exchange.setProperty(RedisStreamsConstants.GATHERED, gathered.stream().map(content -> new StreamEntry(content.id(), content.fields())).toList());
        }
        Message message = exchange.getMessage();
        message.setMessageId(id);
        if (entry.isTrimmed()) {
            message.setHeader(RedisStreamsConstants.TRIMMED, true);
        } else {
            message.setBody(entry.fields());
            fields.toHeaders(entry.fields(), exchange);
        }
        message.setHeader(RedisStreamsConstants.ENTRY_ID, id);
        message.setHeader(RedisStreamsConstants.STREAM, configuration.getStream());
        message.setHeader(RedisStreamsConstants.GROUP, configuration.getGroup());
        message.setHeader(RedisStreamsConstants.ROUND, round);
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, entry.id().millis());
        return exchange;
    }
}
