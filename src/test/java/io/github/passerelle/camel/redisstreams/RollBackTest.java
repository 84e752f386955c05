package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;

/** A Redis that keeps only what was saved, as one without an append-only file does. */
class RollBackTest extends StreamTest {

    @BeforeAll
    @Override
    void startRedis() {
        server = RedisServer.start("--appendonly", "no");
        redis = server.connect();
    }

    @Test
    void isNoticedWhenEntriesThatWereReadAreGone() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        List<String> saved = add(2);
        until("the first", () -> app.ids().containsAll(saved) && pending().isEmpty());
        redis.command("SAVE");
        List<String> lost = add(2);
        until("the second", () -> app.ids().containsAll(lost) && pending().isEmpty());
        assertThat(admin().rolledBackAt()).isEmpty();
        Instant before = Instant.now();
        try (LogLines log = new LogLines()) {
            comeBack(app);
            until("it is noticed", () -> log.all().anyMatch(line -> line.startsWith("WARN Redis came back with older data: entry " + lost.get(1))));
        }
        assertThat(admin().rolledBackAt()).hasValueSatisfying(at -> assertThat(at).isAfter(before.minusMillis(1)));
        String next = add(1).get(0);
        until("the next one", () -> app.ids().contains(next) && pending().isEmpty());
    }

    @Test
    void whatHadEarnedItsAcknowledgementIsNotHandedOutAgain() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        createGroup();
        String id = add(1).get(0);
        redis.command("SAVE");
        StreamApp app = start(exchange -> {
            gate.await();
            StreamApp.acknowledge(exchange);
        });
        until("it is in progress", () -> app.ids().contains(id));
        killRedis();
        gate.countDown();
        until("its acknowledgement failed", () -> app.consumer().status().inProgress() == 0);
        server.restart();
        until("it is acknowledged", () -> admin().status().waiting() == 0 && pending().isEmpty());
        String next = add(1).get(0);
        until("the next one", () -> app.ids().contains(next) && pending().isEmpty());
        assertThat(app.ids()).containsExactly(id, next);
    }

    /** Redis then answers that there is nothing to acknowledge, and gives the entry out again. */
    @Test
    void whatIsAcknowledgedBeforeItIsReadAgainIsNotHandedOutAgain() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        createGroup();
        String id = add(1).get(0);
        redis.command("SAVE");
        StreamApp app = start(exchange -> {
            gate.await();
            StreamApp.acknowledge(exchange);
        });
        until("it is in progress, and nothing else is read", () -> app.ids().contains(id)
                && Redis.text(redis.command("INFO", "clients")).contains("blocked_clients:0"));
        killRedis();
        server.restart();
        until("the consumer is back", () -> redis.command("EXISTS", "{" + stream + "}:leader:" + StreamApp.GROUP).equals(1L));
        assertThat(pending()).as("read again").isEmpty();
        gate.countDown();
        until("it is acknowledged", () -> admin().status().waiting() == 0 && pending().isEmpty());
        String next = add(1).get(0);
        until("the next one", () -> app.ids().contains(next) && pending().isEmpty());
        assertThat(app.ids()).containsExactly(id, next);
    }

    @Test
    void isNotMistakenForARestartOrForTrimming() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        List<String> first = add(3);
        until("the first", () -> app.ids().containsAll(first) && pending().isEmpty());
        redis.command("SAVE");
        comeBack(app);
        redis.command("XTRIM", stream, "MAXLEN", "0");
        redis.command("SAVE");
        comeBack(app);
        List<String> second = add(2);
        until("the second", () -> app.ids().containsAll(second) && pending().isEmpty());
        redis.command("XTRIM", stream, "MAXLEN", "1");
        redis.command("SAVE");
        comeBack(app);
        assertThat(admin().rolledBackAt()).isEmpty();
    }

    private void comeBack(StreamApp app) {
        killRedis();
        until("it notices", () -> !app.consumer().status().connected());
        server.restart();
        until("it reads again", () -> app.consumer().status().connected());
    }
}
