package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Reads entries that no member of the group has read. At most one read waits in Redis at a time. For use by one thread.
 */
final class NewEntries {

    private final RedisStream stream;
    private final RedisStreamsConfiguration configuration;
    private final Time time;
    private final Runnable onDone;
    private CompletableFuture<List<Entry>> reading;
    private long deadline = Long.MAX_VALUE;
    private boolean proven;

    /**
     * @param onDone called on a thread of Redisson when a read has ended
     */
    NewEntries(RedisStream stream, RedisStreamsConfiguration configuration, Time time, Runnable onDone) {
        this.stream = stream;
        this.configuration = configuration;
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
            CompletableFuture<List<Entry>> read = stream.readNew(count, block).toCompletableFuture();
            deadline = time.ticks() + (proven ? configuration.getBlock() : 0) + 2 * configuration.getTimeout();
            reading = read;
            read.whenComplete((entries, failure) -> onDone.run());
        }
    }

    /**
     * Ends a read that is done; throws when it failed, or when its answer does not come.
     *
     * @return what it brought
     */
    List<Entry> check() {
        if (reading == null) {
            return List.of();
        }
        CompletableFuture<List<Entry>> current = reading;
        if (!current.isDone() && time.ticks() <= deadline) {
            return List.of();
        }
        reading = null;
        deadline = Long.MAX_VALUE;
        proven = false;
        if (!current.isDone()) {
            throw new RedisStreamsException(configuration, new TimeoutException());
        }
        List<Entry> entries = current.join();
        proven = true;
        return entries;
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
