package io.github.passerelle.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

class InquiryTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private long nanos;
    private final Inquiry<String> inquiry = new Inquiry<>(Runnable::run, PATIENCE, () -> nanos);

    @Test
    void givesTheAnswerAndAsksEachTime() throws Exception {
        assertThat(inquiry.ask(() -> CompletableFuture.completedStage("one"))).isEqualTo("one");
        assertThat(inquiry.ask(() -> CompletableFuture.completedStage("two"))).isEqualTo("two");
    }

    @Test
    void aFailureIsNoAnswer() throws Exception {
        assertThat(inquiry.ask(() -> CompletableFuture.failedStage(new IllegalStateException()))).isNull();
        assertThat(inquiry.ask(() -> {
            throw new IllegalStateException();
        })).isNull();
    }

    @Test
    void asksNothingMoreWhileOneHasBeenWithoutAnAnswerForTooLong() throws Exception {
        assertThat(inquiry.ask(this::silence)).isNull();
        nanos += PATIENCE.toNanos() - 1;
        assertThat(inquiry.ask(this::silence)).isNull();
        assertThat(asked).as("not yet for too long").hasSize(2);
        nanos += 1;
        assertThat(inquiry.ask(this::silence)).isNull();
        assertThat(asked).hasSize(2);
        asked.get(0).complete("late");
        assertThat(inquiry.ask(() -> CompletableFuture.completedStage("again"))).isEqualTo("again");
    }

    @Test
    void whoeverEndsGivesNoAnswer() throws Exception {
        Inquiry<String> ending = new Inquiry<>(command -> {
            throw new RejectedExecutionException();
        }, PATIENCE, () -> nanos);
        assertThat(ending.ask(this::silence)).isNull();
    }

    private CompletionStage<String> silence() {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }
}
