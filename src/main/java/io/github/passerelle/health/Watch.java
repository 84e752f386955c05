package io.github.passerelle.health;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsConsumer;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Channel;

/**
 * Looks how things are with the channel. It asks Redis each time and does not wait for it for long.
 */
public class Watch implements CamelContextAware {

    private static final Duration PATIENCE = Duration.ofMillis(900);

    private final LongSupplier nanos;
    private final WaitingTime waitingTime;
    private CamelContext camelContext;
    private Inquiry<StreamStatus> redis;
    private Channel channel;
    private String routeId;
    private boolean configured;
    private Duration stall;

    public Watch() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    Watch(Clock clock, LongSupplier nanos) {
        this.nanos = nanos;
        this.waitingTime = new WaitingTime(clock, nanos);
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
        if (redis == null) {
            redis = new Inquiry<>(camelContext.getExecutorServiceManager().newSingleThreadExecutor(this, "RedisInquiry"), PATIENCE, nanos);
        }
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

    /** Whether the settings without which the channel cannot run are made. */
    public boolean isConfigured() {
        return configured;
    }

    /** How long something may wait or be due while nothing succeeds. */
    public Duration stall() {
        return stall;
    }

    /** Which part this process plays, without asking Redis; null while the route does not run. */
    public Situation.Role role() {
        return Situation.role(consumer().map(RedisStreamsConsumer::status).orElse(null));
    }

    /** How things are at this moment. Takes less than a second. */
    public Situation look() throws InterruptedException {
        StreamStatus stream = null;
        ConsumerStatus consumer = null;
        RedisStreamsConsumer redisStreams = consumer().orElse(null);
        if (redisStreams != null) {
            consumer = redisStreams.status();
            // why it cannot be asked is the consumer's to tell, once
            stream = consumer.running() && !consumer.connected() ? null : redis.ask(redisStreams.getEndpoint()::status);
        }
        return new Situation(worker(stream, consumer), stream, consumer, channel.lastSuccessAt(), channel.lastError());
    }

    private Optional<RedisStreamsConsumer> consumer() {
        Route route = camelContext.getRoute(routeId);
        return route != null && route.getConsumer() instanceof RedisStreamsConsumer consumer ? Optional.of(consumer) : Optional.empty();
    }

    private Situation.PushWorker worker(StreamStatus stream, ConsumerStatus consumer) {
        if (!configured) {
            return Situation.PushWorker.UNCONFIGURED;
        }
        boolean well = consumer != null && consumer.running() && consumer.connected() && consumer.pausedSince() == null && stream != null
                && !isStalled(stream, consumer);
        return well ? Situation.PushWorker.OK : Situation.PushWorker.ERROR;
    }

    /** What waits while another process is at work is that one's business. */
    private boolean isStalled(StreamStatus stream, ConsumerStatus consumer) {
        Duration waiting = waitingTime.of(consumer.active() ? stream.oldestWaiting() : null);
        return consumer.active() && new Progress(stream, consumer, channel, waiting).isStalled(stall);
    }
}
