package io.github.passerelle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void isOneLineFromTheOutermostToTheInnermost() {
        assertThat(StartFailure.describe(new IllegalStateException("route push-caisse",
                new IllegalArgumentException("option group\r\n  is missing", new NullPointerException()))))
                .isEqualTo("route push-caisse: option group is missing: NullPointerException");
    }

    @Test
    void tellsNothingTwice() {
        assertThat(StartFailure.describe(new RuntimeException("java.io.IOException: no such file", new IOException("no such file"))))
                .isEqualTo("java.io.IOException: no such file");
    }
}
