package io.github.passerelle.camel.redisstreams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sends acknowledgements, those that wait at the same time together. One is sent at once when none is under way; what comes until it is
 * answered goes with the next one. So a single acknowledgement waits for nothing, and many need few round trips.
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
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * @param send acknowledges the entries and answers for each, in the same order, how many Redis counted
     * @param max  the largest number of entries to send together
     */
    Acker(Function<List<Acknowledgement>, CompletionStage<List<Long>>> send, int max) {
        this.send = send;
        this.max = max;
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
            sent(batch).whenComplete((counts, failure) -> {
                // first the next ones, as those who are told now may take their time
                sendWaiting();
                tell(batch, counts, failure);
            });
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
