package io.github.passerelle.benchmark;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/** A Redis and a receiver of its own for what is measured, so that nothing is left of what was before. */
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Site site;
    // the disk would hide what a worker costs if each write waited for it
    private final RedisServer server = RedisServer.embedded("--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0");
    private final Redis redis = server.connect();
    private final Redis feed = server.connect();
    private final ReceiverProcess receiver;

    Scene(Site site) {
        this.site = site;
        this.receiver = new ReceiverProcess(site);
    }

    Contender.Running start(Contender contender) {
        return contender.start(site, server.url(), receiver.url());
    }

    ReceiverProcess receiver() {
        return receiver;
    }

    Redis redis() {
        return redis;
    }

    String redisUrl() {
        return server.url();
    }

    Site site() {
        return site;
    }

    Feeder feeder(Stock stock) {
        long before = receiver.counts().taken();
        return new Feeder(feed, stock, () -> receiver.counts().taken() - before);
    }

    /** Waits until all that was published is delivered and acknowledged, and finds out whether anything was lost or came twice. */
    void settle(long published, String what) {
        settle(published, 0, what);
    }

    /** @param quarantined how many more are pending and stay so */
    void settle(long published, int quarantined, String what) {
        Awaitility.await(what + ": all that was published is delivered").atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> receiver.counts().taken() >= published);
        Awaitility.await(what + ": all that was delivered is acknowledged").atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> pending() == quarantined);
        ReceiverProcess.Counts counts = receiver.counts();
        if (counts.taken() != published || counts.repeated() > 0) {
            throw new BenchmarkFailure(what + ": of " + published + " entries " + counts.taken() + " were delivered, " + counts.repeated() + " of them again");
        }
    }

    long pending() {
        List<?> summary = (List<?>) redis.command("XPENDING", Till.STREAM, Till.GROUP);
        return (Long) summary.get(0);
    }

    @Override
    public void close() {
        receiver.close();
        feed.close();
        redis.close();
        server.close();
    }
}
