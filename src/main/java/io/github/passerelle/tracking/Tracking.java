package io.github.passerelle.tracking;

import java.time.Clock;

import org.apache.camel.support.jsse.SSLContextParameters;

import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConfiguration;
import io.github.passerelle.settings.RedisSettings;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tls.CaFile;

/**
 * The way in: questions and decisions about the entries of one channel, while it is at work and while it is not.
 * <p>
 * Whatever is asked or decided fails with a {@code RedisStreamsException}, whose message is one line that may be shown, when Redis cannot be
 * asked.
 */
public final class Tracking implements AutoCloseable {

    private final RedisStreamsAdmin admin;
    private final Queries queries;
    private final Decisions decisions;

    public Tracking(RedisStreamsAdmin admin) {
        this(admin, Clock.systemUTC());
    }

    Tracking(RedisStreamsAdmin admin, Clock clock) {
        this.admin = admin;
        this.queries = new Queries(admin, clock);
        this.decisions = new Decisions(admin, queries, clock);
    }

    /** With a connection of its own. */
    public static Tracking connect(Settings settings) {
        return connect(settings, Clock.systemUTC());
    }

    static Tracking connect(Settings settings, Clock clock) {
        return new Tracking(admin(settings), clock);
    }

    /** For questions about Redis itself, with a connection of its own. */
    public static RedisStreamsAdmin admin(Settings settings) {
        RedisSettings redis = settings.redis();
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(redis.url());
        configuration.setUsername(redis.username());
        configuration.setPassword(redis.password());
        if (redis.url().startsWith("rediss:")) {
            configuration.setSslContextParameters(tls(redis.caFile()));
        }
        configuration.setStream(redis.stream());
        configuration.setGroup(redis.group());
        return RedisStreamsAdmin.connect(configuration);
    }

    private static SSLContextParameters tls(String caFile) {
        CaFile authorities = new CaFile();
        authorities.setFile(caFile);
        authorities.setSetting("REDIS_CA_FILE");
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(authorities);
        return tls;
    }

    public Queries queries() {
        return queries;
    }

    public Decisions decisions() {
        return decisions;
    }

    @Override
    public void close() {
        admin.close();
    }
}
