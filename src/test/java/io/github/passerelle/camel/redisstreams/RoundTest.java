package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {

    @Test
    void isReadAsItWasWritten() {
        for (Round round : List.of(new Round(7, 1_763_640_000_000L, Order.NONE, ""), new Round(7, Round.NOW, new Order("a b:c é", Order.Kind.BARRIER), "a note, 2 3"), new Round(1, Round.NEVER, new Order("k", Order.Kind.RELEASED), "n"))) {
            assertThat(Round.parse(round.toString())).isEqualTo(round);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "7", "7 ", "seven 1763640000000", "7 soon", "99999999999 1" })
    void aRecordThatCannotBeReadCountsAsNone(String text) {
        assertThat(Round.parse(text)).isEqualTo(Round.NONE);
        assertThat(Round.NONE.dueMillis()).as("due at once").isZero();
    }
}
