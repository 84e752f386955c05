package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Where entries are, in each state that there is. */
class QueriesTest extends TrackingTest {

    @Test
    void aSaleThatNobodyHasReadWaits() throws Exception {
        Published sale = till.publish(till.ticket());
        TrackedEntry entry = whereIs(saleId(sale));
        assertThat(entry.state()).isEqualTo(State.WAITING);
        assertThat(entry.id()).isEqualTo(id(sale));
        assertThat(entry.sale()).isEqualTo(saleId(sale));
        assertThat(entry.dossier().event()).isEqualTo("pos.ticket.created");
        assertThat(entry.since()).isEqualTo(id(sale).time());
        assertThat(where(saleId(sale)).worker().atWork()).isFalse();
        assertThat(whereIs(sale.entryId())).isEqualTo(entry);
    }

    @Test
    void aDeliveredSaleIsDeliveredAsLongAsTheStreamHoldsIt() throws Exception {
        start();
        Published sale = deliveredTicket();
        TrackedEntry entry = whereIs(saleId(sale));
        assertThat(entry.state()).isEqualTo(State.DELIVERED);
        assertThat(entry.since()).as("when is not kept").isNull();
        redis.command("XDEL", stream, sale.entryId());
        assertThat(where(saleId(sale)).entries()).isEmpty();
        assertThat(where(sale.entryId()).entries()).isEmpty();
    }

    @Test
    void aSaleIsInProgressWhilePahekoHasNotAnswered() throws Exception {
        Hold hold = paheko.holdAnswer();
        start();
        Published sale = till.publish(till.ticket());
        hold.awaitHeld();
        assertThat(whereIs(saleId(sale)).state()).isEqualTo(State.DUE);
        assertThat(where(saleId(sale)).worker().atWork()).isTrue();
        assertThat(tracking.queries().pending(10).entries()).extracting(TrackedEntry::sale).containsExactly(saleId(sale));
        hold.release();
        until("delivered", () -> state(sale) == State.DELIVERED);
    }

    @Test
    void aSaleThatFailedIsScheduledWithItsCause() throws Exception {
        start();
        Instant before = Instant.now();
        Published sale = pendingTicket();
        TrackedEntry entry = whereIs(saleId(sale));
        assertThat(entry.nextTry()).isAfter(before.plusSeconds(2_800));
        assertThat(entry.rounds()).isEqualTo(1);
        assertThat(entry.dossier().cause()).isEqualTo("paheko_5xx");
        assertThat(entry.dossier().status()).isEqualTo(503);
        assertThat(entry.dossier().answer()).isEqualTo("Réponse 503");
        assertThat(entry.since()).isEqualTo(Instant.ofEpochMilli(entry.dossier().last())).isAfterOrEqualTo(before.minusMillis(1));
        assertThat(tracking.queries().pending(10).entries()).containsExactly(entry);
    }

    @Test
    void aRefusedSaleIsQuarantinedWithPahekosWords() throws Exception {
        start();
        Published sale = quarantinedTicket();
        TrackedEntry entry = whereIs(saleId(sale));
        assertThat(entry.state()).isEqualTo(State.QUARANTINED);
        assertThat(entry.since()).isAfterOrEqualTo(id(sale).time());
        assertThat(entry.dossier().cause()).isEqualTo("rejected");
        assertThat(entry.dossier().answer()).isEqualTo("Champ invalide : total_amount (différent de la somme des paiements)");
        assertThat(entry.decided()).isNull();
        assertThat(entry.damage()).isNull();
        redis.command("XTRIM", stream, "MAXLEN", 0);
        assertThat(whereIs(saleId(sale))).as("although the stream holds it no more").isEqualTo(entry);
        assertThat(tracking.queries().quarantined(10).entries()).containsExactly(entry);
        assertThat(tracking.queries().size(id(sale))).as("its content is kept").hasValueSatisfying(
                size -> assertThat(size).isEqualTo(sale.payload().length + sale.type().length()));
    }

    @Test
    void aReplayedSaleIsReplayedUntilItIsTried() throws Exception {
        PasserelleApp app = start();
        Published sale = quarantinedTicket();
        stop(app);
        tracking.decisions().replay(id(sale), Why.optional("price corrected", null));
        TrackedEntry entry = whereIs(saleId(sale));
        assertThat(entry.state()).isEqualTo(State.REPLAYED);
        assertThat(entry.decided().reason()).isEqualTo("price corrected");
        assertThat(entry.decided().author()).isNull();
        assertThat(entry.since()).isEqualTo(entry.decided().at()).isAfterOrEqualTo(id(sale).time());
        paheko.always(Behaviour.accept());
        start();
        until("delivered", () -> state(sale) == State.DELIVERED);
        TrackedEntry delivered = whereIs(saleId(sale));
        assertThat(delivered.since()).isAfterOrEqualTo(entry.since());
        assertThat(delivered.decided()).isEqualTo(entry.decided());
        assertThat(tracking.queries().closed(10).entries()).containsExactly(delivered);
    }

    @Test
    void aReplayThatFailsForAPassingReasonIsScheduledAndNoLongerCalledReplayed() throws Exception {
        start();
        Published sale = quarantinedTicket();
        paheko.answerNext(1, Behaviour.answer(503));
        tracking.decisions().replay(id(sale), Why.optional(null, null));
        until("tried again", () -> state(sale) == State.SCHEDULED);
        assertThat(entry(sale).dossier().cause()).isEqualTo("paheko_5xx");
        assertThat(entry(sale).decided()).as("what was decided is still told").isNotNull();
        assertThat(tracking.queries().quarantined(10).total()).isZero();
    }

    @Test
    void aDiscardedSaleSaysByWhomAndWhy() throws Exception {
        start();
        Published sale = quarantinedTicket();
        tracking.decisions().discard(id(sale), BY_MARIE);
        redis.command("XTRIM", stream, "MAXLEN", 0);
        TrackedEntry entry = whereIs(saleId(sale));
        assertThat(entry.state()).isEqualTo(State.DISCARDED);
        assertThat(entry.decided().author()).isEqualTo("Marie");
        assertThat(entry.decided().reason()).isEqualTo("entered by hand");
        assertThat(entry.since()).isNotNull();
        assertThat(entry.dossier().cause()).isEqualTo("rejected");
        assertThat(tracking.queries().quarantined(10).total()).isZero();
        assertThat(tracking.queries().closed(10).entries()).containsExactly(entry);
    }

    @Test
    void aSessionNamesEachOfItsEntriesInTheirOrder() throws Exception {
        start();
        CashSession other = till.session(1);
        till.publish(other);
        CashSession session = till.sessionWithRefusedTicket(3, 1);
        List<Published> published = till.publish(session);
        until("the refused one is put aside, the close held and the others delivered",
                () -> pending().equals(List.of(published.get(2).entryId(), published.get(4).entryId()))
                        && state(published.get(2)) == State.QUARANTINED && state(published.get(4)) == State.HELD);
        Found found = where(session.id());
        assertThat(found.what()).isEqualTo(Found.What.SESSION);
        assertThat(found.entries()).extracting(entry -> entry.id().toString())
                .containsExactlyElementsOf(published.stream().map(Published::entryId).toList());
        assertThat(found.entries()).extracting(TrackedEntry::state).containsExactly(State.DELIVERED, State.DELIVERED, State.QUARANTINED,
                State.DELIVERED, State.HELD);
        assertThat(where(other.id()).entries()).hasSize(3);
    }

    @Test
    void aSaleThatWasPublishedTwiceIsFoundTwice() throws Exception {
        SaleEvent ticket = till.ticket();
        Published first = till.publish(ticket);
        Published second = till.publish(ticket);
        Found found = where(saleId(first));
        assertThat(found.what()).isEqualTo(Found.What.SALE);
        assertThat(found.entries()).extracting(TrackedEntry::id).containsExactly(id(first), id(second));
        assertThat(where(first.key()).entries()).as("the idempotency key will do as well").isEqualTo(found.entries());
    }

    @Test
    void whatIsNotThereIsFoundNowhere() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(where("b1946ac9-2f1b-4a3c-8c7d-0b8c2d3e4f5a").entries()).isEmpty();
            assertThat(where("1763640000000-0").entries()).isEmpty();
            assertThat(where("pos.ticket.created").entries()).as("an event is no id").isEmpty();
            assertThat(where(":").entries()).isEmpty();
            assertThat(tracking.queries().pending(10).entries()).isEmpty();
            assertThat(tracking.queries().quarantined(10).entries()).isEmpty();
            assertThat(tracking.queries().closed(10).entries()).isEmpty();
            // the second time with a stream, a group and an entry
            start();
            deliveredTicket();
        }
    }

    @Test
    void findsAnEntryAmongThousandsAndReadsOlderFormsOfIt() throws Exception {
        redis.command("EVAL", """
                for n = 1, 2500 do
                  redis.call('XADD', KEYS[1], '*', 'event', 'pos.ticket.created', 'payload', '{"sale_id":"s-' .. n .. '","cash_session_id":"c-1"}')
                end""", 1, stream);
        redis.xadd(stream, "payload", "no json");
        redis.xadd(stream, "event", "pos.ticket.created", "data", "{\"sale_id\":\"s-old\"}");
        redis.xadd(stream, "event", "pos.session.opened", "session_id", "c-flat");
        assertThat(whereIs("s-1").sale()).isEqualTo("s-1");
        assertThat(whereIs("s-2500").sale()).isEqualTo("s-2500");
        assertThat(where("c-1").entries()).hasSize(2500);
        assertThat(whereIs("s-old").sale()).isEqualTo("s-old");
        assertThat(whereIs("c-flat").dossier().event()).isEqualTo("pos.session.opened");
    }

    @Test
    void saysNothingOfWhatASaleSays() throws Exception {
        start();
        String id = redis.xadd(stream, "event", "pos.ticket.created", "payload", """
                {"sale_id":"s-1","cash_session_id":"c-1","note":"for Mrs Dupont","total_amount":4711,"payments":[]}""");
        until("quarantined", () -> !tracking.queries().quarantined(1).entries().isEmpty());
        assertThat(List.of(where("s-1"), where("c-1"), where(id), tracking.queries().quarantined(1)).toString())
                .contains("s-1", "c-1", id).doesNotContain("Dupont", "4711", "payments");
    }

    @Test
    void theLatestOfTheQuarantineComeFirstAndTheOldestPendingOnes() throws Exception {
        start();
        Published first = quarantinedTicket();
        Published second = quarantinedTicket();
        Published third = quarantinedTicket();
        Listing latest = tracking.queries().quarantined(2);
        assertThat(latest.total()).isEqualTo(3);
        assertThat(latest.entries()).extracting(TrackedEntry::id).containsExactly(id(third), id(second));
        assertThat(tracking.queries().quarantinedFor("rejected")).containsExactly(id(first), id(second), id(third));
        assertThat(tracking.queries().quarantinedFor("unreadable")).isEmpty();
        Published pending = pendingTicket();
        deliveredTicket();
        pendingTicket();
        Listing oldest = tracking.queries().pending(1);
        assertThat(oldest.total()).isEqualTo(2);
        assertThat(oldest.entries()).extracting(TrackedEntry::id).containsExactly(id(pending));
    }

    @Test
    void anEntryThatWasAcknowledgedByHandWithoutEverBeingPutAsideCountsAsDelivered() throws Exception {
        paheko.answer(503);
        start();
        Published sale = pendingTicket();
        redis.xack(stream, Till.GROUP, sale.entryId());
        assertThat(state(sale)).isEqualTo(State.DELIVERED);
    }

    private Found where(String id) throws InterruptedException {
        return tracking.queries().where(id);
    }

    private TrackedEntry whereIs(String id) throws InterruptedException {
        assertThat(where(id).entries()).as("where " + id).hasSize(1);
        return where(id).entries().get(0);
    }

    @Test
    void anIdFarInTheFutureOrOfStrangeFormIsNoFailure() throws Exception {
        till.publish(till.ticket());
        for (EntryId id : List.of(EntryId.MIN, EntryId.parse("18446744073709551615-18446744073709551615"), EntryId.parse("99999999999999-0"))) {
            assertThat(tracking.queries().entry(id)).isEmpty();
        }
    }
}
