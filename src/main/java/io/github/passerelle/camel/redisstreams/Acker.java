package io.github.passerelle.camel.redisstreams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sends acknowledgements, those that wait at the same time together. One is sent at once when none is under way; what comes until it is
 * answered goes with the next one. So a single acknowledgement waits for nothing, and many need few round trips. An answer that never comes does
 * not hold back those after it.
 */
final class Acker {

    /**
     * @param counters what it counts; null for nothing
     * @param gathered those that are acknowledged before it, in the same step
     */
    record Acknowledgement(EntryId id, Counters counters, List<Acknowledgement> gathered) {

        Acknowledgement(EntryId id, Counters counters) {
            this(id, counters, List.of());
        }

        /** These, and then it. */
        Stream<Acknowledgement> all() {
            return Stream.concat(gathered.stream(), Stream.of(this));
        }
    }

    private record Waiting(Acknowledgement what, CompletableFuture<Long> answer) {
    }

    private final Function<List<Acknowledgement>, CompletionStage<List<Long>>> send;
    private final int max;
    private final Executor later;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean underWay;
    private CompletableFuture<List<Long>> expected;
    private CompletableFuture<List<Long>> expectedAtLook;
    private boolean looking;

    /**
     * @param send  acknowledges the entries and answers for each, in the same order, how many Redis counted
     * @param max   the largest number of entries to send together
     * @param later runs what it is given after as long as an answer may take; one that takes twice as long is given up. There is one look at a time
     *              in place of an alarm for each answer, as to set an alarm wakes a thread.
     */
    Acker(Function<List<Acknowledgement>, CompletionStage<List<Long>>> send, int max, Executor later) {
        this.send = send;
        this.max = max;
        this.later = later;
    }

    /** @return how many entries Redis counted: 1, or 0 when the entry was not pending */
    CompletionStage<Long> acknowledge(Acknowledgement what) {
        Waiting mine = new Waiting(what, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(mine);
            if (underWay) {
                return mine.answer();
            }
            underWay = true;
        }
        sendWaiting();
        return mine.answer();
    }

    private void sendWaiting() {
        List<Waiting> batch = take();
        if (!batch.isEmpty()) {
            // a copy, as the client's own is not ours to end
            CompletableFuture<List<Long>> answer = sent(batch).toCompletableFuture().copy();
            expect(answer);
            answer.whenComplete((counts, failure) -> {
                // first the next ones, as those who are told now may take their time
                sendWaiting();
                tell(batch, counts, failure);
            });
        }
    }

    private void expect(CompletableFuture<List<Long>> answer) {
        boolean first;
        synchronized (this) {
            expected = answer;
            first = !looking;
            looking = true;
        }
        if (first) {
            later.execute(this::look);
        }
    }

    /** Gives up an answer that was not there at the look before either. */
    private void look() {
        CompletableFuture<List<Long>> late;
        boolean again;
        synchronized (this) {
            late = expected == expectedAtLook ? expected : null;
            expectedAtLook = expected;
            again = !expected.isDone();
            looking = again;
        }
        if (again) {
            later.execute(this::look);
        }
        if (late != null) {
            late.completeExceptionally(new TimeoutException());
        }
    }

    private synchronized List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < max && !waiting.isEmpty()) {
            batch.add(waiting.poll());
        }
        underWay = !batch.isEmpty();
        return batch;
    }

    private CompletionStage<List<Long>> sent(List<Waiting> batch) {
        try {
            return send.apply(batch.stream().map(Waiting::what).toList());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static void tell(List<Waiting> batch, List<Long> counts, Throwable failure) {
        for (int i = 0; i < batch.size(); i++) {
            if (failure != null) {
                batch.get(i).answer().completeExceptionally(failure);
            } else {
                batch.get(i).answer().complete(counts.get(i));
            }
        }
    }
}
