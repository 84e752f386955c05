package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The right to be the one consumer of a group that works, among several processes that use the same name. It ends by itself unless it is
 * renewed, so that another process can take over from one that died or hangs; and this one stops by its own clock before that. A consumer that
 * need not share only says in the same way that it is at work.
 */
final class Lease {

    private final RedisStream stream;
    private final boolean exclusive;
    private final Duration duration;
    private final Time time;
    private volatile long until = Long.MIN_VALUE;

    /** @param exclusive whether other processes may want it */
    Lease(RedisStream stream, boolean exclusive, Duration duration, Time time) {
        this.stream = stream;
        this.exclusive = exclusive;
        this.duration = duration;
        this.time = time;
    }

    /**
     * Takes or renews it.
     *
     * @param  pausedSince null when the consumer is not pausing
     * @return             entries that a person decided about; empty when another process has it
     */
    Optional<List<EntryId>> renew(Instant pausedSince) throws InterruptedException {
        // Redis counts from a later moment
        long sent = time.ticks();
        Optional<List<EntryId>> decided = stream.tick(pausedSince, duration);
        until = decided.isPresent() ? sent + duration.toMillis() : Long.MIN_VALUE;
        return decided;
    }

    /** Whether this process may go on without asking. */
    boolean isHeld() {
        return !exclusive || time.ticks() < until;
    }

    /** Redis says that it is another's. */
    void lose() {
        until = Long.MIN_VALUE;
    }

    /** For how many milliseconds it may do so, at most. */
    long millisLeft() {
        long end = until;
        long now = time.ticks();
        return !exclusive ? Long.MAX_VALUE : end <= now ? 0 : end - now;
    }

    /** Lets another process take over at once. */
    CompletionStage<Long> release() {
        until = Long.MIN_VALUE;
        return stream.leave();
    }
}
