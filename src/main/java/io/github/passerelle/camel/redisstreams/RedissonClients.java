package io.github.passerelle.camel.redisstreams;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.SingleServerConfig;

/**
 * One Redisson client for all endpoints that ask for the same Redis in the same way.
 */
final class RedissonClients implements AutoCloseable {

    private record Key(String url, String username, String password, long timeout, SSLContextParameters tls) {
    }

    private static final long SHORTEST_PING_MILLIS = 1_000;

    private final Map<Key, RedissonClient> clients = new HashMap<>();

    /** Does not connect: Redis may be absent, and come later. */
    synchronized RedissonClient get(RedisStreamsConfiguration configuration, CamelContext context) {
        if (configuration.getRedissonClient() != null) {
            return configuration.getRedissonClient();
        }
        Key key = new Key(configuration.getUrl(), blankToNull(configuration.getUsername()), blankToNull(configuration.getPassword()),
                configuration.getTimeout(), configuration.isTls() ? configuration.getSslContextParameters() : null);
        return clients.computeIfAbsent(key, missing -> create(missing, context));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(client -> client.shutdown(0, 2, TimeUnit.SECONDS));
        clients.clear();
    }

    private static RedissonClient create(Key key, CamelContext context) {
        URI uri = URI.create(key.url());
        String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        int port = uri.getPort() < 0 ? 6379 : uri.getPort();
        Config config = new Config();
        config.setLazyInitialization(true);
        // nothing here is written in Redisson's own form, whose library takes its time to get ready
        config.setCodec(StringCodec.INSTANCE);
        // a few commands at a time: Redisson's own defaults, 16 and 32 threads, are made for caches
        config.setThreads(2);
        config.setNettyThreads(2);
        SingleServerConfig server = config.useSingleServer()
                .setAddress(uri.getScheme() + "://" + uri.getHost() + ":" + port)
                .setDatabase(database.isEmpty() ? 0 : Integer.parseInt(database))
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(0)
                .setConnectTimeout((int) key.timeout())
                .setTimeout((int) key.timeout())
                // who asks decides whether to ask again: XADD twice is two entries
                .setRetryAttempts(0)
                // never used, but Redisson's clock ticks by it: by default up to a hundred times a second, at random, and so ten times
                .setRetryDelay(new ConstantDelay(Duration.ofSeconds(1)))
                .setReconnectionDelay(new ConstantDelay(Duration.ofMillis(500)))
                // what says nothing for twice this time is closed: the network may have forgotten a connection without a word
                .setPingConnectionInterval((int) Math.max(SHORTEST_PING_MILLIS, key.timeout() / 2))
                .setKeepAlive(true);
        server.setUsername(key.username());
        server.setPassword(key.password());
        RedissonTls.configure(server, key.tls(), context);
        return Redisson.create(config);
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
