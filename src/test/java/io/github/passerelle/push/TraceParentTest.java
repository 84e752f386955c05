package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void isTakenAsItIs() {
        assertThat(of(GOOD)).isEqualTo(GOOD);
        assertThat(of(GOOD.replaceFirst("00", "cc"))).as("a later version begins like this one").startsWith("cc-");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "x", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1\n", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-\"}" })
    void isIgnoredInAnyOtherForm(String odd) {
        assertThat(of(odd)).isNull();
    }

    @Test
    void isIgnoredWhereItIsMissingOrNoText() {
        assertThat(TraceParent.of(null)).isNull();
        byte[] broken = GOOD.getBytes(StandardCharsets.US_ASCII);
        broken[10] = (byte) 0xE9;
        assertThat(TraceParent.of(broken)).isNull();
    }

    private static String of(String text) {
        return TraceParent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
