package io.github.passerelle.check;

import static io.github.passerelle.check.Findings.codes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.GroupConsumer;
import io.github.passerelle.camel.redisstreams.RedisServerStatus;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.settings.RedisSettings;

/** What cannot be brought about in the Redis of the tests, or takes long. */
class JudgementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final RedisSettings REDIS = new RedisSettings("redis://localhost:6379", "", "", "", "s", "g");

    @ParameterizedTest
    @CsvSource({ "5.0.14, redis_too_old", "6.0.9, redis_too_old", "6.2.0, redis_old", "7.0.15, redis_reached", "8.2, redis_reached",
            "255.255.255, redis_reached", "unstable, redis_reached" })
    void knowsWhichRedisWillDo(String version, String code) {
        assertThat(codes(new RedisServerCheck(server(version, false, false)).look("redis://x"))).startsWith(code);
    }

    @Test
    void aDiskThatIsFullIsAnError() {
        assertThat(new RedisServerCheck(server("7.0.15", true, false)).look("redis://x")).filteredOn(f -> f.level() == Level.ERROR)
                .extracting(Finding::code).containsExactly("redis_aof_failing");
        assertThat(new RedisServerCheck(server("7.0.15", false, true)).look("redis://x")).filteredOn(f -> f.level() == Level.ERROR)
                .extracting(Finding::code).containsExactly("redis_snapshot_failed");
    }

    @Test
    void anotherConsumerThatIsSilent() {
        assertThat(consumer(4, Duration.ofHours(30))).matches(f -> f.code().equals("other_consumer_holds") && f.level() == Level.WARNING)
                .extracting(Finding::message).isEqualTo("The consumer worker-1 of the group has been silent for 1 day and holds 4 entries.");
        assertThat(consumer(0, Duration.ofMinutes(3)).code()).isEqualTo("other_consumer_left");
        assertThat(consumer(0, Duration.ofMinutes(1)).code()).isEqualTo("other_consumer_alive");
    }

    @Test
    void aRedisThatCannotTellHowManyWait() {
        List<Finding> findings = new StreamCheck(REDIS, new StreamStatus(null, null, 2, NOON, 0, EntryId.MIN, 0, 5, null, true, null), NOON,
                List.of(), NOON.plusSeconds(90)).look();
        assertThat(findings).extracting(Finding::message).contains("The stream s holds 5 entries, the oldest 1 min 30 s old; how many are not"
                                                                   + " delivered, Redis cannot tell.");
    }

    /** Redis tells the till's limit only when it is reached, and then it is late. */
    @Test
    void muchThatIsNotDeliveredIsToldBeforeAnythingIsDropped() {
        assertThat(undelivered(7_000, 999)).extracting(Finding::code).contains("stream_room");
        assertThat(undelivered(7_000, 1_000)).extracting(Finding::code).contains("stream_backlog");
    }

    private static List<Finding> undelivered(long waiting, long pending) {
        return new StreamCheck(REDIS, new StreamStatus(waiting, NOON, pending, NOON, 0, EntryId.MIN, 0, 9_000, 9_000L, true, null), NOON, List.of(),
                NOON).look();
    }

    /** The other clock was read somewhere between question and answer; a second of it may be any moment of that second. */
    @Test
    void countsNothingAsADifferenceThatMayBeTheWay() {
        ClockCheck clock = new ClockCheck("c", "Paheko", "why");
        assertThat(clock.compare(NOON, NOON.plusSeconds(1), NOON.plusSeconds(5), NOON.plusSeconds(5)).code()).isEqualTo("c");
        assertThat(clock.compare(NOON, NOON.plusSeconds(1), NOON.plusSeconds(6), NOON.plusSeconds(6)).code()).isEqualTo("c_differs");
        assertThat(clock.compare(NOON, NOON.plusSeconds(1), NOON.minusSeconds(60), NOON.minusSeconds(4)).code()).as("a slow answer").isEqualTo("c");
        assertThat(clock.compare(NOON, NOON.plusSeconds(1), NOON.minusSeconds(60), NOON.minusSeconds(5)).code()).isEqualTo("c_differs");
    }

    private static Finding consumer(long pending, Duration idle) {
        StreamStatus status = new StreamStatus(0L, null, pending, null, 0, new EntryId(1, 0), 0, 5, 5L, true, null);
        return new StreamCheck(REDIS, status, NOON, List.of(new GroupConsumer("passerelle", 0, Duration.ZERO),
                new GroupConsumer("worker-1", pending, idle)), NOON).look().stream().filter(f -> f.code().startsWith("other_consumer")).findFirst()
                .orElseThrow();
    }

    private static RedisServerStatus server(String version, boolean appendFailed, boolean snapshotFailed) {
        return new RedisServerStatus(NOON, version, false, true, "everysec", appendFailed, snapshotFailed, NOON, "noeviction", 0L, 1L);
    }
}
