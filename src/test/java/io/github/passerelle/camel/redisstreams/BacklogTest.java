package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class BacklogTest {

    private final Backlog backlog = new Backlog();

    @Test
    void handsOutNothingWhenItHasNothing() {
        assertThat(backlog.next(0)).isNull();
        assertThat(backlog.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatAnEarlierProcessLeftGoesFirstAndOldestFirst() {
        fresh(7);
        fresh(8);
        backlog.addPending(id(3), Order.NONE, 2, Backlog.AT_ONCE);
        backlog.addPending(id(1), Order.NONE, 0, Backlog.AT_ONCE);
        backlog.addPending(id(2), Order.NONE, 0, Backlog.AT_ONCE);
        assertThat(drain(0)).containsExactly(1L, 2L, 3L, 7L, 8L);
    }

    @Test
    void givesTheRoundsThatAnEntryHasBehindIt() {
        backlog.addPending(id(3), Order.NONE, 2, Backlog.AT_ONCE);
        Backlog.Next next = backlog.next(0);
        assertThat(next.roundsDone()).isEqualTo(2);
        assertThat(next.entry()).as("must be fetched").isNull();
    }

    @Test
    void theOldestOpenEntryIsNeitherPutAsideNorHeldNorGone() {
        assertThat(backlog.oldestOpen()).isEmpty();
        for (int i = 1; i <= 4; i++) {
            backlog.addPending(id(i), Order.NONE, 1, 1_000);
        }
        fresh(5);
        backlog.park(id(1));
        backlog.hold(id(2));
        backlog.forget(id(3));
        assertThat(backlog.oldestOpen()).contains(id(4));
        backlog.forget(id(4));
        assertThat(backlog.oldestOpen()).contains(id(5));
    }

    @Test
    void keepsADueTimeToTheMillisecond() {
        backlog.addPending(id(1), Order.NONE, 1, 100);
        assertThat(backlog.nextDue()).isEqualTo(100);
        assertThat(backlog.next(99)).isNull();
        assertThat(backlog.next(100).id()).isEqualTo(id(1));
    }

    @Test
    void newEntriesDoNotWaitForOnesThatAreNotDueYet() {
        backlog.addPending(id(1), Order.NONE, 1, 1_000);
        fresh(2);
        assertThat(drain(0)).containsExactly(2L);
    }

    @Test
    void entriesWhoseRoundIsDueTakeTurnsWithNewOnes() {
        List<Long> order = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            backlog.addPending(id(i), Order.NONE, 1, i);
            fresh(10 + i);
        }
        for (Backlog.Next next = backlog.next(50); next != null; next = backlog.next(50)) {
            order.add(next.id().millis());
        }
        assertThat(order).containsExactly(11L, 1L, 12L, 2L, 13L, 3L, 14L, 4L);
    }

    @Test
    void aSteadyStreamOfNewEntriesDoesNotStarveAnOldOne() {
        backlog.addPending(id(1), Order.NONE, 1, 0);
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            fresh(100 + i);
            fresh(200 + i);
            order.add(backlog.next(1).id().millis());
        }
        assertThat(order.indexOf(1L)).isBetween(0, 1);
    }

    @Test
    void entriesThatFailForEverDoNotStarveNewOnes() {
        for (int i = 1; i <= 3; i++) {
            backlog.addPending(id(i), Order.NONE, 1, 0);
        }
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            fresh(100 + i);
            Backlog.Next next = backlog.next(i + 1);
            order.add(next.id().millis());
            if (next.entry() == null) {
                // it fails again at once and is due again at once
                backlog.again(next.id(), next.roundsDone() + 1, i + 1);
            }
        }
        assertThat(order.stream().filter(millis -> millis >= 100)).hasSize(3);
    }

    @Test
    void aBarrierThatWasSaidToBeHeldIsTakenUpFromRedis() {
        Order member = new Order("a", Order.Kind.MEMBER);
        backlog.addPending(id(1), member, 1, 100);
        backlog.addFresh(new Entry(id(2), Map.of()), new Order("a", Order.Kind.BARRIER));
        assertThat(backlog.next(0)).isNull();
        assertThat(backlog.newlyHeld()).containsExactly(id(2));
        assertThat(backlog.newlyHeld()).as("said once").isEmpty();
        assertThat(backlog.held()).isEqualTo(1);
        assertThat(backlog.next(100).id()).isEqualTo(id(1));
        backlog.forget(id(1));
        Backlog.Next barrier = backlog.next(100);
        assertThat(barrier.id()).isEqualTo(id(2));
        assertThat(barrier.entry()).as("somebody may have decided about it meanwhile").isNull();
        assertThat(backlog.held()).isZero();
    }

    @Test
    void whatAnotherProcessPutAsideMeanwhileKeepsItsKeyNoLonger() {
        Order member = new Order("a", Order.Kind.MEMBER);
        backlog.addFresh(new Entry(id(1), Map.of()), member);
        backlog.next(0);
        backlog.leaveAll();
        backlog.leave(id(1));
        backlog.addParked(id(1), member);
        backlog.addFresh(new Entry(id(2), Map.of()), member);
        assertThat(backlog.next(0).id()).isEqualTo(id(2));
    }

    @Test
    void forgetsAllThatIsGoneAndHandsOutNothingOfIt() {
        Order member = new Order("a", Order.Kind.MEMBER);
        for (int first = 1; first < 200; first++) {
            backlog.addPending(id(first), member, 0, 1_000);
            backlog.addFresh(new Entry(id(first + 1_000), Map.of()), member);
            assertThat(backlog.next(0)).isNull();
            backlog.retain(Set.of());
            assertThat(backlog.next(2_000)).isNull();
        }
    }

    @Test
    void whatEarnedItsAcknowledgementIsNotHandedOutAgainAfterAStart() {
        Order member = new Order("a", Order.Kind.MEMBER);
        backlog.addFresh(new Entry(id(1), Map.of()), member);
        backlog.next(0);
        backlog.keepToAcknowledge(new Acker.Acknowledgement(id(1), null));
        Backlog next = new Backlog();
        next.inherit(backlog);
        next.addPending(id(1), member, 0, Backlog.AT_ONCE);
        assertThat(next.next(0)).isNull();
        assertThat(next.toAcknowledge()).containsExactly(new Acker.Acknowledgement(id(1), null));
    }

    @Test
    void knowsAnEntryOnceWhicheverWayItCame() {
        fresh(1);
        fresh(1);
        backlog.addPending(id(1), Order.NONE, 0, Backlog.AT_ONCE);
        backlog.addPending(id(2), Order.NONE, 0, Backlog.AT_ONCE);
        backlog.addPending(id(2), Order.NONE, 0, Backlog.AT_ONCE);
        fresh(2);
        assertThat(drain(0)).containsExactlyInAnyOrder(1L, 2L);
        fresh(1);
        assertThat(drain(0)).as("it is in progress").isEmpty();
    }

    @Test
    void takesAnEntryAgainThatItWasToldToForget() {
        fresh(1);
        drain(0);
        backlog.forget(id(1));
        assertThat(backlog.knows(id(1))).isFalse();
        backlog.addPending(id(1), Order.NONE, 1, Backlog.AT_ONCE);
        assertThat(drain(0)).containsExactly(1L);
    }

    @Test
    void whatWaitsForItsAcknowledgementIsNeverHandedOutAgain() {
        fresh(1);
        drain(0);
        backlog.keepToAcknowledge(new Acker.Acknowledgement(id(1), null));
        backlog.addPending(id(1), Order.NONE, 0, Backlog.AT_ONCE);
        fresh(1);
        assertThat(drain(0)).isEmpty();
        assertThat(backlog.toAcknowledge()).containsExactly(new Acker.Acknowledgement(id(1), null));
        backlog.forget(id(1));
        assertThat(backlog.toAcknowledge()).isEmpty();
    }

    @Test
    void whatIsPutAsideIsKnownAndNotHandedOut() {
        fresh(1);
        drain(0);
        backlog.park(id(1));
        backlog.addParked(id(2), Order.NONE);
        backlog.addPending(id(1), Order.NONE, 0, Backlog.AT_ONCE);
        fresh(2);
        assertThat(drain(Long.MAX_VALUE)).isEmpty();
        assertThat(backlog.sendable()).isEmpty();
        assertThat(backlog.parkedAmong(List.of(id(1), id(3), id(2)))).containsExactly(id(1), id(2));
    }

    @Test
    void whatWasPutAsideAndIsTriedAgainGoesOnceWithItsRounds() {
        backlog.addParked(id(1), Order.NONE);
        backlog.decided(id(1), Order.NONE, 4, 100);
        backlog.decided(id(1), Order.NONE, 4, 100);
        assertThat(backlog.nextDue()).isEqualTo(100);
        assertThat(backlog.next(100)).isEqualTo(new Backlog.Next(id(1), null, 4, 100));
        assertThat(drain(Long.MAX_VALUE)).isEmpty();
        backlog.decided(id(1), Order.NONE, 4, 100);
        assertThat(drain(Long.MAX_VALUE)).as("it is in progress").isEmpty();
        backlog.decided(id(2), Order.NONE, 1, 100);
        assertThat(drain(100)).as("it was not known").containsExactly(2L);
    }

    @Test
    void forgetsOfWhatNobodyWorksOnWhatIsNotPendingAnyMore() {
        backlog.addParked(id(1), Order.NONE);
        backlog.addParked(id(2), Order.NONE);
        backlog.addPending(id(3), Order.NONE, 1, 100);
        backlog.addPending(id(4), Order.NONE, 1, 100);
        fresh(5);
        drain(0);
        backlog.retain(Set.of(id(2), id(4)));
        assertThat(LongStream.rangeClosed(1, 5).filter(n -> backlog.knows(id(n)))).containsExactly(2L, 4L, 5L);
        assertThat(drain(100)).containsExactly(4L);
    }

    @Test
    void whatIsAtHandIsTheNextOneAndWasJustRead() {
        assertThat(backlog.nextFresh(0)).isNull();
        fresh(7);
        fresh(8);
        backlog.addPending(id(9), Order.NONE, 1, 100);
        assertThat(backlog.nextFresh(0).id()).isEqualTo(id(7));
        assertThat(backlog.nextFresh(100)).as("one whose round is due has its turn").isNull();
        assertThat(backlog.next(100).id()).isEqualTo(id(9));
        assertThat(backlog.nextFresh(100).id()).isEqualTo(id(8));
        assertThat(backlog.nextFresh(100)).isNull();
    }

    @Test
    void whatIsAtHandWaitsForNothingAndGathersNothing() {
        Order member = new Order("k", Order.Kind.MEMBER);
        backlog.addFresh(new Entry(id(1), Map.of()), member);
        backlog.addFresh(new Entry(id(2), Map.of()), member);
        backlog.addFresh(new Entry(id(3), Map.of()), new Order("k", Order.Kind.BARRIER));
        assertThat(backlog.nextFresh(0).id()).isEqualTo(id(1));
        assertThat(backlog.nextFresh(0)).as("the one before it is in progress").isNull();
        assertThat(backlog.next(0)).isNull();
        backlog.forget(id(1));
        assertThat(backlog.nextFresh(0).id()).isEqualTo(id(2));
        backlog.forget(id(2));
        assertThat(backlog.nextFresh(0)).as("a barrier").isNull();
        assertThat(backlog.next(0).id()).isEqualTo(id(3));
    }

    @Test
    void hastensWhatWaitsAndNothingElse() {
        backlog.addPending(id(1), Order.NONE, 1, 1_000);
        backlog.addPending(id(2), Order.NONE, 2, 500);
        backlog.addPending(id(3), Order.NONE, 3, 10);
        backlog.addPending(id(4), Order.NONE, 4, 2_000);
        backlog.hasten(Set.of(id(1), id(3), id(9)), 100);
        assertThat(drain(100)).containsExactly(3L, 1L);
        assertThat(drain(500)).containsExactly(2L);
        assertThat(drain(1_999)).isEmpty();
        assertThat(backlog.next(2_000)).isEqualTo(new Backlog.Next(id(4), null, 4, 2_000));
    }

    @Test
    void anyThatCouldBeSentCanBeTaken() {
        fresh(7);
        fresh(8);
        backlog.addPending(id(1), Order.NONE, 1, 1_000);
        backlog.addPending(id(2), Order.NONE, 2, 500);
        backlog.park(id(3));
        assertThat(backlog.sendable()).containsExactlyInAnyOrder(id(1), id(2), id(7), id(8));
        assertThat(backlog.take(id(1))).isEqualTo(new Backlog.Next(id(1), null, 1, 1_000));
        assertThat(backlog.take(id(8)).entry()).isNotNull();
        assertThat(backlog.take(id(1))).as("taken").isNull();
        assertThat(backlog.take(id(3))).as("put aside").isNull();
        assertThat(backlog.knows(id(1))).isTrue();
        assertThat(drain(Long.MAX_VALUE)).containsExactly(7L, 2L);
    }

    private void fresh(long millis) {
        backlog.addFresh(new Entry(id(millis), Map.of()), Order.NONE);
    }

    private static EntryId id(long millis) {
        return new EntryId(millis, 0);
    }

    private List<Long> drain(long now) {
        List<Long> order = new ArrayList<>();
        for (Backlog.Next next = backlog.next(now); next != null; next = backlog.next(now)) {
            order.add(next.id().millis());
        }
        return order;
    }
}
