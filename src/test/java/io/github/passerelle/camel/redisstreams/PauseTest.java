package io.github.passerelle.camel.redisstreams;

import static io.github.passerelle.camel.redisstreams.TryOutcome.ANSWERED;
import static io.github.passerelle.camel.redisstreams.TryOutcome.FAILED;
import static io.github.passerelle.camel.redisstreams.TryOutcome.FAILED_FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class PauseTest {

    private static final long FIRST = 5_000;
    private static final long LONGEST = 60_000;

    private final Pause pause = pause(new Random(1), 0);

    @Test
    void differentEntriesThatFailWithNoSuccessBetweenBeginAPause() {
        failed(1, 2);
        assertThat(pause.isPaused()).isFalse();
        failed(3);
        assertThat(pause.isPaused()).isTrue();
    }

    @Test
    void oneEntryHoweverOftenItFailsDoesNot() {
        failed(1, 1, 1, 1, 1, 2, 1, 2);
        assertThat(pause.isPaused()).isFalse();
    }

    @Test
    void aSuccessBetweenBeginsTheCountAnew() {
        failed(1, 2);
        answered(3);
        failed(1, 2);
        assertThat(pause.isPaused()).isFalse();
        failed(3);
        assertThat(pause.isPaused()).isTrue();
    }

    @Test
    void oneFailureThatConcernsAllBeginsAPauseAtOnce() {
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        assertThat(pause.isPaused()).isTrue();
    }

    @Test
    void neverBeginsWhenItIsSwitchedOff() {
        Pause never = new Pause(0, new GrowingDelay(FIRST, LONGEST, 0, new Random(1)));
        for (int i = 1; i < 10; i++) {
            never.tried(id(i), FAILED_FOR_ALL, 0);
        }
        assertThat(never.isPaused()).isFalse();
        assertThat(never.nextProbe()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theFirstSuccessEndsItAndTellsWhatHadFailed() {
        failed(1, 2, 3, 4);
        assertThat(answered(2)).containsExactlyInAnyOrder(id(1), id(3), id(4));
        assertThat(pause.isPaused()).isFalse();
        assertThat(answered(1)).as("told once").isEmpty();
    }

    @Test
    void whatFailedBeforeAnEarlierSuccessIsNotTold() {
        failed(9);
        answered(8);
        failed(1, 2, 3);
        assertThat(answered(3)).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void aSuccessOutsideAPauseTellsNothing() {
        failed(1, 2);
        assertThat(answered(3)).isEmpty();
    }

    @Test
    void probesComeLaterAndLater() {
        pause.tried(id(1), FAILED_FOR_ALL, 1_000);
        assertThat(pause.nextProbe()).isEqualTo(1_000 + 5_000);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            assertThat(pause.beginProbe(List.of(id(1)), id -> null)).contains(id(1));
            assertThat(pause.nextProbe()).as("one at a time").isEqualTo(Long.MAX_VALUE);
            pause.endProbe(id(1), 100_000, 0);
            waits.add(pause.nextProbe() - 100_000);
            pause.newTurn();
        }
        assertThat(waits).containsExactly(10_000L, 20_000L, 40_000L, 60_000L, 60_000L, 60_000L);
    }

    @Test
    void theTimesOfProbesAreSpreadByAFifth() {
        Set<Long> waits = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            Pause spread = pause(random, 0.2);
            spread.tried(id(1), FAILED_FOR_ALL, 0);
            waits.add(spread.nextProbe());
        }
        assertThat(waits).hasSizeGreaterThan(40).allSatisfy(wait -> assertThat(wait).isBetween(4_000L, 6_000L));
    }

    @Test
    void aReceiverThatAsksForPatienceIsGivenIt() {
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        pause.beginProbe(List.of(id(1)), id -> null);
        pause.endProbe(id(1), 0, 300_000);
        assertThat(pause.nextProbe()).isEqualTo(300_000);
    }

    @Test
    void threeProbesWithTheEntryItBeganWithThenTheOthersInTurnOldestFirst() {
        failed(5, 7, 3);
        List<EntryId> sendable = ids(9, 3, 5, 7, 1);
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            order.add(probe(sendable));
        }
        assertThat(order).containsExactly(3L, 3L, 3L, 1L, 5L, 7L, 9L);
        assertThat(pause.beginProbe(sendable, id -> null)).as("all have had their turn").isEmpty();
        pause.newTurn();
        assertThat(probe(sendable)).isEqualTo(1);
    }

    @Test
    void theOthersHaveTheirTurnAtOnceWhereTheFirstCannotBeSent() {
        failed(5, 7, 3);
        assertThat(probe(ids(5, 7))).isEqualTo(5);
        assertThat(probe(ids(3, 5, 7))).as("when it can").isEqualTo(3);
    }

    @Test
    void anEntryThatComesNewHasItsTurnWhenTheOthersHadTheirs() {
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        for (int i = 0; i < 3; i++) {
            probe(ids(1));
        }
        assertThat(pause.beginProbe(ids(1), id -> null)).isEmpty();
        assertThat(probe(ids(1, 2))).isEqualTo(2);
    }

    @Test
    void aSkippedProbeCostsNoTimeAndIsNotCounted() {
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        for (long i = 2; i < 30; i++) {
            assertThat(pause.beginProbe(ids(i), id -> null)).contains(id(i));
            pause.skipProbe(id(i));
            assertThat(pause.nextProbe()).isEqualTo(FIRST);
        }
        assertThat(probe(ids(1))).isEqualTo(1);
        assertThat(pause.nextProbe()).isEqualTo(10_000);
    }

    @Test
    void theEndOfAnotherEntryIsNotTheEndOfTheProbe() {
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        pause.beginProbe(ids(1), id -> null);
        pause.endProbe(id(2), 0, 0);
        pause.skipProbe(id(2));
        assertThat(pause.nextProbe()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoAloneFailsForAllWhileAProbeSucceedsIsASuspect() {
        becomeSuspect(1, 2);
        assertThat(pause.isSuspect(id(1))).isTrue();
        assertThat(pause.isSuspect(id(2))).isFalse();
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        assertThat(pause.isPaused()).as("its own fault").isFalse();
        pause.tried(id(3), FAILED_FOR_ALL, 0);
        assertThat(pause.isPaused()).as("not that of others").isTrue();
    }

    @Test
    void aSuspectThatSucceedsOrFailsOtherwiseIsNoneAnyMore() {
        becomeSuspect(1, 2);
        answered(1);
        assertThat(pause.isSuspect(id(1))).isFalse();
        becomeSuspect(1, 2);
        failed(1);
        assertThat(pause.isSuspect(id(1))).isFalse();
        becomeSuspect(1, 2);
        pause.forget(id(1));
        assertThat(pause.isSuspect(id(1))).isFalse();
    }

    @Test
    void aSuccessThatIsNoProbesMakesNobodyASuspect() {
        pause.tried(id(1), FAILED_FOR_ALL, 0);
        answered(2);
        assertThat(pause.isPaused()).isFalse();
        assertThat(pause.isSuspect(id(1))).as("it may have begun before").isFalse();
    }

    @Test
    void whoFailedOtherwiseDuringThePauseIsNoSuspect() {
        failed(1, 2, 3);
        pause.beginProbe(ids(4), id -> null);
        answered(4);
        assertThat(ids(1, 2, 3)).noneMatch(pause::isSuspect);
    }

    @Test
    void aForgottenEntryCountsNoMore() {
        failed(1, 2);
        pause.forget(id(1));
        failed(3);
        assertThat(pause.isPaused()).isFalse();
        failed(4);
        assertThat(pause.isPaused()).isTrue();
        assertThat(answered(4)).containsExactlyInAnyOrder(id(2), id(3));
    }

    @Test
    void beginsAnewWhenItIsReset() {
        becomeSuspect(8, 9);
        failed(1, 2, 3);
        pause.beginProbe(ids(3), id -> null);
        pause.reset();
        assertThat(pause.isPaused()).isFalse();
        assertThat(pause.isSuspect(id(8))).isFalse();
        failed(1, 2);
        assertThat(pause.isPaused()).isFalse();
        failed(3);
        assertThat(pause.nextProbe()).as("no probe of the time before is under way").isEqualTo(FIRST);
    }

    /** Histories at random: entries come and go, some of them poisonous, and the receiver falls ill and recovers. */
    @Test
    void neverPausesWithoutReasonAndNeverStays() {
        for (int seed = 0; seed < 3_000; seed++) {
            new History(seed).play();
        }
    }

    /** What a consumer would do, against a receiver whose state is known. */
    private static final class History {

        private final int seed;
        private final Random random;
        private final Pause pause;
        private final Set<EntryId> known = new TreeSet<>();
        private final Set<EntryId> failing = new HashSet<>();
        private final Set<EntryId> failsForAll = new HashSet<>();
        private final Set<EntryId> failsAlone = new HashSet<>();
        private final Set<EntryId> failedForAll = new HashSet<>();
        private final Set<EntryId> suspects = new HashSet<>();
        private boolean paused;
        private boolean well = true;
        private boolean illForAll;
        private long last;
        private long now;
        private EntryId probe;

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.pause = pause(random, 0.2);
        }

        void play() {
            for (int step = 0; step < 80; step++) {
                now += random.nextInt(3_000);
                switch (random.nextInt(8)) {
                    case 0 -> well = random.nextBoolean();
                    case 1 -> illForAll = random.nextBoolean();
                    case 2 -> read();
                    case 3 -> forget();
                    default -> send();
                }
                check();
            }
            recover();
        }

        private EntryId read() {
            EntryId id = id(++last);
            known.add(id);
            if (random.nextInt(5) == 0) {
                (random.nextBoolean() ? failsForAll : failsAlone).add(id);
            }
            return id;
        }

        private void forget() {
            if (!known.isEmpty()) {
                EntryId id = any();
                if (!id.equals(probe)) {
                    forget(id);
                }
            }
        }

        private void forget(EntryId id) {
            known.remove(id);
            failing.remove(id);
            failedForAll.remove(id);
            suspects.remove(id);
            pause.forget(id);
        }

        private void send() {
            if (!pause.isPaused()) {
                attempt(known.isEmpty() || random.nextInt(3) == 0 ? read() : any());
            } else if (probe != null) {
                attempt(probe);
                pause.endProbe(probe, now, random.nextInt(4) == 0 ? 30_000 : 0);
                probe = null;
            } else if (now >= pause.nextProbe()) {
                beginProbe();
            }
        }

        private void beginProbe() {
            Optional<EntryId> chosen = pause.beginProbe(known, id -> null);
            if (chosen.isEmpty() && random.nextBoolean()) {
                read();
                chosen = pause.beginProbe(known, id -> null);
            } else if (chosen.isEmpty()) {
                pause.newTurn();
                chosen = pause.beginProbe(known, id -> null);
            }
            probe = chosen.orElse(null);
            if (probe != null && random.nextInt(10) == 0) {
                pause.skipProbe(probe);
                forget(probe);
                probe = null;
            }
        }

        private void attempt(EntryId id) {
            TryOutcome outcome = failsForAll.contains(id) || !well && illForAll ? FAILED_FOR_ALL
                    : !well || failsAlone.contains(id) ? FAILED : ANSWERED;
            Set<EntryId> again = pause.tried(id, outcome, now);
            if (outcome == ANSWERED) {
                forget(id);
                assertThat(again).as("seed %d: what failed", seed).isEqualTo(paused ? failing : Set.of());
                if (paused && id.equals(probe)) {
                    suspects.addAll(failedForAll);
                }
                paused = false;
                failing.clear();
                failedForAll.clear();
            } else if (outcome == FAILED_FOR_ALL && suspects.contains(id)) {
                // as a route does that knows it for the culprit
                forget(id);
            } else {
                failing.add(id);
                if (outcome == FAILED_FOR_ALL) {
                    failedForAll.add(id);
                } else {
                    suspects.remove(id);
                }
                paused |= outcome == FAILED_FOR_ALL || failing.size() >= 3;
            }
            check();
        }

        private void check() {
            assertThat(pause.isPaused()).as("seed %d: paused for a reason, and only then", seed).isEqualTo(paused);
            assertThat(known.stream().filter(pause::isSuspect)).as("seed %d: suspects", seed).containsExactlyInAnyOrderElementsOf(suspects);
            if (pause.isPaused() && probe == null) {
                assertThat(pause.nextProbe()).as("seed %d: there will be a probe", seed).isLessThanOrEqualTo(now + LONGEST * 6 / 5);
            } else {
                assertThat(pause.nextProbe()).as("seed %d: not now", seed).isEqualTo(Long.MAX_VALUE);
            }
        }

        /** The receiver is well, and one entry at least is, too. */
        private void recover() {
            well = true;
            failsForAll.remove(read());
            failsAlone.remove(id(last));
            int probes = 0;
            int enough = 3 + 2 * known.size() + 1;
            while (pause.isPaused()) {
                assertThat(++probes).as("seed %d: probes with %s", seed, known).isLessThanOrEqualTo(enough);
                now = probe == null ? Math.max(now, pause.nextProbe()) : now;
                if (probe == null) {
                    probe = pause.beginProbe(known, id -> null).orElse(null);
                }
                if (probe == null) {
                    pause.newTurn();
                    continue;
                }
                attempt(probe);
                pause.endProbe(probe, now, 0);
                probe = null;
            }
        }

        private EntryId any() {
            return List.copyOf(known).get(random.nextInt(known.size()));
        }
    }

    private void becomeSuspect(long culprit, long other) {
        pause.tried(id(culprit), FAILED_FOR_ALL, 0);
        pause.beginProbe(ids(other), id -> null);
        answered(other);
        pause.endProbe(id(other), 0, 0);
    }

    private long probe(List<EntryId> sendable) {
        EntryId chosen = pause.beginProbe(sendable, id -> null).orElseThrow();
        pause.tried(chosen, FAILED, 0);
        pause.endProbe(chosen, 0, 0);
        return chosen.millis();
    }

    private void failed(long... ids) {
        for (long id : ids) {
            pause.tried(id(id), FAILED, 0);
        }
    }

    private Set<EntryId> answered(long id) {
        return pause.tried(id(id), ANSWERED, 0);
    }

    private static Pause pause(Random random, double spread) {
        return new Pause(3, new GrowingDelay(FIRST, LONGEST, spread, random));
    }

    private static List<EntryId> ids(long... ids) {
        List<EntryId> all = new ArrayList<>();
        for (long id : ids) {
            all.add(id(id));
        }
        return all;
    }

    private static EntryId id(long millis) {
        return new EntryId(millis, 0);
    }
}
