package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.tracking.SessionOutcome.Result;

/** Sessions as no till should publish them, and ledgers that somebody has changed: each is told for what it is, and nothing fails. */
class StrangeSessionsTest extends TrackingTest {

    private static final String TICKET = """
            {"sale_id":"%s","cash_session_id":"c-1","total_amount":%s,"items":[{}],"payments":[{"payment_method":"especes","amount":%s}]}""";

    /** The payloads here have little of what a till says. */
    @BeforeEach
    void acceptWhatever() {
        paheko.always(Behaviour.accept());
    }

    @Test
    void aSessionThatIsClosedTwiceIsClosed() throws Exception {
        start();
        opened("c-1");
        closed("{\"session_id\":\"c-1\",\"total_sales\":0,\"total_items\":0}");
        String second = closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1}");
        until("both delivered", () -> isDelivered(second));
        assertThat(session("c-1").state()).isEqualTo(SessionState.CLOSED);
        assertThat(session("c-1").books().totals()).as("the first one counts").isEqualTo("equal");
        assertThat(listed()).hasSize(1);
    }

    @Test
    void aSessionThatIsClosedTwiceAndHeldIsReleasedOnce() throws Exception {
        start();
        String opened = opened("c-1");
        until("opened", () -> isDelivered(opened));
        String refused = refusedTicket();
        closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1}");
        String second = closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1}");
        until("both held", () -> tracking.queries().overview().held() == 2);
        assertThat(session("c-1").waitsFor()).extracting(entry -> entry.id().toString()).containsExactly(refused);
        assertThat(release("c-1")).isEqualTo(Result.DONE);
        until("both delivered", () -> isDelivered(second));
        assertThat(release("c-1")).isEqualTo(Result.ALREADY);
        assertThat(session("c-1").decided()).as("both were decided about").hasSize(2);
    }

    @Test
    void aSessionThatIsOpenedTwiceIsOpenSinceTheFirstTime() throws Exception {
        String first = opened("c-1");
        String second = opened("c-1");
        assertThat(session("c-1").openedAt()).isEqualTo(time(first));
        start();
        until("both delivered", () -> isDelivered(second));
        assertThat(session("c-1").openedAt()).isEqualTo(time(first));
        assertThat(session("c-1").state()).isEqualTo(SessionState.OPEN);
        assertThat(listed()).hasSize(1);
    }

    @Test
    void theCloseOfASessionThatWasNeverOpenedClosesItWithUnknownTotals() throws Exception {
        start();
        String close = closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1}");
        until("delivered", () -> isDelivered(close));
        TrackedSession session = session("c-1");
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(session.openedAt()).isNull();
        assertThat(session.books().totals()).isEqualTo("unknown");
        assertThat(session.isDifferent()).isFalse();
    }

    @Test
    void ticketsOfASessionThatWasNeverOpenedAreCounted() throws Exception {
        start();
        String ticket = ticket("s-1", "500", "500");
        until("delivered", () -> isDelivered(ticket));
        assertThat(session("c-1").state()).isEqualTo(SessionState.UNKNOWN);
        assertThat(session("c-1").tickets().delivered()).isEqualTo(1);
        assertThat(release("c-1")).isEqualTo(Result.NO_CLOSE);
    }

    @Test
    void aTicketAfterTheCloseMakesTheTotalsDiffer() throws Exception {
        start();
        opened("c-1");
        ticket("s-1", "500", "500");
        closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1}");
        until("closed", () -> tracking.queries().session("c-1").map(TrackedSession::state).orElse(null) == SessionState.CLOSED);
        assertThat(session("c-1").isDifferent()).isFalse();
        String late = ticket("s-2", "300", "300");
        until("delivered", () -> isDelivered(late));
        TrackedSession session = session("c-1");
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(session.tickets().delivered()).isEqualTo(2);
        assertThat(session.books().totals()).isEqualTo("different");
        assertThat(session.books().totalsAtClose()).isEqualTo("equal");
        assertThat(session.isDifferent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "7", "null", "[\"c-1\"]", "{\"id\":\"c-1\"}", "true", "\"\"", "\"c 1\"" })
    void whatIsNoSessionIdNamesNoSession(String id) throws Exception {
        start();
        String opened = redis.xadd(stream, "event", "pos.session.opened", "payload", "{\"session_id\":" + id + "}");
        String closed = redis.xadd(stream, "event", "pos.session.closed", "payload", "{\"session_id\":" + id + "}");
        until("delivered", () -> isDelivered(opened) && isDelivered(closed));
        assertThat(listed()).isEmpty();
        assertThat(tracking.queries().session("7")).isEmpty();
        assertThat(tracking.queries().session("")).isEmpty();
        assertThat(tracking.queries().session("null")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ",\"total_sales\":500", ",\"total_items\":1", ",\"total_sales\":5.00,\"total_items\":1",
            ",\"total_sales\":\"500\",\"total_items\":1", ",\"total_sales\":500,\"total_items\":null",
            ",\"total_sales\":99999999999999999999,\"total_items\":1" })
    void totalsThatAreMissingOrNoWholeNumbersAreUnknown(String totals) throws Exception {
        start();
        opened("c-1");
        ticket("s-1", "500", "500");
        String close = closed("{\"session_id\":\"c-1\"" + totals + "}");
        until("delivered", () -> isDelivered(close));
        assertThat(session("c-1").books().totals()).isEqualTo("unknown");
        assertThat(session("c-1").books().totalsAtClose()).isEqualTo("unknown");
        assertThat(session("c-1").isDifferent()).isFalse();
    }

    @Test
    void negativeTotalsAreNumbersLikeOthers() throws Exception {
        start();
        opened("c-1");
        String close = closed("{\"session_id\":\"c-1\",\"total_sales\":-500,\"total_items\":-1,\"closing_amount\":500,\"actual_amount\":400}");
        until("delivered", () -> isDelivered(close));
        assertThat(session("c-1").books().totals()).isEqualTo("different");
        assertThat(session("c-1").books().expected().cents()).isEqualTo(-500);
        assertThat(session("c-1").books().expected().tillDifference()).isEqualTo(-100);
    }

    @Test
    void anAmountThatIsNoWholeNumberIsToldAndMakesTheTotalsUnknown() throws Exception {
        start();
        opened("c-1");
        ticket("s-1", "500", "500");
        ticket("s-2", "5.00", "5.00");
        String close = closed("{\"session_id\":\"c-1\",\"total_sales\":1000,\"total_items\":2}");
        until("closed", () -> isDelivered(close));
        assertThat(session("c-1").tickets().delivered()).isEqualTo(2);
        assertThat(session("c-1").books().unreadable()).isEqualTo(1);
        assertThat(session("c-1").books().cents()).isEqualTo(500);
        assertThat(session("c-1").books().totals()).isEqualTo("unknown");
    }

    @Test
    void aLedgerThatWasDamagedByHandIsUnknownWhereItIs() throws Exception {
        closedSession();
        redis.command("HSET", ledger(), "cents", "many", "lines", "1.5", "paid:especes", "", "closed", "yesterday", "opened", "-", "totals", "fine",
                "expectedCents", "x", "tillDifference", "\u001b[2J", "paid:\u001b[2J", "7");
        for (TrackedSession session : List.of(session("c-1"), listed().get(0))) {
            assertThat(session.state()).isEqualTo(SessionState.CLOSED);
            assertThat(session.tickets().delivered()).isEqualTo(1);
            assertThat(session.books().cents()).isNull();
            assertThat(session.books().lines()).isNull();
            assertThat(session.books().payments()).containsEntry("especes", null).containsEntry("\u001b[2J", 7L);
            assertThat(session.books().totals()).isEqualTo("unknown");
            assertThat(session.books().totalsAtClose()).isEqualTo("unknown");
            assertThat(session.books().expected().cents()).isNull();
            assertThat(session.books().expected().tillDifference()).isNull();
        }
        assertThat(release("c-1")).isEqualTo(Result.ALREADY);
    }

    @ParameterizedTest
    @ValueSource(strings = { "SET", "RPUSH", "SADD", "DEL" })
    void aLedgerThatIsLostIsUnknownAndTheStreamStillTells(String command) throws Exception {
        closedSession();
        redis.command("DEL", ledger());
        if (!command.equals("DEL")) {
            redis.command(command, ledger(), "x");
        }
        TrackedSession session = session("c-1");
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(session.tickets().delivered()).isNull();
        assertThat(session.books().cents()).isNull();
        assertThat(session.books().totals()).isEqualTo("unknown");
        assertThat(session.books().expected().cents()).as("it stands in the close").isEqualTo(500);
        assertThat(listed()).extracting(TrackedSession::id).containsExactly("c-1");
        redis.command("XTRIM", stream, "MAXLEN", 0);
        assertThat(session("c-1").state()).as("nothing is left but its name").isEqualTo(SessionState.UNKNOWN);
        assertThat(session("c-1").tickets().delivered()).isNull();
        assertThat(release("c-1")).isEqualTo(Result.NO_CLOSE);
    }

    @Test
    void aListOfSessionsThatIsLostLosesNoLedger() throws Exception {
        closedSession();
        redis.command("ZADD", "{" + stream + "}:counted:" + Till.GROUP, "+inf", "session:c-2", "1.5", "other:c-3", "-inf", "session:c-4");
        assertThat(listed()).extracting(TrackedSession::id).contains("c-1", "c-2", "c-4").doesNotContain("c-3");
        redis.command("DEL", "{" + stream + "}:counted:" + Till.GROUP);
        redis.command("SET", "{" + stream + "}:counted:" + Till.GROUP, "x");
        assertThat(listed()).isEmpty();
        assertThat(session("c-1").books().cents()).isEqualTo(500);
    }

    @Test
    void anEntryThatIsBeingSentIsFoundByItsContent() throws Exception {
        Hold hold = paheko.holdAnswer();
        start();
        String opened = opened("c-1");
        hold.awaitHeld();
        ticket("s-1", "500", "500");
        assertThat(listed()).extracting(TrackedSession::id).containsExactly("c-1");
        assertThat(session("c-1").openedAt()).isEqualTo(time(opened));
        assertThat(session("c-1").tickets().pending() + session("c-1").tickets().waiting()).isEqualTo(1);
        hold.release();
        until("delivered", () -> session("c-1").tickets().equals(new Tickets(1L, 0, 0, 0, 0, 0)));
    }

    @Test
    void aPendingTicketThatWasTrimmedStillHoldsTheCloseOfItsSession() throws Exception {
        start();
        opened("c-1");
        paheko.answerNext(1, Behaviour.accept()).answerNext(1, Behaviour.answer(503));
        String ticket = ticket("s-1", "500", "500");
        until("pending", () -> tracking.queries().overview().scheduled() == 1);
        closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1}");
        until("held", () -> session("c-1").state() == SessionState.HELD);
        redis.command("XTRIM", stream, "MAXLEN", 0);
        assertThat(session("c-1").waitsFor()).extracting(entry -> entry.id().toString()).containsExactly(ticket);
        assertThat(session("c-1").tickets().pending()).isEqualTo(1);
        assertThat(session("c-1").books().expected()).as("nothing is left of the close").isNull();
        assertThat(session("c-1").books().totals()).isNull();
        assertThat(listed()).extracting(TrackedSession::state).containsExactly(SessionState.HELD);
        assertThat(release("c-1")).isEqualTo(Result.DONE);
    }

    @Test
    void totalsThatDifferHoldTheCloseWhereThatIsWanted() throws Exception {
        start(app().setting("PAHEKO_PUSH_HOLD_ON_DIFFERENCE", true));
        opened("c-1");
        ticket("s-1", "500", "500");
        String close = closed("{\"session_id\":\"c-1\",\"total_sales\":800,\"total_items\":2}");
        until("held", () -> tracking.queries().session("c-1").map(TrackedSession::state).orElse(null) == SessionState.HELD);
        assertThat(session("c-1").waitsFor()).isEmpty();
        assertThat(session("c-1").isDifferent()).isTrue();
        assertThat(release("c-1")).isEqualTo(Result.DONE);
        until("closed", () -> isDelivered(close));
        assertThat(session("c-1").books().totalsAtClose()).isEqualTo("different");
        assertThat(session("c-1").decided()).hasSize(1);
    }

    /** What was delivered is counted in the ledger; only what is not is looked at one by one. */
    @Test
    void aSessionOfManyTicketsIsCountedWithoutKeepingThem() throws Exception {
        redis.command("EVAL", """
                for n = 1, 20000 do
                  redis.call('XADD', KEYS[1], '*', 'event', 'pos.ticket.created', 'payload', '{"sale_id":"s-' .. n .. '","cash_session_id":"c-1"}')
                end
                redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0')
                local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], 'passerelle', 'COUNT', 10000, 'STREAMS', KEYS[1], '>')
                for n = 1, 9000 do
                  redis.call('XACK', KEYS[1], ARGV[1], read[1][2][n][1])
                end
                redis.call('HSET', KEYS[2], 'opened', '1-1', 'tickets', '9000', 'lines', '9000', 'cents', '4500000')
                redis.call('ZADD', KEYS[3], 1, 'session:c-1')""", 3, stream, ledger(), "{" + stream + "}:counted:" + Till.GROUP, Till.GROUP);
        assertThat(session("c-1").tickets()).isEqualTo(new Tickets(9000L, 1000, 0, 10_000, 0, 0));
        assertThat(session("c-1").undelivered()).as("those that nobody has read are not kept").hasSize(1000);
        assertThat(listed()).extracting(TrackedSession::tickets).containsExactly(new Tickets(9000L, 1000, 0, 10_000, 0, 0));
    }

    @Test
    void thousandsOfSessionsAreListedPageByPage() throws Exception {
        redis.command("EVAL", """
                for n = 1, 3000 do
                  redis.call('ZADD', KEYS[1], n, 'session:c-' .. n)
                  redis.call('HSET', ARGV[1] .. n, 'opened', n .. '-0', 'tickets', n)
                end""", 1, "{" + stream + "}:counted:" + Till.GROUP, "{" + stream + "}:counted:" + Till.GROUP + ":session:c-");
        SessionListing listing = tracking.queries().sessions(2);
        assertThat(listing.total()).isEqualTo(3000);
        assertThat(listing.sessions()).extracting(TrackedSession::id).containsExactly("c-3000", "c-2999");
        assertThat(tracking.queries().sessions(Integer.MAX_VALUE).sessions()).hasSize(3000);
    }

    private void closedSession() throws Exception {
        start();
        opened("c-1");
        ticket("s-1", "500", "500");
        String close = closed("{\"session_id\":\"c-1\",\"total_sales\":500,\"total_items\":1,\"closing_amount\":500,\"actual_amount\":500}");
        until("closed", () -> isDelivered(close));
        assertThat(session("c-1").books()).isEqualTo(new Books(1L, 500L, 0L, 0L, Map.of("especes", 500L), session("c-1").books().expected(), "equal",
                "equal", null, false));
    }

    private String opened(String session) {
        return redis.xadd(stream, "event", "pos.session.opened", "payload", "{\"session_id\":\"" + session + "\",\"session_type\":\"real\"}");
    }

    private String ticket(String sale, String total, String paid) {
        return redis.xadd(stream, "event", "pos.ticket.created", "payload", TICKET.formatted(sale, total, paid));
    }

    private String refusedTicket() throws Exception {
        paheko.answerNext(1, Behaviour.answer(422));
        String ticket = ticket("s-refused", "500", "500");
        until("refused", () -> tracking.queries().overview().totalQuarantined() == 1);
        return ticket;
    }

    private String closed(String payload) {
        return redis.xadd(stream, "event", "pos.session.closed", "payload", payload);
    }

    private String ledger() {
        return "{" + stream + "}:counted:" + Till.GROUP + ":session:c-1";
    }

    private boolean isDelivered(String id) throws InterruptedException {
        return tracking.queries().entry(EntryId.parse(id)).map(TrackedEntry::state)
                .orElse(null) == State.DELIVERED;
    }

    private static Instant time(String id) {
        return EntryId.parse(id).time();
    }

    private TrackedSession session(String id) throws InterruptedException {
        return tracking.queries().session(id).orElseThrow();
    }

    private List<TrackedSession> listed() throws InterruptedException {
        return tracking.queries().sessions(10).sessions();
    }

    private Result release(String session) throws InterruptedException {
        return tracking.decisions().release(session, BY_MARIE).result();
    }
}
