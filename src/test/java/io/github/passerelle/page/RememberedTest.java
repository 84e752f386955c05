package io.github.passerelle.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class RememberedTest {

    private static final long FRESH = 1_000;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Deque<Runnable> asked = new ArrayDeque<>();
    private int answers;
    private boolean failing;
    // nobody waits, so that each answer comes when the test says so
    private final Remembered<Integer> remembered = new Remembered<>(this::answer, asked::add, now::get, FRESH, 0);

    private int answer() {
        if (failing) {
            throw new IllegalStateException("Redis is away");
        }
        return ++answers;
    }

    private void redisAnswers() {
        asked.remove().run();
    }

    private void isUnknown() {
        assertThatThrownBy(remembered::get).isInstanceOf(UnknownException.class);
    }

    @Test
    void manyWhoLookAskOnce() throws Exception {
        isUnknown();
        isUnknown();
        assertThat(asked).hasSize(1);
        redisAnswers();
        for (int i = 0; i < 200; i++) {
            assertThat(remembered.get()).isEqualTo(1);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsALittleOlderDoesUntilTheNextAnswerIsThere() throws Exception {
        isUnknown();
        redisAnswers();
        now.addAndGet(FRESH);
        assertThat(remembered.get()).isEqualTo(1);
        assertThat(remembered.get()).isEqualTo(1);
        assertThat(asked).hasSize(1);
        redisAnswers();
        assertThat(remembered.get()).isEqualTo(2);
    }

    @Test
    void whatIsTooOldIsNoAnswer() throws Exception {
        isUnknown();
        redisAnswers();
        now.addAndGet(FRESH);
        assertThat(remembered.get()).isEqualTo(1);
        now.addAndGet(2_000);
        isUnknown();
        assertThat(asked).as("the one that hangs is waited for").hasSize(1);
    }

    @Test
    void afterAFailureWhatWasKnownBeforeIsUnknown() throws Exception {
        isUnknown();
        redisAnswers();
        assertThat(remembered.get()).isEqualTo(1);
        now.addAndGet(FRESH);
        assertThat(remembered.get()).isEqualTo(1);
        failing = true;
        redisAnswers();
        isUnknown();
        assertThat(asked).as("not asked again at once").isEmpty();
        now.addAndGet(FRESH);
        isUnknown();
        failing = false;
        redisAnswers();
        assertThat(remembered.get()).isEqualTo(2);
    }

    @Test
    void whatIsForgottenIsAskedForAnew() throws Exception {
        isUnknown();
        redisAnswers();
        remembered.forget();
        isUnknown();
        redisAnswers();
        assertThat(remembered.get()).isEqualTo(2);
    }
}
