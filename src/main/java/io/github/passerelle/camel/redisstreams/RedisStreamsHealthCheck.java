package io.github.passerelle.camel.redisstreams;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness of one consumer: whether it can reach its stream. It says nothing of liveness, as a restart would not bring Redis back.
 */
class RedisStreamsHealthCheck extends AbstractHealthCheck {

    private final RedisStreamsConsumer consumer;

    RedisStreamsHealthCheck(RedisStreamsConsumer consumer, String routeId) {
        super("camel", "consumer:redis-streams-" + routeId);
        this.consumer = consumer;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ConsumerStatus status = consumer.status();
        RedisStreamsConfiguration configuration = consumer.getEndpoint().getConfiguration();
        builder.detail("stream", configuration.getStream());
        builder.detail("group", configuration.getGroup());
        if (status.connected()) {
            builder.up();
        } else {
            builder.message(status.error());
            builder.down();
        }
    }
}
