package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowingDelayTest {

    @Test
    void doublesUpToTheLongest() {
        GrowingDelay delay = new GrowingDelay(60_000, 900_000, 0.2, fixed(0.5));
        assertThat(IntStream.rangeClosed(1, 7).mapToLong(delay::millis))
                .containsExactly(60_000L, 120_000L, 240_000L, 480_000L, 900_000L, 900_000L, 900_000L);
    }

    @Test
    void staysAtTheLongestHoweverOftenItIsAsked() {
        GrowingDelay delay = new GrowingDelay(1, 900_000, 0, fixed(0.5));
        assertThat(delay.millis(64)).isEqualTo(900_000);
        assertThat(delay.millis(Integer.MAX_VALUE)).isEqualTo(900_000);
    }

    @ParameterizedTest
    @CsvSource({ "0.0, 48000", "0.25, 54000", "0.5, 60000", "0.75, 66000", "0.999999999, 72000" })
    void isSpreadToBothSides(double random, long expected) {
        assertThat(new GrowingDelay(60_000, 900_000, 0.2, fixed(random)).millis(1)).isEqualTo(expected);
    }

    @Test
    void tellsTheLongestThatCanComeOut() {
        assertThat(new GrowingDelay(60_000, 900_000, 0.2, fixed(0.5)).longestMillis()).isEqualTo(1_080_000);
        assertThat(new GrowingDelay(60_000, 900_000, 0.2, fixed(0.999999999)).millis(20)).isLessThanOrEqualTo(1_080_000);
    }

    @ParameterizedTest
    @CsvSource({ "0, 10", "-5, 10", "11, 10" })
    void refusesDelaysThatMakeNoSense(long first, long longest) {
        assertThatThrownBy(() -> new GrowingDelay(first, longest, 0.2, fixed(0.5)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(first + " ms").hasMessageContaining(longest + " ms");
    }

    private static RandomGenerator fixed(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
