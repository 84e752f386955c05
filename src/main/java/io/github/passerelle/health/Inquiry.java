package io.github.passerelle.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks a question and does not wait for the answer for long. While one asked before has been without an answer for so long, none is asked at
 * all: however many ask, none of them waits twice.
 */
final class Inquiry<T> {

    private record Asked<T>(CompletableFuture<T> answer, long nanos) {
    }

    private final Executor executor;
    private final Duration patience;
    private final LongSupplier nanos;
    private Asked<T> oldest;

    /**
     * @param executor begins to ask, as even that may take long
     * @param nanos    counts up from anywhere, as {@link System#nanoTime()} does
     */
    Inquiry(Executor executor, Duration patience, LongSupplier nanos) {
        this.executor = executor;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** @return null when there was no answer in time, or no good one */
    T ask(Supplier<CompletionStage<T>> question) throws InterruptedException {
        try {
            CompletableFuture<T> answer = begin(question);
            return answer == null ? null : answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            // rejected while the application ends
            return null;
        }
    }

    private synchronized CompletableFuture<T> begin(Supplier<CompletionStage<T>> question) {
        boolean open = oldest != null && !oldest.answer().isDone();
        if (open && nanos.getAsLong() - oldest.nanos() >= patience.toNanos()) {
            return null;
        }
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, executor).thenCompose(Function.identity());
        if (!open) {
            oldest = new Asked<>(answer, nanos.getAsLong());
        }
        return answer;
    }
}
