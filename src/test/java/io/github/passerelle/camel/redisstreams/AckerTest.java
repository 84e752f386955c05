package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class AckerTest {

    /** What was sent, and the answer that each waits for. */
    private final List<List<EntryId>> sent = new ArrayList<>();
    private final List<CompletableFuture<List<Long>>> answers = new ArrayList<>();
    private final Deque<Runnable> looks = new ArrayDeque<>();
    private final Acker acker = new Acker(entries -> {
        sent.add(ids(entries));
        answers.add(new CompletableFuture<>());
        return answers.get(answers.size() - 1);
    }, 100, looks::add);

    @Test
    void oneIsSentAtOnce() {
        CompletableFuture<Long> one = acknowledge(1);
        assertThat(sent).containsExactly(ids(1, 1));
        answer(0, 1);
        assertThat(one).isCompletedWithValue(1L);
        CompletableFuture<Long> two = acknowledge(2);
        assertThat(sent).containsExactly(ids(1, 1), ids(2, 2));
        answer(1, 0);
        assertThat(two).isCompletedWithValue(0L);
    }

    @Test
    void whatComesWhileOneIsUnderWayGoesTogetherAndEachHasAnAnswerOfItsOwn() {
        acknowledge(1);
        List<CompletableFuture<Long>> burst = LongStream.rangeClosed(2, 5).mapToObj(this::acknowledge).collect(Collectors.toList());
        assertThat(sent).hasSize(1);
        answer(0, 1);
        assertThat(sent).containsExactly(ids(1, 1), ids(2, 5));
        assertThat(burst).noneMatch(CompletableFuture::isDone);
        answer(1, 1, 0, 1, 0);
        assertThat(burst.stream().map(CompletableFuture::join)).containsExactly(1L, 0L, 1L, 0L);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aBurstIsCutIntoPieces() {
        LongStream.rangeClosed(0, 250).forEach(this::acknowledge);
        answer(0, 1);
        answers.get(1).complete(Collections.nCopies(100, 1L));
        answers.get(2).complete(Collections.nCopies(100, 1L));
        answers.get(3).complete(Collections.nCopies(50, 1L));
        assertThat(sent).containsExactly(ids(0, 0), ids(1, 100), ids(101, 200), ids(201, 250));
    }

    @Test
    void aFailureConcernsOnlyThoseThatWereSentTogether() {
        CompletableFuture<Long> one = acknowledge(1);
        CompletableFuture<Long> two = acknowledge(2);
        answers.get(0).completeExceptionally(new IllegalStateException("lost"));
        assertThat(one).isCompletedExceptionally();
        assertThat(two).isNotDone();
        answer(1, 1);
        assertThat(two).isCompletedWithValue(1L);
        acknowledge(3);
        assertThat(sent).hasSize(3);
    }

    @Test
    void aClientThatRefusesToSendDoesNotStopTheNextOne() {
        List<EntryId> tried = new ArrayList<>();
        Acker refused = new Acker(entries -> {
            tried.addAll(ids(entries));
            throw new IllegalStateException("shut down");
        }, 10, looks::add);
        assertThat(refused.acknowledge(entry(1)).toCompletableFuture()).isCompletedExceptionally();
        assertThat(refused.acknowledge(entry(2)).toCompletableFuture()).isCompletedExceptionally();
        assertThat(tried).containsExactly(id(1), id(2));
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUpAndHoldsBackNobody() {
        CompletableFuture<Long> one = acknowledge(1);
        CompletableFuture<Long> two = acknowledge(2);
        looks.remove().run();
        assertThat(one).as("it may have been sent just now").isNotDone();
        looks.remove().run();
        assertThat(one).isCompletedExceptionally();
        assertThat(sent).containsExactly(ids(1, 1), ids(2, 2));
        answer(0, 1);
        assertThat(two).as("a late answer is nobody's").isNotDone();
        answer(1, 1);
        assertThat(two).isCompletedWithValue(1L);
    }

    @Test
    void oneLookIsEnoughHoweverManyAreSentAndNoneFollowsWhenAllAreAnswered() {
        for (int i = 0; i < 5; i++) {
            acknowledge(i);
            answer(i, 1);
        }
        assertThat(looks).hasSize(1);
        looks.remove().run();
        assertThat(looks).isEmpty();
        CompletableFuture<Long> next = acknowledge(5);
        assertThat(looks).hasSize(1);
        looks.remove().run();
        answer(5, 1);
        looks.remove().run();
        assertThat(next).isCompletedWithValue(1L);
        assertThat(looks).isEmpty();
    }

    private CompletableFuture<Long> acknowledge(long millis) {
        return acker.acknowledge(entry(millis)).toCompletableFuture();
    }

    private void answer(int sending, long... counts) {
        answers.get(sending).complete(LongStream.of(counts).boxed().toList());
    }

    private static Acker.Acknowledgement entry(long millis) {
        return new Acker.Acknowledgement(id(millis), null);
    }

    private static List<EntryId> ids(List<Acker.Acknowledgement> entries) {
        return entries.stream().map(Acker.Acknowledgement::id).toList();
    }

    private static List<EntryId> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(AckerTest::id).toList();
    }

    private static EntryId id(long millis) {
        return new EntryId(millis, 0);
    }
}
