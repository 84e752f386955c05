package io.github.passerelle.page;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * An answer of Redis that all who look share: it is asked for once at a time, not again while the last answer is fresh, and nobody waits for it
 * for long. While many look, none of them waits at all: an answer that is a little older does until the next one is there. An answer that did
 * not come is no answer: an older one does not stand in for it.
 */
final class Remembered<T> {

    /** For how much longer than it is fresh an answer does, while the next one is on its way. */
    private static final long USABLE_MILLIS = 2_000;

    private final Question<T> question;
    private final Executor executor;
    private final LongSupplier millis;
    private final long freshMillis;
    private final long patienceMillis;

    private CompletableFuture<T> latest;
    private long latestAt;
    private CompletableFuture<T> running;
    private long runningSince;

    /**
     * @param millis         a clock that nobody sets
     * @param freshMillis    how old an answer may be without being asked for again
     * @param patienceMillis how long to wait for one
     */
    Remembered(Question<T> question, Executor executor, LongSupplier millis, long freshMillis, long patienceMillis) {
        this.question = question;
        this.executor = executor;
        this.millis = millis;
        this.freshMillis = freshMillis;
        this.patienceMillis = patienceMillis;
    }

    T get() throws UnknownException, InterruptedException {
        CompletableFuture<T> answer;
        long left;
        synchronized (this) {
            answer = current();
            left = answer == running ? patienceMillis - (millis.getAsLong() - runningSince) : 0;
        }
        try {
            return answer.get(Math.max(0, left), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnknownException("Redis did not answer");
        }
    }

    /** What is remembered will not do any more. */
    synchronized void forget() {
        latest = null;
        running = null;
    }

    private CompletableFuture<T> current() {
        long now = millis.getAsLong();
        if (running != null && running.isDone()) {
            latest = running;
            latestAt = runningSince;
            running = null;
        }
        long age = now - latestAt;
        if (latest != null && age < freshMillis) {
            return latest;
        }
        if (running == null) {
            runningSince = now;
            running = CompletableFuture.supplyAsync(this::ask, executor);
        }
        boolean usable = latest != null && !latest.isCompletedExceptionally() && age < freshMillis + USABLE_MILLIS;
        return usable ? latest : running;
    }

    private T ask() {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asking", e);
        }
    }
}
