package io.github.passerelle.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsConsumer;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Channel;

/**
 * The answer to {@code GET /health}. It asks Redis each time and does not wait for it for long, so that what it says is so at this moment.
 */
public class Health {

    private static final long REDIS_MILLIS = 900;

    private final Clock clock;
    private Channel channel;
    private String routeId;
    private boolean configured;
    private Duration stall;

    public Health() {
        this(Clock.systemUTC());
    }

    Health(Clock clock) {
        this.clock = clock;
    }

    public void setChannel(Channel channel) {
        this.channel = channel;
    }

    /** The id of the route that carries the sales. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** Whether the settings without which the channel cannot run are made. */
    public void setConfigured(boolean configured) {
        this.configured = configured;
    }

    /** How long something may wait or be due while nothing succeeds, in milliseconds. */
    public void setStallMillis(long stallMillis) {
        this.stall = Duration.ofMillis(stallMillis);
    }

    /** Sets the body to the report and the status to 200, or 503 when something is wrong. */
    public void report(Exchange exchange) throws InterruptedException {
        CamelContext context = exchange.getContext();
        Route route = context.getRoute(routeId);
        StreamStatus stream = null;
        ConsumerStatus consumer = null;
        if (route != null && route.getConsumer() instanceof RedisStreamsConsumer redisStreams) {
            consumer = redisStreams.status();
            // a consumer that cannot connect need not be asked again, which might take long
            stream = consumer.running() && !consumer.connected() ? null : ask(redisStreams);
        }
        String worker = worker(stream, consumer);
        boolean redis = stream != null;
        boolean ok = redis && !"error".equals(worker);

        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", ok ? "ok" : "error");
        report.put("redis", redis ? "ok" : "error");
        report.put("push_worker", worker);
        report.put("role", consumer == null || !consumer.running() ? null : consumer.active() ? "active" : "standby");
        report.put("last_success_at", channel.lastSuccessAt() == null ? null : channel.lastSuccessAt().toString());
        report.put("last_error", channel.lastError());
        report.put("waiting", redis ? stream.waiting() : null);
        Integer held = redis && consumer.connected() ? consumer.held() : null;
        report.put("pending", redis ? Math.max(0, stream.pending() - (held == null ? 0 : held)) : null);
        report.put("held", held);
        report.put("quarantined", redis ? stream.parked() : null);
        report.put("paused", consumer != null && consumer.pausedSince() != null);
        exchange.getMessage().setBody(report);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, ok ? 200 : 503);
    }

    private static StreamStatus ask(RedisStreamsConsumer consumer) throws InterruptedException {
        try {
            return consumer.getEndpoint().status().toCompletableFuture().get(REDIS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // why is the consumer's to tell, once; this answer says that it is so
            return null;
        }
    }

    private String worker(StreamStatus stream, ConsumerStatus consumer) {
        if (!configured) {
            return "unconfigured";
        }
        boolean well = consumer != null && consumer.running() && consumer.connected() && consumer.pausedSince() == null && stream != null
                && !(consumer.active() && new Progress(stream, consumer, channel).isStalled(clock.instant().minus(stall)));
        return well ? "ok" : "error";
    }
}
