package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads entries that no member of the group has read. At most one read waits in Redis at a time. For use by one thread.
 */
final class NewEntries {

    private static final long SHORTEST_GRACE_MILLIS = 2_000;

    private final RedisStream stream;
    private final RedisStreamsConfiguration configuration;
    private final LongSupplier longest;
    private final Time time;
    private final Supplier<EntryId> known;
    private final Runnable onDone;
    private CompletableFuture<RedisStream.NewlyRead> reading;
    private boolean missed;
    private int expected;
    // the last read brought all that it asked for
    private boolean more;
    private long deadline = Long.MAX_VALUE;
    private boolean proven;

    /**
     * @param longest for how many milliseconds a read may wait in Redis at this moment: what it brings later, nobody may be there to take
     * @param known   up to where the entries that the group has read are known at this moment; asked on a thread of Redisson
     * @param onDone  called on a thread of Redisson when a read has ended
     */
    NewEntries(RedisStream stream, RedisStreamsConfiguration configuration, LongSupplier longest, Time time, Supplier<EntryId> known,
               Runnable onDone) {
        this.stream = stream;
        this.configuration = configuration;
        this.longest = longest;
        this.time = time;
        this.known = known;
        this.onDone = onDone;
    }

    /**
     * Begins to read unless a read is under way. The first one, and the first after a failure, does not wait for new entries.
     *
     * @param count how many entries to read at most
     */
    void read(int count) {
        if (reading == null) {
            long block = proven ? Math.min(configuration.getBlock(), longest.getAsLong()) : 0;
            // to wait for 0 milliseconds is to wait for ever
            begin(stream.readNew(count, block > 0 ? Duration.ofMillis(block) : null, known), count,
                    proven ? block + grace() : 2 * configuration.getTimeout());
        }
    }

    /**
     * The same, as many as may go at the same time where more are there.
     *
     * @param bytes after how many bytes to stop nevertheless
     */
    void readAhead(long bytes) {
        int max = configuration.getConcurrentConsumers();
        if (reading == null && more && max > configuration.getCount()) {
            begin(stream.readMany(configuration.getCount(), max, bytes, known.get()), configuration.getCount(), 2 * configuration.getTimeout());
        } else {
            read(configuration.getCount());
        }
    }

    private void begin(CompletableFuture<RedisStream.NewlyRead> read, int count, long patience) {
        deadline = time.ticks() + patience;
        expected = count;
        reading = read;
        read.whenComplete((entries, failure) -> onDone.run());
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
        CompletableFuture<RedisStream.NewlyRead> current = reading;
        if (!current.isDone()) {
            if (time.ticks() <= deadline) {
                return List.of();
            }
            giveUp();
            throw new RedisStreamsException(configuration, new TimeoutException());
        }
        reading = null;
        deadline = Long.MAX_VALUE;
        proven = false;
        more = false;
        RedisStream.NewlyRead read = current.join();
        proven = true;
        more = read.entries().size() >= expected;
        missed = read.firstPending() != null
                && (read.entries().isEmpty() || read.firstPending().compareTo(read.entries().get(0).id()) < 0);
        return read.entries();
    }

    /**
     * Whether Redis had handed out something that nobody knows of before what the last read brought: Redisson repeats a read whose connection
     * broke, and a Redis that does not know of the break answers the first one as well.
     */
    boolean hasMissed() {
        return missed;
    }

    /**
     * Waits no longer for a read that is under way. Redis may have answered it, or still do so: what it then read is pending and nobody knows
     * of it.
     */
    void giveUp() {
        if (reading != null) {
            reading.cancel(true);
            reading = null;
            deadline = Long.MAX_VALUE;
            proven = false;
            more = false;
        }
    }

    /** Redisson would wait longer for an answer that is late: too long for a connection that the network has forgotten. */
    private long grace() {
        return Math.max(SHORTEST_GRACE_MILLIS, configuration.getTimeout() * 2 / 3);
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
