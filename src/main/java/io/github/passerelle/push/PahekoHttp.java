package io.github.passerelle.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.util.URISupport;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;

/**
 * Camel's HTTP component, for answers that count only with a whole head (see {@link WholeHeads}) and for options that are told apart from the
 * query of an address.
 */
public class PahekoHttp extends HttpComponent {

    private final Map<List<Integer>, HttpClientConnectionManager> pools = new ConcurrentHashMap<>();
    private Set<String> query = Set.of();

    /** The address that may have a query. */
    public void setAddress(String address) throws URISyntaxException {
        query = URISupport.parseQuery(URI.create(address).getRawQuery()).keySet();
    }

    /** Camel makes a query of the options that it does not know: an option with a slip of the pen would go to the receiver. */
    @Override
    protected void afterConfiguration(String uri, String remaining, Endpoint endpoint, Map<String, Object> unknown) {
        Set<String> slips = new TreeSet<>(unknown.keySet());
        slips.removeAll(query);
        if (!slips.isEmpty()) {
            throw new IllegalArgumentException("http has no option " + String.join(", ", slips)
                                               + "; the query of an address other than PAHEKO_PLUGIN_URL goes into the header CamelHttpQuery");
        }
    }

    /** Camel takes a bean of another type for none. */
    @Override
    public <T> T resolveAndRemoveReferenceParameter(Map<String, Object> parameters, String key, Class<T> type, T defaultValue) {
        Object name = parameters.get(key);
        T bean = super.resolveAndRemoveReferenceParameter(parameters, key, type, defaultValue);
        if (name != null && bean == null) {
            throw new IllegalArgumentException("'" + name + "' does not do for the option " + key + " of http: it is no " + type.getSimpleName());
        }
        return bean;
    }

    /** Camel gives no other way to the parser than through the pool of connections, which is made here as Camel makes it. */
    @Override
    @SuppressWarnings("deprecation")
    protected HttpClientConnectionManager createConnectionManager(
            Registry<org.apache.hc.client5.http.socket.ConnectionSocketFactory> registry, int maxTotalConnections, int connectionsPerRoute,
            SocketConfig defaultSocketConfig) {
        // what goes to one Paheko shares its connections, or more requests would be in flight than are allowed
        return pools.computeIfAbsent(List.of(maxTotalConnections, connectionsPerRoute),
                size -> pool(registry, maxTotalConnections, connectionsPerRoute, defaultSocketConfig));
    }

    @SuppressWarnings("deprecation")
    private HttpClientConnectionManager pool(Registry<org.apache.hc.client5.http.socket.ConnectionSocketFactory> registry, int maxTotalConnections,
                                             int connectionsPerRoute, SocketConfig defaultSocketConfig) {
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(registry, PoolConcurrencyPolicy.STRICT,
                TimeValue.ofMilliseconds(getConnectionTimeToLive()), new PromptConnections());
        connections.setMaxTotal(maxTotalConnections > 0 ? maxTotalConnections : getMaxTotalConnections());
        connections.setDefaultMaxPerRoute(connectionsPerRoute > 0 ? connectionsPerRoute : getConnectionsPerRoute());
        connections.setDefaultSocketConfig(defaultSocketConfig);
        return connections;
    }
}
