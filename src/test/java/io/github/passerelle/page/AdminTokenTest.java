package io.github.passerelle.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.page.AdminToken.Check;

class AdminTokenTest {

    private static final String RIGHT = "right-token-right-token";

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final AdminToken token = new AdminToken(new Clock() {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private void wrong(int times) {
        IntStream.range(0, times).forEach(i -> assertThat(token.check("wrong-" + i)).isEqualTo(Check.WRONG));
    }

    private void pass(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    @Test
    void theRightOneIsRightHoweverOften() {
        token.setToken(RIGHT);
        IntStream.range(0, 50).forEach(i -> assertThat(token.check(RIGHT)).isEqualTo(Check.RIGHT));
        assertThat(token.check(RIGHT + "x")).isEqualTo(Check.WRONG);
        assertThat(token.check(RIGHT.substring(1))).isEqualTo(Check.WRONG);
        assertThat(token.check(RIGHT.toUpperCase())).isEqualTo(Check.WRONG);
    }

    @Test
    void withoutOneNothingIsRight() {
        assertThat(token.isSet()).isFalse();
        assertThat(token.check(RIGHT)).isEqualTo(Check.NOT_SET);
        token.setToken("");
        assertThat(token.check("")).isEqualTo(Check.NOT_SET);
        assertThat(token.check(null)).isEqualTo(Check.NOT_SET);
    }

    @Test
    void whatIsMissingIsNoGuess() {
        token.setToken(RIGHT);
        IntStream.range(0, 20).forEach(i -> assertThat(token.check(i % 2 == 0 ? null : " ")).isEqualTo(Check.MISSING));
        assertThat(token.check(RIGHT)).isEqualTo(Check.RIGHT);
    }

    @Test
    void afterFiveWrongOnesInAMinuteNoneIsLookedAt() {
        token.setToken(RIGHT);
        wrong(2);
        pass(30);
        wrong(3);
        assertThat(token.check(RIGHT)).isEqualTo(Check.TOO_MANY);
        assertThat(token.secondsToWait()).isEqualTo(30);
        pass(29);
        assertThat(token.check(RIGHT)).isEqualTo(Check.TOO_MANY);
        pass(1);
        assertThat(token.secondsToWait()).isZero();
        assertThat(token.check(RIGHT)).isEqualTo(Check.RIGHT);
        wrong(2);
        assertThat(token.check(RIGHT)).isEqualTo(Check.TOO_MANY);
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        token.setToken(RIGHT);
        wrong(5);
        pass(-86_400);
        assertThat(token.check(RIGHT)).isEqualTo(Check.RIGHT);
    }
}
