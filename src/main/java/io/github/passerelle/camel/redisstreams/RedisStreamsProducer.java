package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds entries, and acknowledges them.
 */
public class RedisStreamsProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStreamsProducer.class);

    private final RedisStreamsConfiguration configuration;
    private final RedisStream stream;
    private final Additions additions;
    private ExecutorService callbacks;

    public RedisStreamsProducer(RedisStreamsEndpoint endpoint) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
        this.stream = endpoint.redisStream();
        this.additions = new Additions(configuration, endpoint.getCamelContext());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // the steps that follow in a route must not run on Redisson's few threads, and perhaps wait there for its next answer
        callbacks = getEndpoint().getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "RedisStreamsProducer");
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(callbacks);
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            switch (configuration.getOperation()) {
                case add -> add(exchange, callback);
                case ack -> {
                    return acknowledge(exchange, callback);
                }
                case park -> park(exchange, callback);
                case unpark -> decide(exchange, callback, stream.quarantine()::unpark);
                case release -> decide(exchange, callback, stream.quarantine()::release);
                case discard -> decide(exchange, callback,
                        (id, reason, author) -> stream.quarantine().discard(id, reason, author, counts(exchange)));
            }
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private void add(Exchange exchange, AsyncCallback callback) throws Exception {
        finish(stream.add(additions.of(exchange)), exchange, callback,
                id -> exchange.getMessage().setHeader(RedisStreamsConstants.ENTRY_ID, id.toString()));
    }

    private boolean acknowledge(Exchange exchange, AsyncCallback callback) {
        Delivery delivery = exchange.getProperty(RedisStreamsConstants.DELIVERY, Delivery.class);
        EntryId id = entryId(exchange);
        if (delivery != null && delivery.id().equals(id) && delivery.isOf(configuration.getStream(), configuration.getGroup())) {
            acknowledge(delivery, exchange);
            callback.done(true);
            return true;
        }
        Counters counters = exchange.getProperty(RedisStreamsConstants.COUNTERS, Counters.class);
        finish(stream.acknowledge(new Acker.Acknowledgement(id, counters)), exchange, callback,
                count -> exchange.getMessage().setHeader(RedisStreamsConstants.ACKNOWLEDGED, count));
        return false;
    }

    /**
     * No error for the route when Redis cannot take it now: the consumer repeats it until Redis has answered. It is waited for here: the entry
     * keeps its thread until then in any case, and the answer need not pass through another one.
     */
    private void acknowledge(Delivery delivery, Exchange exchange) {
        try {
            long count = delivery.acknowledge(exchange.getProperty(RedisStreamsConstants.COUNTERS, Counters.class), countersOfGathered(exchange),
                    exchange.getProperty(RedisStreamsConstants.UNASKED, false, Boolean.class)).toCompletableFuture().get();
            exchange.getMessage().setHeader(RedisStreamsConstants.ACKNOWLEDGED, count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            warn(delivery, e);
        } catch (ExecutionException e) {
            warn(delivery, e.getCause());
        } catch (RuntimeException e) {
            warn(delivery, e);
        }
    }

    private void warn(Delivery delivery, Throwable failure) {
        LOG.atWarn().addKeyValue("correlation_id", delivery.id().toString())
                .log("Entry {} was processed but Redis did not take its acknowledgement, which will be repeated: {}", delivery.id(),
                        RedisStreamsException.describe(configuration, failure));
    }

    /** No error for the route when Redis cannot do it now: the entry stays pending and comes again. But the steps after it are not taken. */
    private void park(Exchange exchange, AsyncCallback callback) {
        Delivery delivery = exchange.getProperty(RedisStreamsConstants.DELIVERY, Delivery.class);
        if (delivery == null || !delivery.isOf(configuration.getStream(), configuration.getGroup())) {
            throw new IllegalArgumentException("operation=park: only an entry that a consumer of stream " + configuration.getStream()
                                               + " and group " + configuration.getGroup() + " has handed out can be put aside");
        }
        CompletionStage<Boolean> answer;
        try {
            answer = delivery.park(counts(exchange));
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        answer.whenCompleteAsync((done, failure) -> {
            if (failure != null) {
                LOG.atError().addKeyValue("correlation_id", delivery.id().toString())
                        .log("Entry {} could not be put aside, so it stays pending and comes again: {}", delivery.id(),
                                RedisStreamsException.describe(configuration, failure));
            } else if (!done) {
                LOG.atInfo().addKeyValue("correlation_id", delivery.id().toString())
                        .log("Entry {} is pending no more, so it was not put aside", delivery.id());
            }
            // what follows says or does something about an entry that is put aside
            exchange.setRouteStop(failure != null || !done);
            callback.done(false);
        }, callbacks);
    }

    private void decide(Exchange exchange, AsyncCallback callback, Decide decide) {
        finish(decide.decide(entryId(exchange), text(exchange, RedisStreamsConstants.REASON), text(exchange, RedisStreamsConstants.AUTHOR)),
                exchange, callback, decision -> exchange.getMessage().setHeader(RedisStreamsConstants.DECISION, decision.name()));
    }

    private interface Decide {
        CompletionStage<Decision> decide(EntryId id, String reason, String author);
    }

    @SuppressWarnings("unchecked")
    private static List<Count> counts(Exchange exchange) {
        return exchange.getProperty(RedisStreamsConstants.COUNTS, List.of(), List.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<EntryId, Counters> countersOfGathered(Exchange exchange) {
        return exchange.getProperty(RedisStreamsConstants.GATHERED_COUNTERS, Map.of(), Map.class);
    }

    private static String text(Exchange exchange, String header) {
        return exchange.getMessage().getHeader(header, "", String.class);
    }

    private EntryId entryId(Exchange exchange) {
        String id = exchange.getMessage().getHeader(RedisStreamsConstants.ENTRY_ID, String.class);
        if (id == null) {
            id = exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
        }
        if (id != null) {
            return EntryId.parse(id);
        }
        throw new IllegalArgumentException("operation=" + configuration.getOperation() + ": the exchange carries no header "
                                           + RedisStreamsConstants.ENTRY_ID + " that names the entry");
    }

    private <T> void finish(
            CompletionStage<T> answer, Exchange exchange, AsyncCallback callback, Consumer<T> onSuccess) {
        answer.whenCompleteAsync((value, failure) -> {
            if (failure != null) {
                exchange.setException(new RedisStreamsException(configuration, failure));
            } else {
                onSuccess.accept(value);
            }
            callback.done(false);
        }, callbacks);
    }
}
