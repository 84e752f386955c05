package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignOfLifeTest extends StreamTest {

    @Test
    void isReadAsItWasWritten() {
        SignOfLife working = new SignOfLife("me", null);
        assertThat(SignOfLife.parse(working.toString())).isEqualTo(working);
        SignOfLife pausing = new SignOfLife("me", Instant.ofEpochMilli(1_763_640_000_000L));
        assertThat(SignOfLife.parse(pausing.toString())).isEqualTo(pausing);
    }

    @ParameterizedTest
    @ValueSource(strings = { " ", "  ", "me x", "me 1 2", "me 99999999999999999999" })
    void whatCannotBeReadTellsThatSomebodyIsAtWorkAndNoMore(String text) {
        assertThat(SignOfLife.parse(text).pausedSince()).isNull();
    }

    @RepeatedTest(3)
    void isThereWhileAConsumerIsAtWorkAndGoneWithIt() throws Exception {
        assertThat(admin().status().atWork()).isFalse();
        StreamApp app = start(StreamApp::acknowledge);
        until("at work", () -> admin().status().atWork());
        app.close();
        assertThat(admin().status().atWork()).isFalse();
    }

    @Test
    void endsByItselfWhereTheProcessDied() throws Exception {
        start(StreamApp::acknowledge);
        until("at work", () -> admin().status().atWork());
        assertThat((Long) redis.command("PTTL", key("leader:" + StreamApp.GROUP))).isBetween(1L, 10_000L);
    }

    @Test
    void isRenewed() throws Exception {
        start(StreamApp::acknowledge);
        for (int i = 0; i < 2; i++) {
            until("at work", () -> admin().status().atWork());
            redis.command("DEL", key("leader:" + StreamApp.GROUP));
        }
    }

    /** Two may be at work for a moment, as when one takes over from another. */
    @Test
    void whoLeavesTakesOnlyItsOwnSignAway() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        until("at work", () -> admin().status().atWork());
        redis.command("SET", key("leader:" + StreamApp.GROUP), "another");
        app.close();
        assertThat(admin().status().atWork()).isTrue();
    }
}
