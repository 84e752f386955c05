package io.github.passerelle.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Header;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** A demonstration that could only succeed would show nothing. */
class ReckoningTest {

    private final Till till = new Till(null, 11);
    private final Published sold = new Published("1-0", till.ticket());
    private final Published wrong = new Published("2-0", till.refusedTicket());
    private final List<Received> ledger = new ArrayList<>(List.of(request(sold, 201, true, false), request(wrong, 422, false, false)));

    private Received request(Published entry, int status, boolean booked, boolean duplicate) {
        return request(entry.key(), entry.payload(), status, booked, duplicate);
    }

    private Received request(String key, byte[] body, int status, boolean booked, boolean duplicate) {
        return new Received(Instant.EPOCH, 0, "POST", "/", List.of(new Header("Idempotency-Key", key)), body, status, "", booked, duplicate);
    }

    private Reckoning reckoning(String... pending) {
        return new Reckoning(List.of(sold, wrong), ledger, List.of(pending), Set.of());
    }

    @Test
    void addsUpWhenAllIsWhereItBelongs() {
        assertThat(reckoning("2-0").addsUp()).isTrue();
        assertThat(reckoning("2-0").delivered()).containsExactly(sold);
        assertThat(reckoning("2-0").refused()).containsExactly(wrong);
    }

    @Test
    void aCloseThatWaitsForARefusedTicketBelongsThere() {
        CashSession session = till.sessionWithRefusedTicket(1, 0);
        Published refused = new Published("3-0", session.tickets().get(0));
        Published closed = new Published("4-0", session.closed());
        Published other = new Published("4-0", till.session(1).closed());
        ledger.add(request(refused, 422, false, false));
        assertThat(new Reckoning(List.of(refused, closed), ledger.subList(2, 3), List.of("3-0", "4-0"), Set.of()).addsUp()).isTrue();
        assertThat(new Reckoning(List.of(refused, closed), ledger.subList(2, 3), List.of("3-0"), Set.of()).addsUp()).isFalse();
        assertThat(new Reckoning(List.of(refused, other), ledger.subList(2, 3), List.of("3-0", "4-0"), Set.of()).addsUp()).isFalse();
    }

    @Test
    void aKeySentTwiceAndBookedOnceIsFine() {
        ledger.add(request(sold, 200, false, true));
        assertThat(reckoning("2-0").addsUp()).isTrue();
        assertThat(reckoning("2-0").recognised()).containsExactly(sold);
    }

    @Test
    void aDeliveredEntryThatIsStillPendingIsNotSettled() {
        assertThat(reckoning("1-0", "2-0").addsUp()).isFalse();
    }

    @Test
    void aRefusedEntryThatIsNoLongerPendingIsLost() {
        assertThat(reckoning().addsUp()).isFalse();
    }

    @Test
    void anEntryThatNeverArrivedIsLost() {
        ledger.remove(0);
        assertThat(reckoning("2-0").addsUp()).isFalse();
        assertThat(reckoning("2-0").missing()).contains("neither delivered nor refused: ticket 1 (1-0)");
    }

    @Test
    void twoBookingsOfOneSaleAreOneTooMany() {
        ledger.add(request(sold, 201, true, false));
        assertThat(reckoning("2-0").addsUp()).isFalse();
    }

    @Test
    void aChangedBodyIsNoticed() {
        ledger.add(request(sold.key(), sold.sale().payloadText().replace(": ", ":").getBytes(StandardCharsets.UTF_8), 200, false, true));
        assertThat(reckoning("2-0").bodiesAreUnchanged()).isFalse();
        assertThat(reckoning("2-0").addsUp()).isFalse();
    }

    @Test
    void aRequestThatNobodyPublishedIsNoticed() {
        ledger.add(request("pos.ticket.created:somebody", new byte[0], 422, false, false));
        assertThat(reckoning("2-0").addsUp()).isFalse();
    }

    @Test
    void anAmountThatDiffersIsNoticed() {
        ledger.set(0, request(sold.key(), till.ticket().payload(), 201, true, false));
        assertThat(reckoning("2-0").amountsAgree()).isFalse();
    }

    @Test
    void aForeignPendingEntryIsNoticed() {
        assertThat(reckoning("2-0", "3-0").addsUp()).isFalse();
    }
}
