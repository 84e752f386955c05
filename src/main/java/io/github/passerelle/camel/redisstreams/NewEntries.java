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
    private boolean proven;

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

    /**
     * Begins to read unless a read is under way. The first one, and the first after a failure, does not wait for new entries.
     *
     * @param count how many entries to read at most
     */
    void read(int count) {
        if (reading == null) {
            Duration block = proven ? Duration.ofMillis(configuration.getBlock()) : null;
            CompletableFuture<Void> read = stream.readNew(count, block)
                    .thenAccept(entries -> entries.forEach(backlog::addFresh))
                    .toCompletableFuture();
            deadline = time.ticks() + (proven ? configuration.getBlock() : 0) + 2 * configuration.getTimeout();
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
        proven = false;
        if (!current.isDone()) {
            throw new RedisStreamsException(configuration, new TimeoutException());
        }
        current.join();
        proven = true;
    }

    boolean isReading() {
        return reading != null;
    }

    /** Whether the last read that has ended ended well. */
    boolean isProven() {
        return proven;
    }

    /** When {@link #check()} is due at the latest, on the clock of ticks. */
    long deadline() {
        return deadline;
    }
}
