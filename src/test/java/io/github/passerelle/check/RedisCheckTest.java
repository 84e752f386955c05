package io.github.passerelle.check;

import static io.github.passerelle.check.Findings.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Ports;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SelfSigned;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.fixture.TlsProxy;
import io.github.passerelle.settings.SettingsReport;

/** Each finding by a real cause in a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RedisCheckTest {

    @TempDir
    private static Path folder;
    private RedisServer server;
    private Redis redis;
    private String stream;

    @BeforeAll
    void start() {
        server = RedisServer.start();
        redis = server.connect();
    }

    @BeforeEach
    void ownStream(TestInfo test) {
        stream = "check:" + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void asItWas() {
        redis.command("REPLICAOF", "NO", "ONE");
        config("maxmemory", "0", "maxmemory-policy", "noeviction", "appendonly", "yes", "appendfsync", "always");
        redis.flushall();
    }

    @AfterAll
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    void aRedisAsItShouldBe() throws Exception {
        redis.xadd(stream, "payload", "{}");
        redis.command("XGROUP", "CREATE", stream, Till.GROUP, "0");
        assertThat(look()).extracting(Finding::code).containsExactly("redis_reached", "redis_aof", "redis_noeviction", "redis_memory",
                "redis_clock", "stream_room", "group", "worker_missing");
        assertThat(message("redis_reached", look())).matches("Redis [0-9.]+ answers at redis://127\\.0\\.0\\.1:\\d+\\.");
        assertThat(message("redis_aof", look())).isEqualTo("Redis keeps an append-only file, appendfsync always.");
        assertThat(message("stream_room", look())).matches("The stream .* holds 1 entry, the oldest \\d+ s old; 1 not delivered\\."
                                                           + " It has dropped nothing so far\\.");
    }

    @Test
    void saysWhatRedisMayLose() throws Exception {
        config("appendonly", "no");
        assertThat(only("redis_aof_off", look()).level()).isEqualTo(Level.WARNING);
        config("appendonly", "yes", "appendfsync", "no");
        assertThat(only("redis_fsync_no", look()).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void saysWhatRedisMayDelete() throws Exception {
        config("maxmemory-policy", "allkeys-lru");
        assertThat(only("redis_eviction_possible", look()).level()).as("there is no limit").isEqualTo(Level.WARNING);
        config("maxmemory", "1gb");
        assertThat(only("redis_eviction", look()).message()).contains("allkeys-lru", "deletes the stream");
        config("maxmemory-policy", "volatile-ttl");
        assertThat(only("redis_eviction", look()).message()).contains("beside the stream");
        assertThat(only("redis_eviction", look()).level()).isEqualTo(Level.ERROR);
    }

    @Test
    void saysThatMemoryIsShort() throws Exception {
        for (int i = 0; i < 40; i++) {
            redis.command("SET", "large:" + i, "x".repeat(500_000));
        }
        config("maxmemory", String.valueOf(usedMemory() * 100 / 90));
        assertThat(only("redis_memory_short", look()).message()).contains(" MiB of ");
        config("maxmemory", "1mb");
        assertThat(only("redis_memory_full", look()).level()).isEqualTo(Level.ERROR);
        assertThat(only("stream_empty", look()).level()).as("the rest is told nevertheless").isEqualTo(Level.WARNING);
    }

    @Test
    void knowsACopy() throws Exception {
        redis.command("REPLICAOF", "127.0.0.1", String.valueOf(Ports.free()));
        assertThat(only("redis_replica", look()).level()).isEqualTo(Level.ERROR);
    }

    @Test
    void aUserWhoMayNotAskIsToldWhatIsNotKnown() throws Exception {
        redis.command("ACL", "SETUSER", "look", "on", ">l00k", "~*", "+@all", "-config");
        String url = server.url().replace("redis://", "redis://look:l00k@");
        assertThat(message("redis_aof", look("REDIS_URL", url))).contains("it does not say");
        redis.command("ACL", "SETUSER", "look", "-info");
        List<Finding> findings = look("REDIS_URL", url);
        assertThat(findings).extracting(Finding::code).containsExactly("redis_reached", "redis_tells_nothing", "redis_clock", "stream_empty",
                "group_to_be_made", "worker_missing");
        assertThat(findings).extracting(Finding::level).doesNotContain(Level.ERROR);
        assertThat(findings.toString()).doesNotContain("l00k");
        redis.command("ACL", "DELUSER", "look");
        assertThat(only("redis_unreachable", look("REDIS_URL", url)).message()).contains("does not accept the password").doesNotContain("l00k");
    }

    @Test
    void saysWhyRedisCannotBeReached() throws Exception {
        assertThat(look("REDIS_URL", "redis://127.0.0.1:" + Ports.free())).singleElement()
                .matches(finding -> finding.code().equals("redis_unreachable") && finding.level() == Level.ERROR);
        SelfSigned certificate = SelfSigned.make(folder, "redis", "ip:127.0.0.1");
        try (TlsProxy tls = TlsProxy.start(certificate, server.port())) {
            String url = "rediss://127.0.0.1:" + tls.port();
            assertThat(message("redis_unreachable", look("REDIS_URL", url))).contains("no authority that is trusted here");
            assertThat(look("REDIS_URL", url, "REDIS_CA_FILE", certificate.pem().toString())).extracting(Finding::code).contains("redis_reached");
        }
        assertThat(look("REDIS_URL", "nonsense")).extracting(Finding::code).containsExactly("redis_not_asked");
    }

    @Test
    void aKeyOfAnotherTypeIsNoStream() throws Exception {
        redis.command("SET", stream, "x");
        List<Finding> findings = look();
        assertThat(only("stream_unreadable", findings).message()).contains("holds no stream but another type of value");
        assertThat(findings).extracting(Finding::code).contains("redis_aof", "redis_clock");
    }

    @Test
    void aStreamWithoutAGroupWillBeSentAsAWhole() throws Exception {
        assertThat(look()).extracting(Finding::code).contains("stream_empty", "group_to_be_made");
        redis.xadd(stream, "payload", "{}");
        redis.xadd(stream, "payload", "{}");
        assertThat(only("group_missing", look()).message()).endsWith("begins at the oldest entry, so that all 2 are sent.");
    }

    @Test
    void seesThatTrimmingThreatens() throws Exception {
        redis.command("XGROUP", "CREATE", stream, Till.GROUP, "0", "MKSTREAM");
        for (int i = 0; i < 12; i++) {
            redis.command("XADD", stream, "MAXLEN", "=", "10", "*", "payload", "{}");
        }
        assertThat(only("stream_trimming_threatens", look()).message()).contains("holds 10 entries", "is 100 % of what it keeps");
        redis.command("XREADGROUP", "GROUP", Till.GROUP, "passerelle", "STREAMS", stream, ">");
        redis.xpending(stream, Till.GROUP).forEach(id -> redis.xack(stream, Till.GROUP, id));
        assertThat(only("stream_room", look()).message()).contains("0 not delivered", "0 % of what it keeps");
        redis.command("HSET", "{" + stream + "}:trimmed", Till.GROUP, "2");
        assertThat(only("stream_lost", look()).message()).isEqualTo("2 entries were dropped before being read.");
    }

    @Test
    void anotherConsumerThatIsAliveIsAnError() throws Exception {
        redis.command("XGROUP", "CREATE", stream, Till.GROUP, "0", "MKSTREAM");
        redis.xadd(stream, "payload", "{}");
        redis.command("XREADGROUP", "GROUP", Till.GROUP, "worker-1", "STREAMS", stream, ">");
        redis.command("XREADGROUP", "GROUP", Till.GROUP, "passerelle", "STREAMS", stream, ">");
        assertThat(look()).filteredOn(finding -> finding.code().startsWith("other_consumer")).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.ERROR);
            assertThat(finding.message()).matches("The consumer worker-1 of the group asked for entries \\d+ s ago and holds 1 entry: .*");
        });
    }

    @Test
    void comparesTheClocks() throws Exception {
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));
        assertThat(only("redis_clock_differs", look(fast, Map.of())).message())
                .matches("The clock of Redis is (10 min 0|9 min 59) s behind the one here\\.");
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-20));
        assertThat(only("redis_clock_differs", look(slow, Map.of())).message()).contains("ahead of the one here");
    }

    @Test
    void seesTheWorkerThatIsAtWork() throws Exception {
        try (PahekoStandIn paheko = PahekoStandIn.start();
                PasserelleApp app = PasserelleApp.builder().redis(server).stream(stream).receiver(paheko).start()) {
            app.awaitHealth("at work", health -> "active".equals(health.body().path("role").asText()));
            assertThat(only("worker", look()).level()).isEqualTo(Level.OK);
            paheko.answer(401);
            new Till(redis, stream, 1).publish(new Till(redis, stream, 1).ticket());
            // the time when it began comes after the name of the worker
            await().until(() -> Redis.text(redis.command("GET", "{" + stream + "}:leader:" + Till.GROUP)).contains(" "));
            assertThat(only("worker_paused", look()).message()).contains("pausing");
        }
    }

    /** Neither a key nor a change of one, and no group: also where there is none. */
    @Test
    void writesNothing() throws Exception {
        redis.xadd("another", "payload", "{}");
        String before = state();
        look();
        assertThat(state()).isEqualTo(before);
        stream = "another";
        look();
        assertThat(state()).isEqualTo(before);
        assertThat((List<?>) redis.command("XINFO", "GROUPS", "another")).isEmpty();
    }

    /** Redis counts each change that it makes. */
    private String state() {
        String changes = info("persistence").lines().filter(line -> line.startsWith("rdb_changes_since_last_save")).findFirst().orElseThrow();
        return changes.strip() + ", " + redis.command("DBSIZE") + " keys";
    }

    private String info(String section) {
        return Redis.text(redis.command("INFO", section));
    }

    private long usedMemory() {
        return info("memory").lines().filter(line -> line.startsWith("used_memory:")).mapToLong(line -> Long.parseLong(line.split(":")[1].strip()))
                .findFirst().orElseThrow();
    }

    private void config(String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            redis.command("CONFIG", "SET", namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private List<Finding> look(String... changes) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        return look(Clock.systemUTC(), settings);
    }

    private List<Finding> look(Clock clock, Map<String, String> changes) throws InterruptedException {
        Map<String, String> settings = new HashMap<>(Map.of("REDIS_URL", server.url(), "REDIS_STREAM_PUSH_CAISSE", stream));
        settings.putAll(changes);
        SettingsReport report = SettingsReport.of(folder, settings);
        return new RedisCheck(report, report.usable(), clock).look();
    }

    private static String message(String code, List<Finding> findings) {
        return only(code, findings).message();
    }
}
