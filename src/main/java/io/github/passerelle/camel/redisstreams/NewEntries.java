package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Reads entries that no member of the group has read. At most one read waits in Redis at a time; what it brings goes into the backlog. For use
 * by one thread.
 */
final class NewEntries {

    private final RedisStream stream;
    private final RedisStreamsConfiguration configuration;
    private final Backlog backlog;
    private final Time time;
    private final Runnable onDone;
    private CompletableFuture<?> reading;
    private long deadline = Long.MAX_VALUE;

    /**
     * @param onDone called on a thread of Redisson when a read has ended
     */
    NewEntries(RedisStream stream, RedisStreamsConfiguration configuration, Backlog backlog, Time time, Runnable onDone) {
        this.stream = stream;
        this.configuration = configuration;
        this.backlog = backlog;
        this.time = time;
        this.onDone = onDone;
    }

    /** Begins to read unless a read is under way. */
    void read() {
        if (reading == null) {
            deadline = time.ticks() + configuration.getBlock() + 2 * configuration.getTimeout();
            CompletableFuture<Void> read = stream.readNew(configuration.getCount(), Duration.ofMillis(configuration.getBlock()))
                    .thenAccept(entries -> entries.forEach(backlog::addFresh))
                    .toCompletableFuture();
            reading = read;
            // not part of the stage above: who is called must find the read done
            read.whenComplete((nothing, failure) -> onDone.run());
        }
    }

    /** Ends a read that is done; throws when it failed, or when its answer does not come. */
    void check() {
        if (reading == null) {
            return;
        }
        CompletableFuture<?> current = reading;
        if (!current.isDone() && time.ticks() <= deadline) {
            return;
        }
        reading = null;
        deadline = Long.MAX_VALUE;
        if (!current.isDone()) {
            throw new RedisStreamsException(configuration, new TimeoutException());
        }
        current.join();
    }

    /** When {@link #check()} is due at the latest, on the clock of ticks. */
    long deadline() {
        return deadline;
    }
}
