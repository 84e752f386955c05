package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;

class HeadRoomOfStreamTest extends StreamTest {

    @Test
    void aConsumerWarnsBeforeItsStreamDropsWhatWasNotDelivered() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        try (LogLines log = new LogLines()) {
            addTrimmed(30, 20);
            StreamApp app = start("&replayDelay=50&replayMaxDelay=50&pendingScanPeriod=50", exchange -> {
                if (!well.get()) {
                    throw new IllegalStateException("the receiver is away");
                }
                StreamApp.acknowledge(exchange);
            });
            until("the warning", () -> warnings(log) == 1);
            well.set(true);
            until("all acknowledged", () -> pending().isEmpty() && app.ids().stream().distinct().count() == 20);
            addTrimmed(1, 20);
            until("the next one", () -> app.ids().stream().distinct().count() == 21);
            assertThat(warnings(log)).as("once").isEqualTo(1);
        }
    }

    private void addTrimmed(int entries, int kept) {
        for (int n = 0; n < entries; n++) {
            redis.command("XADD", stream, "MAXLEN", kept, "*", "n", n);
        }
    }

    private long warnings(LogLines log) {
        return log.all().filter(line -> line.startsWith("WARN") && line.contains("stream " + stream + " keeps is not delivered (20 of 20")).count();
    }
}
