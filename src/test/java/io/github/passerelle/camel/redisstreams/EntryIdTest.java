package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {

    @ParameterizedTest
    @ValueSource(strings = { "1763640000000-0", "0-1", "18446744073709551615-18446744073709551615" })
    void isWrittenAsItWasRead(String text) {
        assertThat(EntryId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-", "1", "1-", "-1", "a-b", "1-2-3", "1763640000000", " 1-0", "18446744073709551616-0" })
    void saysWhatIsNoId(String text) {
        assertThatThrownBy(() -> EntryId.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'" + text + "'");
    }

    @Test
    void isOrderedByTimeThenBySequenceAsNumbers() {
        List<EntryId> inOrder = Stream.of("0-1", "9-0", "10-0", "10-2", "10-10", "18446744073709551615-0").map(EntryId::parse).toList();
        assertThat(inOrder.stream().sorted()).containsExactlyElementsOf(inOrder);
    }

    @Test
    void tellsWhenRedisTookTheEntry() {
        assertThat(EntryId.parse("1763640000000-3").time()).isEqualTo(Instant.parse("2025-11-20T12:00:00Z"));
    }

    @Test
    void amongOthersWhatIsNoIdIsLeftOut() {
        assertThat(EntryId.parseAll(List.of("1-2", "", "garbage", "3", "4-0"))).containsExactly(new EntryId(1, 2), new EntryId(4, 0));
    }
}
