package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final long MILLIS = 600;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong nanos = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(scheduler, nanos::get);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void endsWhatIsLateAndNothingElse() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        deadlines.in(MILLIS, () -> done.complete("ended")).close();
        Deadlines.Deadline late = deadlines.in(MILLIS, () -> first.complete("ended"));
        nanos.addAndGet(Duration.ofMillis(MILLIS / 2).toNanos());
        Deadlines.Deadline later = deadlines.in(MILLIS, () -> second.complete("ended"));
        nanos.addAndGet(Duration.ofMillis(MILLIS / 2).toNanos());
        first.get(30, TimeUnit.SECONDS);
        assertThat(late.isLate()).isTrue();
        assertThat(later.isLate()).isFalse();
        nanos.addAndGet(Duration.ofMillis(MILLIS / 2).toNanos());
        second.get(30, TimeUnit.SECONDS);
        assertThat(done).as("it was closed in time").isNotDone();
    }

    @Test
    void looksAgainAfterAPauseInWhichNothingWasUnderWay() throws Exception {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<String> ended = new CompletableFuture<>();
            deadlines.in(MILLIS, () -> ended.complete("ended"));
            nanos.addAndGet(Duration.ofMillis(MILLIS).toNanos());
            ended.get(30, TimeUnit.SECONDS);
        }
    }
}
