package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.tracking.Outcome.Result;

class DecisionsTest extends TrackingTest {

    private static final Why NO_REASON = Why.optional(null, null);

    @Test
    void theWorkerSendsAReplayedEntryAtOnce() throws Exception {
        start();
        Published sale = quarantinedTicket();
        paheko.always(Behaviour.accept());
        assertThat(replay(sale)).isEqualTo(Result.DONE);
        until("delivered", () -> state(sale) == State.DELIVERED);
        assertThat(paheko.received(sale.key())).hasSize(2);
        assertThat(replay(sale)).as("once more").isEqualTo(Result.ALREADY);
        assertThat(paheko.received(sale.key())).hasSize(2);
    }

    @Test
    void theNextStartSendsWhatWasReplayedWhileNoneWasAtWork() throws Exception {
        PasserelleApp app = start();
        Published sale = quarantinedTicket();
        stop(app);
        assertThat(replay(sale)).isEqualTo(Result.DONE);
        assertThat(replay(sale)).as("once more").isEqualTo(Result.ALREADY);
        assertThat(paheko.received(sale.key())).as("nothing is sent by who decides").hasSize(1);
        paheko.always(Behaviour.accept());
        start();
        until("delivered", () -> state(sale) == State.DELIVERED);
        assertThat(paheko.received(sale.key())).hasSize(2);
    }

    @Test
    void oneThatIsRefusedAgainIsPutAsideAgainAndCanBeReplayedAgain() throws Exception {
        start();
        Published sale = quarantinedTicket();
        for (int tries = 2; tries < 4; tries++) {
            int wanted = tries;
            assertThat(replay(sale)).isEqualTo(Result.DONE);
            until("refused again", () -> state(sale) == State.QUARANTINED && entry(sale).dossier().tries() == wanted);
        }
        assertThat(entry(sale).decided()).isNotNull();
    }

    @Test
    void twoWhoReplayTheSameAtOnceSendItOnce() throws Exception {
        PasserelleApp app = start();
        Published sale = quarantinedTicket();
        stop(app);
        assertThat(atOnce(() -> replay(sale), () -> replay(sale))).containsExactlyInAnyOrder(Result.DONE, Result.ALREADY);
        paheko.always(Behaviour.accept());
        start();
        until("delivered", () -> state(sale) == State.DELIVERED);
        assertThat(paheko.received(sale.key())).hasSize(2);
    }

    @Test
    void twoWhoDiscardTheSameAtOnceHaveOneReason() throws Exception {
        start();
        Published sale = quarantinedTicket();
        Why other = Why.required("a test", "Paul");
        assertThat(atOnce(() -> discard(sale, BY_MARIE), () -> discard(sale, other))).containsExactlyInAnyOrder(Result.DONE, Result.ALREADY);
        Decided decided = entry(sale).decided();
        assertThat(List.of("Marie", "Paul")).contains(decided.author());
        assertThat(decided.reason()).isEqualTo(decided.author().equals("Marie") ? "entered by hand" : "a test");
        assertThat(discard(sale, other)).isEqualTo(Result.ALREADY);
        assertThat(entry(sale).decided()).as("the first decision stands").isEqualTo(decided);
    }

    @Test
    void whatIsQuarantinedOrScheduledCanBeDiscardedWithAndWithoutAWorker() throws Exception {
        PasserelleApp app = start();
        Published refused = quarantinedTicket();
        Published failed = pendingTicket();
        Published refusedToo = quarantinedTicket();
        Published failedToo = pendingTicket();
        assertThat(discard(refused, BY_MARIE)).isEqualTo(Result.DONE);
        assertThat(discard(failed, BY_MARIE)).isEqualTo(Result.DONE);
        stop(app);
        assertThat(discard(refusedToo, BY_MARIE)).isEqualTo(Result.DONE);
        assertThat(discard(failedToo, BY_MARIE)).isEqualTo(Result.DONE);
        assertThat(pending()).isEmpty();
        for (Published sale : List.of(refused, failed, refusedToo, failedToo)) {
            assertThat(entry(sale).state()).isEqualTo(State.DISCARDED);
            assertThat(entry(sale).dossier().cause()).as("why it had failed is kept").isNotNull();
        }
        assertThat(replay(refused)).isEqualTo(Result.DISCARDED);
        int sent = paheko.ledger().size();
        start();
        deliveredTicket();
        assertThat(paheko.ledger()).as("none of them is sent any more").hasSize(sent + 1);
    }

    @Test
    void whatIsBeingSentIsNotDiscarded() throws Exception {
        Hold hold = paheko.holdAnswer();
        start();
        Published sale = till.publish(till.ticket());
        hold.awaitHeld();
        assertThat(discard(sale, BY_MARIE)).isEqualTo(Result.IN_PROGRESS);
        assertThat(replay(sale)).isEqualTo(Result.NOT_QUARANTINED);
        assertThat(pending()).containsExactly(sale.entryId());
        hold.release();
        until("delivered", () -> state(sale) == State.DELIVERED);
        assertThat(entry(sale).decided()).isNull();
    }

    @Test
    void whatWasDeliveredIsNotDiscarded() throws Exception {
        start();
        Published sale = deliveredTicket();
        assertThat(discard(sale, BY_MARIE)).isEqualTo(Result.DELIVERED);
        assertThat(replay(sale)).as("what a replay is for has come about").isEqualTo(Result.ALREADY);
        assertThat(state(sale)).isEqualTo(State.DELIVERED);
    }

    @Test
    void whatNobodyHasReadIsNeitherDiscardedNorReplayed() throws Exception {
        Published sale = till.publish(till.ticket());
        assertThat(discard(sale, BY_MARIE)).as("there is no group yet").isEqualTo(Result.NOT_READ);
        assertThat(replay(sale)).isEqualTo(Result.NOT_READ);
        PasserelleApp app = start();
        until("delivered", () -> state(sale) == State.DELIVERED);
        stop(app);
        Published next = till.publish(till.ticket());
        assertThat(discard(next, BY_MARIE)).isEqualTo(Result.NOT_READ);
        assertThat(replay(next)).isEqualTo(Result.NOT_READ);
        assertThat(state(next)).isEqualTo(State.WAITING);
    }

    @Test
    void nothingIsDoneAboutAnEntryThatIsNotThere() throws Exception {
        EntryId unknown = EntryId.parse("1763640000000-0");
        for (int i = 0; i < 2; i++) {
            assertThat(tracking.decisions().replay(unknown, NO_REASON)).isEqualTo(new Outcome(unknown, Result.UNKNOWN, null));
            assertThat(tracking.decisions().discard(unknown, BY_MARIE)).isEqualTo(new Outcome(unknown, Result.UNKNOWN, null));
            // the second time with a stream, a group and an entry
            start();
            deliveredTicket();
        }
        assertThat(redis.command("KEYS", quarantine() + "*")).asList().isEmpty();
    }

    @Test
    void oneThatIsScheduledIsNotReplayed() throws Exception {
        start();
        Published sale = pendingTicket();
        Outcome outcome = tracking.decisions().replay(id(sale), NO_REASON);
        assertThat(outcome.result()).isEqualTo(Result.NOT_QUARANTINED);
        assertThat(outcome.entry().nextTry()).isNotNull();
    }

    @Test
    void reasonAndAuthorAreKeptAsTheyWereSaid() throws Exception {
        start();
        Published sale = quarantinedTicket();
        String reason = "déjà saisi \"à la main\"\n\u001b[2J " + "x".repeat(900) + " 🛋";
        tracking.decisions().discard(id(sale), Why.required("  " + reason + " ", " Zoé "));
        assertThat(entry(sale).decided().reason()).isEqualTo(reason);
        assertThat(entry(sale).decided().author()).isEqualTo("Zoé");
    }

    @Test
    void aDiscardWithoutAReasonOrAnAuthorIsRefusedBeforeRedisIsAsked() {
        for (Why why : List.of(NO_REASON, Why.optional("a reason", null), Why.optional(null, "Marie"))) {
            assertThatThrownBy(() -> tracking.decisions().discard(EntryId.MIN, why)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\t\n" })
    void whatIsBlankIsNoReasonAndNoAuthor(String blank) {
        assertThatThrownBy(() -> Why.required(blank, "Marie")).hasMessage("the reason is empty: it is kept with the entry, for those who ask later");
        assertThatThrownBy(() -> Why.required("a reason", blank)).hasMessageStartingWith("the author is empty");
        assertThatThrownBy(() -> Why.required("a reason", null)).hasMessageStartingWith("the author is empty");
        assertThatThrownBy(() -> Why.optional(blank, null)).as("who says nothing leaves it out").hasMessageStartingWith("the reason is empty");
        assertThat(Why.optional(null, null)).isEqualTo(new Why("", ""));
    }

    @Test
    void theLimitsAreNamed() {
        assertThat(Why.required("é".repeat(1000), "🛋".repeat(100)).author()).hasSize(200);
        assertThatThrownBy(() -> Why.required("x".repeat(10_000), "Marie")).hasMessage("the reason has 10000 characters; at most 1000 are kept");
        assertThatThrownBy(() -> Why.optional("x".repeat(1001), null)).hasMessageStartingWith("the reason has 1001 characters");
        assertThatThrownBy(() -> Why.required("a reason", "x".repeat(101))).hasMessage("the author has 101 characters; at most 100 are kept");
        assertThatThrownBy(() -> Why.required("d\uFFFDj\uFFFD", "Marie")).hasMessageContaining("could not be read", "LC_ALL=C.UTF-8");
    }

    private Result replay(Published sale) throws InterruptedException {
        return tracking.decisions().replay(id(sale), NO_REASON).result();
    }


    private Result discard(Published sale, Why why) throws InterruptedException {
        return tracking.decisions().discard(id(sale), why).result();
    }
}
