package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {

    @Test
    void isReadAsItWasWritten() {
        Round round = new Round(7, 1_763_640_000_000L);
        assertThat(Round.parse(round.toString())).isEqualTo(round);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "7", "7 ", "seven 1763640000000", "7 soon", "99999999999 1", "7 1 1" })
    void aRecordThatCannotBeReadCountsAsNone(String text) {
        assertThat(Round.parse(text)).isEqualTo(Round.NONE);
        assertThat(Round.NONE.dueMillis()).as("due at once").isZero();
    }
}
