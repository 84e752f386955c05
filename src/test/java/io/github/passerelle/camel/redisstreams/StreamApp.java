package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * A small application with one route that reads a stream, keeps what it was handed, and at its end acknowledges it when the exchange property
 * {@code ack} is set, or puts it aside when {@code park} is.
 */
final class StreamApp implements AutoCloseable {

    static final String GROUP = "group";
    static final String ROUTE = "reader";

    /** What the route was handed. */
    record Handed(String id, int round, Map<String, byte[]> fields, String stream, String group, String messageId, boolean trimmed, String note,
                  boolean probe, boolean suspect) {
    }

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Handed> handed = new CopyOnWriteArrayList<>();
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    private StreamApp() {
    }

    /**
     * @param options further options of the consumer, such as {@code "&replayDelay=200"}
     * @param step    what the route does with an entry; it acknowledges by setting the exchange property {@code ack}
     */
    static StreamApp start(String redisUrl, String stream, String options, Processor step) throws Exception {
        return start(redisUrl, null, stream, options, step);
    }

    /**
     * @param tls null for what Java trusts
     */
    static StreamApp start(String redisUrl, SSLContextParameters tls, String stream, String options, Processor step) throws Exception {
        StreamApp app = new StreamApp();
        app.configure(redisUrl).getConfiguration().setSslContextParameters(tls);
        app.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().logExhausted(false).logStackTrace(false));
                onCompletion().onWhen(simple("${exchangeProperty.ack} == true"))
                        .toD("redis-streams:" + stream + "?operation=ack&group=" + GROUP);
                onCompletion().onWhen(simple("${exchangeProperty.park} == true"))
                        .toD("redis-streams:" + stream + "?operation=park&group=" + GROUP);
                from("redis-streams:" + stream + "?group=" + GROUP + (options.contains("&block=") ? "" : "&block=300") + options).routeId(ROUTE)
                        .process(app::keep).process(step);
            }
        });
        app.context.start();
        return app;
    }

    /** An application that only writes. */
    static StreamApp producer(String redisUrl) throws Exception {
        StreamApp app = new StreamApp();
        app.configure(redisUrl);
        app.context.start();
        return app;
    }

    private RedisStreamsComponent configure(String redisUrl) {
        RedisStreamsComponent component = new RedisStreamsComponent(context);
        component.getConfiguration().setUrl(redisUrl);
        component.getConfiguration().setTimeout(3_000);
        context.addComponent("redis-streams", component);
        context.getShutdownStrategy().setTimeout(10);
        return component;
    }

    /** Acknowledges every entry. */
    static void acknowledge(Exchange exchange) {
        exchange.setProperty("ack", "true");
    }

    /** Puts every entry aside. */
    static void park(Exchange exchange) {
        exchange.setProperty("park", "true");
    }

    private void keep(Exchange exchange) {
        mostAtOnce.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                inProgress.decrementAndGet();
            }
        });
        @SuppressWarnings("unchecked")
        Map<String, byte[]> fields = exchange.getMessage().getBody(Map.class);
        handed.add(new Handed(exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class),
                exchange.getMessage().getHeader(RedisStreamsConstants.ROUND, Integer.class), fields,
                exchange.getMessage().getHeader(RedisStreamsConstants.STREAM, String.class),
                exchange.getMessage().getHeader(RedisStreamsConstants.GROUP, String.class), exchange.getMessage().getMessageId(),
                exchange.getMessage().getHeader(RedisStreamsConstants.TRIMMED, false, Boolean.class),
                exchange.getProperty(RedisStreamsConstants.NOTE, String.class),
                exchange.getProperty(RedisStreamsConstants.PROBE, Boolean.class),
                exchange.getProperty(RedisStreamsConstants.SUSPECT, Boolean.class)));
    }

    List<Handed> handed() {
        return List.copyOf(handed);
    }

    List<String> ids() {
        return handed.stream().map(Handed::id).toList();
    }

    /** The rounds in which an entry was handed out. */
    List<Integer> rounds(String id) {
        return handed.stream().filter(h -> h.id().equals(id)).map(Handed::round).toList();
    }

    /** What the route was handed of one entry. */
    List<Handed> handed(String id) {
        return handed.stream().filter(h -> h.id().equals(id)).toList();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    CamelContext context() {
        return context;
    }

    RedisStreamsConsumer consumer() {
        return (RedisStreamsConsumer) context.getRoute(ROUTE).getConsumer();
    }

    @Override
    public void close() {
        context.stop();
    }
}
