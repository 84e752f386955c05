package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/** How many requests an outage costs with the delays that are shipped, at the most hurried spread that chance can give. */
class ProbePaceTest {

    private static final RandomGenerator MOST_HURRIED = () -> 0;
    private static final long TEN_MINUTES = 600_000;

    @Test
    void tenMinutesOfAnOutageCostAtMostSixtyRequests() {
        // each try fails at once: six in the first rounds of two entries, over 31 seconds each, and the first try of a third
        assertThat(13 + probesUntilTheEnd(62_000, TryOutcome.FAILED, 3)).isBetween(20, 60);
        // a wrong secret, from the first try on
        assertThat(1 + probesUntilTheEnd(0, TryOutcome.FAILED_FOR_ALL, 1)).isBetween(10, 60);
    }

    private static int probesUntilTheEnd(long pausedAt, TryOutcome outcome, int failedBefore) {
        Pause pause = new Pause(3, new GrowingDelay(5_000, 60_000, 0.2, MOST_HURRIED));
        Set<EntryId> sendable = LongStream.rangeClosed(1, 1_000).mapToObj(n -> new EntryId(n, 0)).collect(Collectors.toSet());
        for (long n = 1; n <= failedBefore; n++) {
            pause.tried(new EntryId(n, 0), outcome, pausedAt);
        }
        assertThat(pause.isPaused()).isTrue();
        int probes = 0;
        for (long now = pause.nextProbe(); now <= TEN_MINUTES; now = pause.nextProbe()) {
            EntryId probe = pause.beginProbe(sendable, id -> null).orElseThrow();
            assertThat(pause.nextProbe()).as("one at a time").isEqualTo(Long.MAX_VALUE);
            pause.tried(probe, outcome, now);
            pause.endProbe(probe, now, 0);
            probes++;
        }
        return probes;
    }
}
