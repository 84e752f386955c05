package io.github.passerelle.push;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends what takes too long. It looks now and then at all that is under way, while there is something: an alarm for each request would wake a thread
 * for each. So the end comes up to a sixtieth of the time late.
 */
final class Deadlines {

    private static final int LOOKS = 60;

    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanos;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private boolean looking;

    Deadlines(ScheduledExecutorService scheduler, LongSupplier nanos) {
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Until {@link AutoCloseable#close()} it may be late. */
    final class Deadline implements AutoCloseable {

        private final long due;
        private final Runnable end;
        private volatile boolean late;

        private Deadline(long due, Runnable end) {
            this.due = due;
            this.end = end;
        }

        boolean isLate() {
            return late;
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    /** @param end is run when it is late, on another thread */
    Deadline in(long millis, Runnable end) {
        Deadline deadline = new Deadline(nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis), end);
        open.add(deadline);
        lookSoon(millis);
        return deadline;
    }

    private synchronized void lookSoon(long millis) {
        if (!looking) {
            looking = true;
            scheduler.schedule(() -> look(millis), Math.max(1, millis / LOOKS), TimeUnit.MILLISECONDS);
        }
    }

    private void look(long millis) {
        synchronized (this) {
            looking = false;
        }
        long now = nanos.getAsLong();
        open.stream().filter(deadline -> now - deadline.due >= 0).forEach(deadline -> {
            deadline.late = true;
            deadline.close();
            deadline.end.run();
        });
        if (!open.isEmpty()) {
            lookSoon(millis);
        }
    }
}
