package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;

/** Acknowledgements as Redis sees them. */
class AcknowledgementTest extends StreamTest {

    private RedisStream acknowledging;

    @BeforeEach
    void client() {
        acknowledging = redisStream(server);
    }

    @Test
    void manyAtTheSameTimeNeedFewRoundTrips() throws Exception {
        List<String> ids = add(5_000);
        readByAnEarlierProcess();
        acknowledge(List.of("1-1"));
        long before = scripts();
        assertThat(acknowledge(ids)).containsOnly(1L).hasSize(5_000);
        assertThat(pending()).isEmpty();
        assertThat(scripts() - before).isLessThan(500);
    }

    @Test
    void eachIsToldItsOwnCountAndOnlyWhatCountedLosesItsRecord() throws Exception {
        List<String> ids = add(6);
        readByAnEarlierProcess();
        redis.xack(stream, StreamApp.GROUP, ids.get(1), ids.get(4));
        ids.forEach(id -> redis.command("HSET", "{" + stream + "}:due", StreamApp.GROUP + " " + id, "1 1", "other " + id, "1 1"));
        List<String> asked = new ArrayList<>(ids);
        asked.add("1-1");
        assertThat(acknowledge(asked)).containsExactly(1L, 0L, 1L, 1L, 0L, 1L, 0L);
        assertThat(dueRecords()).contains(StreamApp.GROUP + " " + ids.get(1), StreamApp.GROUP + " " + ids.get(4), "other " + ids.get(0))
                .doesNotContain(StreamApp.GROUP + " " + ids.get(0), StreamApp.GROUP + " " + ids.get(5));
    }

    @Test
    void aRedisAtItsMemoryLimitTakesThemAll() throws Exception {
        try (RedisServer full = RedisServer.start(); Redis raw = full.connect()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ids.add(raw.xadd(stream, "n", i));
            }
            raw.command("XGROUP", "CREATE", stream, StreamApp.GROUP, "0");
            raw.command("XREADGROUP", "GROUP", StreamApp.GROUP, "camel", "STREAMS", stream, ">");
            ids.forEach(id -> raw.command("HSET", "{" + stream + "}:due", StreamApp.GROUP + " " + id, "1 1"));
            raw.command("CONFIG", "SET", "maxmemory", 1);
            acknowledging = redisStream(full);
            assertThat(acknowledge(ids)).containsOnly(1L).hasSize(20);
            assertThat(raw.xpending(stream, StreamApp.GROUP)).isEmpty();
            assertThat(raw.command("EXISTS", "{" + stream + "}:due")).isEqualTo(0L);
        }
    }

    /** The next entry must wait: if Redis does not take the acknowledgement, order and number of those in progress still hold. */
    @Test
    void anEntryKeepsItsPlaceUntilItsAcknowledgementIsAnswered() throws Exception {
        CountDownLatch inProgress = new CountDownLatch(1);
        CountDownLatch paused = new CountDownLatch(1);
        StreamApp app = start(exchange -> {
            inProgress.countDown();
            paused.await();
            StreamApp.acknowledge(exchange);
        });
        List<String> ids = add(2);
        inProgress.await();
        until("both were read", () -> pending().size() == 2 || app.consumer().status().inProgress() == 1);
        server.pause();
        try {
            paused.countDown();
            await("it keeps its place").during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30))
                    .until(() -> app.consumer().status().inProgress() == 1 && app.ids().size() == 1);
        } finally {
            server.resume();
        }
        until("both", () -> app.ids().equals(ids) && pending().isEmpty());
        assertThat(app.mostAtOnce()).isEqualTo(1);
    }

    private List<Long> acknowledge(List<String> ids) throws Exception {
        List<CompletableFuture<Long>> answers
                = ids.stream().map(id -> acknowledging.acknowledge(new Acker.Acknowledgement(EntryId.parse(id), null)).toCompletableFuture()).toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** How many scripts Redis has run. */
    private long scripts() {
        return Redis.text(redis.command("INFO", "commandstats")).lines().filter(line -> line.matches("cmdstat_eval(sha)?:.*"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*calls=([0-9]+),.*", "$1"))).sum();
    }

    private RedisStream redisStream(RedisServer where) {
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(where.url());
        configuration.setStream(stream);
        configuration.setGroup(StreamApp.GROUP);
        return new RedisStream(closing(new RedissonClients()).get(configuration, null), configuration);
    }
}
