package io.github.passerelle.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Outcomes;

/** It is twelve o'clock, and what takes longer than two minutes takes long. */
class ProgressTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Outcomes outcomes = new Outcomes();
    private final WaitingTime waitingTime = new WaitingTime(outcomes.clock(), outcomes::nanos);

    @Test
    void isFineWhereNothingIsLeft() {
        outcomes.at("09:00:00").unreachable().at("09:01:00").delivered();
        assertThat(stalled(null, 0, null)).isFalse();
    }

    @Test
    void isStalledWhereAllHasFailedForLongAlthoughTheNextRoundIsYetToCome() {
        outcomes.at("11:00:00").delivered().at("11:30:00").unreachable().at("11:59:30").unreachable();
        assertThat(stalled(null, 3, Duration.ofMinutes(-10))).isTrue();
    }

    @Test
    void isStalledWhereARefusedSecretHasLeftEverythingPendingUntilTheNextStart() {
        outcomes.at("11:30:00").unauthorized().at("11:31:00").unauthorized();
        assertThat(stalled(null, 200, null)).isTrue();
    }

    @Test
    void isFineWhereFailuresHaveOnlyBegun() {
        outcomes.at("11:00:00").delivered().at("11:59:00").unreachable();
        assertThat(stalled(null, 1, Duration.ofSeconds(-10))).isFalse();
    }

    @Test
    void isFineWhereOnlySingleEntriesAreRefusedUnreadableOrTrimmed() {
        outcomes.at("09:00:00").rejected().at("10:00:00").unreadable().trimmed();
        assertThat(stalled(null, 2, null)).isFalse();
    }

    @Test
    void aRefusalIsTheAnswerOfAPahekoThatIsWell() {
        outcomes.at("11:00:00").unreachable().at("11:01:00").rejected();
        assertThat(stalled(null, 1, null)).isFalse();
    }

    @Test
    void isStalledWhereSomethingWaitsOrIsDueForLongAndNothingSucceeds() {
        outcomes.at("11:00:00").delivered();
        assertThat(stalled("11:57:00", 0, null)).isTrue();
        assertThat(stalled(null, 1, Duration.ofMinutes(3))).isTrue();
    }

    @Test
    void isFineWhereALongBacklogGetsOn() {
        outcomes.at("11:59:59").delivered();
        assertThat(stalled("08:00:00", 16, Duration.ofHours(1))).isFalse();
    }

    @Test
    void isFineWhereItHasOnlyBegun() {
        outcomes.at("08:00:00");
        assertThat(new Progress(stream(null, 1), consumer(Duration.ofHours(1)), outcomes.channel(), Duration.ofHours(1)).isStalled(LIMIT))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 1 })
    void aClockThatIsSetHidesNoFailuresThatLast(int hours) {
        outcomes.at("11:00:00").delivered().at("11:30:00").unreachable().clockSet(Duration.ofHours(hours));
        assertThat(stalled(null, 1, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 1 })
    void aClockThatIsSetMakesNoFailureLast(int hours) {
        outcomes.at("11:00:00").delivered().at("11:59:00").unreachable().clockSet(Duration.ofHours(hours));
        assertThat(stalled(null, 1, null)).isFalse();
    }

    @Test
    void whatIsSeenToWaitDoesSoAlsoWhereTheClockWasSetBack() {
        outcomes.at("09:00:00").delivered().at("11:50:00").clockSet(Duration.ofHours(-1));
        assertThat(waitingTime.of(time("11:50:00"))).isZero();
        assertThat(stalled("11:50:00", 0, null)).isTrue();
    }

    @Test
    void whatIsSeenToWaitBeginsAnewAfterAMomentInWhichNothingDid() {
        outcomes.at("09:00:00").delivered().at("11:50:00").clockSet(Duration.ofHours(-1));
        waitingTime.of(time("11:50:00"));
        outcomes.at("11:59:00");
        assertThat(waitingTime.of(null)).isNull();
        assertThat(stalled("11:59:59", 0, null)).isFalse();
    }

    /** At twelve o'clock. */
    private boolean stalled(String oldestWaiting, long pending, Duration overdue) {
        outcomes.at("12:00:00");
        return new Progress(stream(oldestWaiting, pending), consumer(overdue), outcomes.channel(), waitingTime.of(time(oldestWaiting)))
                .isStalled(LIMIT);
    }

    private static StreamStatus stream(String oldestWaiting, long pending) {
        return new StreamStatus(oldestWaiting == null ? 0L : 1L, time(oldestWaiting), pending, pending == 0 ? null : time("08:00:00"), 0,
                EntryId.MIN, 0, 0, null, true, null);
    }

    private static ConsumerStatus consumer(Duration overdue) {
        return new ConsumerStatus(true, true, null, true, null, 0, 0, 0, null, null, overdue, null, 0);
    }

    private static Instant time(String time) {
        return time == null ? null : Instant.parse("2026-11-20T" + time + "Z");
    }
}
