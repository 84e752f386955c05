package io.github.passerelle.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * For how long something has been waiting. An entry says when it was written by a clock that may be set, and would seem to lie in the future
 * after that was set back; so it counts as well for how long it has been seen here that something waits.
 */
final class WaitingTime {

    private final Clock clock;
    private final LongSupplier nanos;
    private Long seenSince;

    /** @param nanos counts up from anywhere, as {@link System#nanoTime()} does */
    WaitingTime(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * @param  oldest when the oldest of what waits was written; null when nothing waits
     * @return        null when nothing waits
     */
    synchronized Duration of(Instant oldest) {
        if (oldest == null) {
            seenSince = null;
            return null;
        }
        long now = nanos.getAsLong();
        if (seenSince == null) {
            seenSince = now;
        }
        Duration seen = Duration.ofNanos(now - seenSince);
        Duration written = Duration.between(oldest, clock.instant());
        return seen.compareTo(written) > 0 ? seen : written;
    }
}
