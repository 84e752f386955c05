package io.github.passerelle.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.awaitility.Awaitility;

import io.github.passerelle.fixture.Redis;

/** Keeps enough entries before a worker that it never waits for one, and fewer than the till's trimming would drop. */
final class Feeder implements AutoCloseable {

    private static final int EVERY_MILLIS = 20;
    private static final int FEWEST = 500;
    private static final int MOST = 6_000;
    private static final int TOGETHER = 200;

    private final Redis redis;
    private final Stock stock;
    private final LongSupplier delivered;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile long published;
    private volatile RuntimeException failure;
    private long deliveredBefore;

    /** @param delivered how many entries the receiver has taken since this was begun */
    Feeder(Redis redis, Stock stock, LongSupplier delivered) {
        this.redis = redis;
        this.stock = stock;
        this.delivered = delivered;
        clock.scheduleWithFixedDelay(this::feed, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void feed() {
        try {
            long now = delivered.getAsLong();
            // what is carried in a fifth of a second stays in store
            long wanted = Math.max(FEWEST, Math.min(MOST, 10 * (now - deliveredBefore)));
            deliveredBefore = now;
            while (published - now < wanted) {
                List<Object[]> commands = new ArrayList<>();
                for (int i = 0; i < TOGETHER; i++) {
                    commands.add(stock.nextTrimmed());
                }
                redis.commands(commands);
                published += commands.size();
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** How many entries were published. */
    long published() {
        if (failure != null) {
            throw failure;
        }
        return published;
    }

    @Override
    public void close() {
        clock.shutdown();
        Awaitility.await("the end of feeding").atMost(Duration.ofSeconds(20)).until(clock::isTerminated);
    }
}
