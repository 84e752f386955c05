package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this consumer is the one at work, and the sign it gives of that. The answers to the sign bring what a person decided meanwhile. For
 * use by one thread, but for {@link #isLeading()} and {@link #leadingFor()}.
 */
final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private static final long TICK_MILLIS = 1_000;
    private static final long LEAVE_MILLIS = 1_000;

    private final Lease lease;
    private final RedisStreamsConfiguration configuration;
    private final Time time;
    private final long tickMillis;
    private final List<EntryId> decided = new ArrayList<>();
    private long nextTick = Long.MIN_VALUE;
    private boolean standingBy;
    // on the clock of ticks; null when it is not the one
    private volatile Long leadingSince;
    private volatile boolean signed;

    Leadership(Lease lease, RedisStreamsConfiguration configuration, Time time) {
        this.lease = lease;
        this.configuration = configuration;
        this.time = time;
        this.tickMillis = Math.min(TICK_MILLIS, Math.max(1, configuration.getLeaseDuration() / 5));
    }

    /** Whether it is the one that reads the stream. */
    boolean isLeading() {
        return leadingSince != null;
    }

    /** For how long it has been; null when it is not, or cannot be sure of it any more. */
    Duration leadingFor() {
        Long since = leadingSince;
        return since == null || !lease.isHeld() ? null : Duration.ofMillis(time.ticks() - since);
    }

    /** Whether it was the one, and cannot be sure of it any more. */
    boolean isLost() {
        return isLeading() && !lease.isHeld();
    }

    void resign() {
        leadingSince = null;
        LOG.info("Another process may be at work on stream {}: what is not in progress is left to it", configuration.getStream());
    }

    /**
     * Becomes the one, or stays it.
     *
     * @param  pausedSince null when it is not pausing
     * @return             false when another one is
     */
    boolean lead(Instant pausedSince) throws InterruptedException {
        if (!renew(pausedSince)) {
            return false;
        }
        if (leadingSince == null) {
            leadingSince = time.ticks();
            if (configuration.isExclusive()) {
                LOG.info("This process is the one at work on stream {}", configuration.getStream());
            }
        }
        standingBy = false;
        return true;
    }

    void standBy() {
        if (!standingBy) {
            standingBy = true;
            LOG.info("Standing by: another process is at work on stream {}", configuration.getStream());
        }
    }

    /**
     * Gives a sign of life.
     *
     * @return false when another one is at work
     */
    boolean renew(Instant pausedSince) throws InterruptedException {
        nextTick = time.ticks() + tickMillis;
        // before the answer: a stop may come in between
        signed = true;
        Optional<List<EntryId>> renewed = lease.renew(pausedSince);
        signed = renewed.isPresent();
        renewed.ifPresent(decided::addAll);
        return renewed.isPresent();
    }

    /** When the next sign of life is due, on the clock of ticks. */
    long nextTick() {
        return nextTick;
    }

    boolean isTickDue() {
        return time.ticks() >= nextTick;
    }

    /** The entries that a person decided about since this was asked last. */
    List<EntryId> takeDecided() {
        List<EntryId> taken = List.copyOf(decided);
        decided.clear();
        return taken;
    }

    /** Redis cannot be asked. */
    void disconnected() {
        signed = false;
        standingBy = false;
    }

    /** Takes the sign of life back. Waited for, as the connection may be closed next; not for long, as the sign ends by itself. */
    void leave() {
        if (!signed) {
            return;
        }
        try {
            lease.release().toCompletableFuture().get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The sign of life of the consumer of stream {} was not removed", configuration.getStream(), e);
        }
    }
}
