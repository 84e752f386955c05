package io.github.passerelle.camel.redisstreams;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/**
 * Reads Redis Streams through consumer groups, and writes to them.
 */
@Component("redis-streams")
public class RedisStreamsComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private final RedissonClients clients = new RedissonClients();

    @Metadata
    private RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

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
        if (copy.getSslContextParameters() == null) {
            copy.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        if (copy.isTls() && copy.getSslContextParameters() != null) {
            // a fault in them is told with the endpoint, before any route starts
            copy.getSslContextParameters().createSSLContext(getCamelContext());
        }
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

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /**
     * Whether endpoints without sslContextParameters use those of the Camel context.
     */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
