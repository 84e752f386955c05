package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.tracking.SessionOutcome.Result;

/** How far cash sessions have come, in each state that there is, and what a person decides about their close. */
class SessionsTest extends TrackingTest {

    private static final String UNKNOWN = "b1946ac9-2f1b-4a3c-8c7d-0b8c2d3e4f5a";

    @Test
    void aSessionThatNobodyHasReadIsClosing() throws Exception {
        CashSession session = till.session(3);
        List<Published> published = till.publish(session);
        TrackedSession found = session(session.id());
        assertThat(found.state()).isEqualTo(SessionState.CLOSING);
        assertThat(found.tickets()).isEqualTo(new Tickets(0L, 0, 0, 3, 0, 0));
        assertThat(found.openedAt()).isEqualTo(id(published.get(0)).time());
        assertThat(found.closedAt()).isEqualTo(id(published.get(4)).time());
        assertThat(found.close().state()).isEqualTo(State.WAITING);
        assertThat(found.isDifferent()).as("it has only begun").isFalse();
        assertThat(listed()).containsExactly(found);
    }

    @Test
    void aSessionIsOpenAndThenClosed() throws Exception {
        start();
        CashSession session = till.session(4);
        Published opened = till.publish(session.opened());
        session.tickets().forEach(till::publish);
        until("delivered", () -> delivered(session.id()) == 4);
        TrackedSession open = session(session.id());
        assertThat(open.state()).isEqualTo(SessionState.OPEN);
        assertThat(open.type()).isEqualTo("real");
        assertThat(open.openedAt()).isEqualTo(id(opened).time());
        assertThat(open.closedAt()).isNull();
        assertThat(open.close()).isNull();
        assertThat(open.books().cents()).isEqualTo(session.tickets().stream().mapToLong(SaleEvent::amountCents).sum());
        assertThat(open.books().payments().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(open.books().cents());
        assertThat(open.books().expected()).isNull();
        assertThat(open.books().totals()).isNull();
        Published close = till.publish(session.closed());
        until("closed", () -> state(session.id()) == SessionState.CLOSED);
        TrackedSession closed = session(session.id());
        assertThat(closed.closedAt()).isEqualTo(id(close).time());
        assertThat(closed.books().totals()).isEqualTo("equal");
        assertThat(closed.books().totalsAtClose()).isEqualTo("equal");
        assertThat(closed.books().expected().cents()).isEqualTo(closed.books().cents());
        assertThat(closed.books().expected().lines()).isEqualTo(closed.books().lines());
        assertThat(closed.books().expected().tillDifference()).isZero();
        assertThat(closed.isDifferent()).isFalse();
        assertThat(listed()).containsExactly(closed);
        redis.command("XTRIM", stream, "MAXLEN", 0);
        assertThat(session(session.id())).as("although the stream holds nothing of it any more").isEqualTo(closed);
    }

    @Test
    void aCloseIsHeldUntilWhatItWaitsForIsDelivered() throws Exception {
        start();
        CashSession session = till.sessionWithRefusedTicket(3, 1);
        List<Published> published = till.publish(session);
        until("held", () -> state(session.id()) == SessionState.HELD);
        TrackedSession held = session(session.id());
        assertThat(held.tickets()).isEqualTo(new Tickets(2L, 0, 1, 0, 0, 0));
        assertThat(held.close().id()).isEqualTo(id(published.get(4)));
        assertThat(held.waitsFor()).extracting(TrackedEntry::id).containsExactly(id(published.get(2)));
        assertThat(held.books().expected().cents()).as("what the till says stands in the close").isEqualTo(sum(session));
        assertThat(held.books().totals()).isEqualTo("different");
        assertThat(held.books().totalsAtClose()).isNull();
        assertThat(held.isDifferent()).as("nobody knows yet what becomes of the refused one").isFalse();
        assertThat(tracking.queries().overview().held()).isEqualTo(1);
        assertThat(tracking.queries().overview().due()).isZero();
        paheko.always(Behaviour.accept());
        tracking.decisions().replay(id(published.get(2)), Why.optional(null, null));
        until("closed", () -> state(session.id()) == SessionState.CLOSED);
        assertThat(session(session.id()).books().totals()).isEqualTo("equal");
        assertThat(session(session.id()).decided()).extracting(entry -> entry.decided().what()).containsExactly(Decided.What.REPLAYED);
    }

    @Test
    void aReleasedCloseIsSentAndTheTotalsThatDifferAreKept() throws Exception {
        start();
        CashSession session = till.sessionWithRefusedTicket(3, 1);
        List<Published> published = till.publish(session);
        until("held", () -> state(session.id()) == SessionState.HELD);
        SessionOutcome outcome = release(session.id());
        assertThat(outcome.result()).isEqualTo(Result.DONE);
        assertThat(outcome.close().id()).isEqualTo(id(published.get(4)));
        until("closed", () -> state(session.id()) == SessionState.CLOSED);
        TrackedSession closed = session(session.id());
        assertThat(closed.books().totals()).isEqualTo("different");
        assertThat(closed.books().totalsAtClose()).isEqualTo("different");
        assertThat(closed.isDifferent()).isTrue();
        assertThat(closed.close().state()).isEqualTo(State.DELIVERED);
        assertThat(closed.close().decided()).isEqualTo(new Decided(Decided.What.RELEASED, closed.close().decided().at(), "Marie", "entered by hand"));
        assertThat(closed.decided()).containsExactly(closed.close());
        assertThat(closed.undelivered()).extracting(TrackedEntry::id).containsExactly(id(published.get(2)));
        assertThat(release(session.id()).result()).as("once more").isEqualTo(Result.ALREADY);
        redis.command("XTRIM", stream, "MAXLEN", 0);
        assertThat(session(session.id()).decided()).as("although the stream holds nothing of it any more").extracting(TrackedEntry::decided)
                .containsExactly(closed.close().decided());
        paheko.always(Behaviour.accept());
        tracking.decisions().replay(id(published.get(2)), Why.optional(null, null));
        until("the missing one came", () -> "equal".equals(session(session.id()).books().totals()));
        assertThat(session(session.id()).books().totalsAtClose()).as("what was then stays known").isEqualTo("different");
        assertThat(session(session.id()).isDifferent()).isFalse();
    }

    @Test
    void theNextStartSendsWhatWasReleasedWhileNoneWasAtWork() throws Exception {
        PasserelleApp app = start();
        CashSession session = till.sessionWithRefusedTicket(2, 0);
        List<Published> published = till.publish(session);
        until("held", () -> state(session.id()) == SessionState.HELD);
        stop(app);
        List<Result> results = atOnce(() -> release(session.id()).result(), () -> release(session.id()).result());
        assertThat(results).containsExactlyInAnyOrder(Result.DONE, Result.ALREADY);
        assertThat(state(session.id())).isEqualTo(SessionState.CLOSING);
        assertThat(entry(published.get(3)).state()).isEqualTo(State.RELEASED);
        assertThat(release(session.id()).result()).isEqualTo(Result.ALREADY);
        assertThat(paheko.received(published.get(3).key())).as("nothing is sent by who decides").isEmpty();
        start();
        until("closed", () -> state(session.id()) == SessionState.CLOSED);
        assertThat(entry(published.get(3)).decided().what()).isEqualTo(Decided.What.RELEASED);
    }

    @Test
    void aReleasedCloseThatFailsIsStillSaidToBeReleased() throws Exception {
        start();
        CashSession session = till.sessionWithRefusedTicket(2, 0);
        Published close = till.publish(session).get(3);
        until("held", () -> state(session.id()) == SessionState.HELD);
        paheko.answerNext(1, Behaviour.answer(503));
        release(session.id());
        until("failed", () -> state(close) == State.SCHEDULED);
        assertThat(entry(close).decided().what()).isEqualTo(Decided.What.RELEASED);
        assertThat(state(session.id())).isEqualTo(SessionState.CLOSING);
        assertThat(release(session.id()).result()).isEqualTo(Result.ALREADY);
    }

    @Test
    void aCloseThatIsRefusedOrGivenUpIsToldAndNotReleased() throws Exception {
        start();
        CashSession session = till.session(1);
        till.publish(session.opened());
        Published ticket = till.publish(session.tickets().get(0));
        until("delivered", () -> state(ticket) == State.DELIVERED);
        paheko.answerNext(1, Behaviour.answer(422));
        Published close = till.publish(session.closed());
        until("refused", () -> state(session.id()) == SessionState.REFUSED);
        assertThat(release(session.id())).isEqualTo(new SessionOutcome(session.id(), Result.NOT_HELD, entry(close)));
        tracking.decisions().discard(id(close), BY_MARIE);
        assertThat(state(session.id())).isEqualTo(SessionState.ABANDONED);
        assertThat(listed()).extracting(TrackedSession::state).containsExactly(SessionState.ABANDONED);
        assertThat(session(session.id()).decided()).extracting(TrackedEntry::id).containsExactly(id(close));
        assertThat(release(session.id()).result()).isEqualTo(Result.NOT_HELD);
    }

    @Test
    void aCloseThatIsBeingSentIsNotReleased() throws Exception {
        start();
        CashSession session = till.session(0);
        Published opened = till.publish(session.opened());
        until("opened", () -> state(opened) == State.DELIVERED);
        assertThat(release(session.id()).result()).isEqualTo(Result.NO_CLOSE);
        Hold hold = paheko.holdAnswer();
        Published close = till.publish(session.closed());
        hold.awaitHeld();
        SessionOutcome outcome = release(session.id());
        assertThat(outcome.result()).isEqualTo(Result.NOT_HELD);
        assertThat(outcome.close().state()).isEqualTo(State.DUE);
        hold.release();
        until("closed", () -> state(session.id()) == SessionState.CLOSED);
        assertThat(release(session.id()).result()).as("what a release is for has come about").isEqualTo(Result.ALREADY);
        assertThat(entry(close).decided()).isNull();
    }

    @Test
    void aCloseThatWasNotReadIsNotReleased() throws Exception {
        CashSession session = till.session(1);
        till.publish(session);
        SessionOutcome outcome = release(session.id());
        assertThat(outcome.result()).as("there is no group yet").isEqualTo(Result.NOT_HELD);
        assertThat(outcome.close().state()).isEqualTo(State.WAITING);
    }

    @Test
    void nothingIsKnownOfASessionThatIsNotThere() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(tracking.queries().session(UNKNOWN)).isEmpty();
            assertThat(tracking.queries().session("x".repeat(5_000))).isEmpty();
            assertThat(tracking.queries().session("counted")).isEmpty();
            assertThat(release(UNKNOWN)).isEqualTo(new SessionOutcome(UNKNOWN, Result.UNKNOWN, null));
            // the second time with a stream, a group and a session
            start();
            deliveredTicket();
        }
    }

    @Test
    void aReleaseWithoutAReasonOrAnAuthorIsRefusedBeforeRedisIsAsked() {
        for (Why why : List.of(Why.optional(null, null), Why.optional("a reason", null), Why.optional(null, "Marie"))) {
            assertThatThrownBy(() -> tracking.decisions().release(UNKNOWN, why)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theLatestComeFirst() throws Exception {
        start();
        List<CashSession> sessions = IntStream.range(0, 4).mapToObj(i -> till.session(1)).toList();
        for (CashSession session : sessions) {
            till.publish(session);
            until("closed", () -> state(session.id()) == SessionState.CLOSED);
        }
        SessionListing listing = tracking.queries().sessions(3);
        assertThat(listing.total()).isEqualTo(4);
        assertThat(listing.sessions()).extracting(TrackedSession::id)
                .containsExactly(sessions.get(3).id(), sessions.get(2).id(), sessions.get(1).id());
        CashSession waiting = till.sessionWithRefusedTicket(1, 0);
        till.publish(waiting.tickets().get(0));
        until("refused", () -> !tracking.queries().quarantined(1).entries().isEmpty());
        assertThat(tracking.queries().sessions(1).sessions()).extracting(TrackedSession::id).as("of which nothing was delivered")
                .containsExactly(waiting.id());
        assertThat(tracking.queries().sessions(1).total()).isEqualTo(5);
    }

    private TrackedSession session(String id) throws InterruptedException {
        return tracking.queries().session(id).orElseThrow();
    }

    private SessionState state(String session) throws InterruptedException {
        return tracking.queries().session(session).map(TrackedSession::state).orElse(null);
    }

    private long delivered(String session) throws InterruptedException {
        return tracking.queries().session(session).map(found -> found.tickets().delivered()).orElse(0L);
    }

    private List<TrackedSession> listed() throws InterruptedException {
        return tracking.queries().sessions(10).sessions();
    }

    private SessionOutcome release(String session) throws InterruptedException {
        return tracking.decisions().release(session, BY_MARIE);
    }

    private static long sum(CashSession session) {
        return session.tickets().stream().mapToLong(SaleEvent::amountCents).sum();
    }
}
