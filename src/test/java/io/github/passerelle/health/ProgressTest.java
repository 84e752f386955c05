package io.github.passerelle.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Outcomes;

/** It is twelve o'clock, and what lies before 11:58 is long ago. */
class ProgressTest {

    private static final Instant LONG_AGO = time("11:58:00");

    private final Outcomes outcomes = new Outcomes();

    @Test
    void isFineWhereNothingIsLeft() {
        outcomes.at("09:00:00").unreachable().at("09:01:00").delivered();
        assertThat(stalled(0, null, 0, null)).isFalse();
    }

    @Test
    void isStalledWhereAllHasFailedForLongAlthoughTheNextRoundIsYetToCome() {
        outcomes.at("11:00:00").delivered().at("11:30:00").unreachable().at("11:59:30").unreachable();
        assertThat(stalled(0, null, 3, "12:10:00")).isTrue();
    }

    @Test
    void isStalledWhereARefusedSecretHasLeftEverythingPendingUntilTheNextStart() {
        outcomes.at("11:30:00").unauthorized().at("11:31:00").unauthorized();
        assertThat(stalled(0, null, 200, null)).isTrue();
    }

    @Test
    void isFineWhereFailuresHaveOnlyBegun() {
        outcomes.at("11:00:00").delivered().at("11:59:00").unreachable();
        assertThat(stalled(0, null, 1, "12:00:10")).isFalse();
    }

    @Test
    void isFineWhereOnlySingleEntriesAreRefusedUnreadableOrTrimmed() {
        outcomes.at("09:00:00").rejected().at("10:00:00").unreadable().trimmed();
        assertThat(stalled(0, null, 2, null)).isFalse();
    }

    @Test
    void aRefusalIsTheAnswerOfAPahekoThatIsWell() {
        outcomes.at("11:00:00").unreachable().at("11:01:00").rejected();
        assertThat(stalled(0, null, 1, null)).isFalse();
    }

    @Test
    void isStalledWhereSomethingWaitsOrIsDueForLongAndNothingSucceeds() {
        outcomes.at("11:00:00").delivered();
        assertThat(stalled(1, "11:57:00", 0, null)).isTrue();
        assertThat(stalled(0, null, 1, "11:57:00")).isTrue();
    }

    @Test
    void isFineWhereALongBacklogGetsOn() {
        outcomes.at("11:59:59").delivered();
        assertThat(stalled(500, "08:00:00", 16, "11:00:00")).isFalse();
    }

    private boolean stalled(long waiting, String oldestWaiting, long pending, String nextDue) {
        StreamStatus stream = new StreamStatus(waiting, time(oldestWaiting), pending, pending == 0 ? null : time("08:00:00"), 0,
                EntryId.MIN, 0, 0, null, true, null);
        ConsumerStatus consumer = new ConsumerStatus(true, true, null, true, 0, 0, null, time(nextDue));
        return new Progress(stream, consumer, outcomes.channel()).isStalled(LONG_AGO);
    }

    private static Instant time(String time) {
        return time == null ? null : Instant.parse("2026-11-20T" + time + "Z");
    }
}
