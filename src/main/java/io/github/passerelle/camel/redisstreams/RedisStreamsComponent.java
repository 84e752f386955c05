package io.github.passerelle.camel.redisstreams;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/**
 * Reads Redis Streams through consumer groups, and writes to them.
 */
@Component("redis-streams")
public class RedisStreamsComponent extends HealthCheckComponent {

    private final RedissonClients clients = new RedissonClients();

    @Metadata
    private RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();

    public RedisStreamsComponent() {
    }

    public RedisStreamsComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException("redis-streams needs the key of a stream, such as redis-streams:orders?group=billing");
        }
        RedisStreamsConfiguration copy = configuration.copy();
        copy.setStream(remaining);
        RedisStreamsEndpoint endpoint = new RedisStreamsEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doShutdown() throws Exception {
        clients.close();
        super.doShutdown();
    }

    RedissonClients clients() {
        return clients;
    }

    public RedisStreamsConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * Options that all endpoints share unless they say otherwise.
     */
    public void setConfiguration(RedisStreamsConfiguration configuration) {
        this.configuration = configuration;
    }
}
