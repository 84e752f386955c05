package io.github.passerelle.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.health.Situation.PushWorker;

class SituationTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MINUTE_AGO = NOW.minusSeconds(60);
    private static final Instant DAY_AGO = NOW.minusSeconds(86_400);

    private final Health health = new Health(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void nothingIsCountedTwice() {
        Map<String, Object> report = report(stream(5, 2), consumer(true, 3, MINUTE_AGO));
        assertThat(report).containsEntry("pending", 2L).containsEntry("held", 3L).containsEntry("quarantined", 2L)
                .containsEntry("oldest_pending_seconds", 60L);
    }

    @Test
    void whatIsPutAsideOrHeldIsNoErrorAndWantsAttention() {
        assertThat(report(stream(0, 1), consumer(true, 0, null))).containsEntry("status", "ok").containsEntry("attention", true);
        assertThat(report(stream(1, 0), consumer(true, 1, null))).containsEntry("status", "ok").containsEntry("attention", true);
        assertThat(report(stream(1, 0), consumer(true, 0, MINUTE_AGO))).containsEntry("attention", false);
    }

    @Test
    void whoStandsByDoesNotKnowWhatIsHeld() {
        Map<String, Object> report = report(stream(2, 0), consumer(false, 0, null));
        assertThat(report).containsEntry("role", "standby").containsEntry("held", null).containsEntry("pending", 2L)
                .containsEntry("oldest_pending_seconds", 86_400L);
    }

    @Test
    void theAgeOfTheOldestIsUnknownWhereItMayBeThatOfAnEntryThatIsPutAside() {
        assertThat(report(stream(2, 1), consumer(false, 0, null))).containsEntry("pending", 2L).containsEntry("oldest_pending_seconds", null);
        assertThat(report(stream(0, 1), consumer(true, 0, null))).containsEntry("pending", 0L).containsEntry("oldest_pending_seconds", null);
    }

    @Test
    void anEntryFromTheFutureHasNoAge() {
        assertThat(report(stream(1, 0), consumer(true, 0, NOW.plusSeconds(3_600)))).containsEntry("oldest_pending_seconds", 0L);
    }

    @Test
    void withoutAnAnswerOfRedisNothingIsWell() {
        Map<String, Object> report = report(null, consumer(true, 0, MINUTE_AGO));
        assertThat(report).containsEntry("status", "error").containsEntry("redis", "error").containsEntry("waiting", null)
                .containsEntry("pending", null).containsEntry("held", null).containsEntry("quarantined", null)
                .containsEntry("oldest_pending_seconds", null).containsEntry("attention", null).containsEntry("role", "active");
    }

    @Test
    void aSessionThatIsOpenForTooLongWantsAttention() {
        ConsumerStatus usual = new ConsumerStatus(true, true, null, true, null, 0, 0, 5, Duration.ofHours(35), null, null, null, 0);
        ConsumerStatus forgotten = new ConsumerStatus(true, true, null, true, null, 0, 0, 5, Duration.ofHours(37), null, null, null, 0);
        assertThat(report(stream(5, 0), usual)).containsEntry("attention", false).containsEntry("collected", 5L).containsEntry("pending", 0L);
        assertThat(report(stream(5, 0), forgotten)).containsEntry("attention", true).containsEntry("status", "ok");
    }

    private Map<String, Object> report(StreamStatus stream, ConsumerStatus consumer) {
        return health.report(new Situation(PushWorker.OK, stream, consumer, null, null));
    }

    private static StreamStatus stream(long pending, long parked) {
        return new StreamStatus(0L, null, pending, DAY_AGO, parked, EntryId.MIN, 0, 0, null, true, null);
    }

    private static ConsumerStatus consumer(boolean active, int held, Instant oldestOpen) {
        return new ConsumerStatus(true, true, null, active, null, 0, held, 0, null, null, null, oldestOpen, 0);
    }
}
