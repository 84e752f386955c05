package io.github.passerelle.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.passerelle.health.Situation;
import io.github.passerelle.health.Watch;

/** How things are, looked at once for all that is read of it at the same time: Redis is asked once for each scrape. */
final class Glance {

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Watch watch;
    private final LongSupplier nanos;
    private Situation last;
    private long lookedAt;

    /** @param nanos counts up from anywhere, as {@link System#nanoTime()} does */
    Glance(Watch watch, LongSupplier nanos) {
        this.watch = watch;
        this.nanos = nanos;
    }

    synchronized Situation situation() throws InterruptedException {
        if (last == null || nanos.getAsLong() - lookedAt > KEPT.toNanos()) {
            last = watch.look();
            lookedAt = nanos.getAsLong();
        }
        return last;
    }
}
