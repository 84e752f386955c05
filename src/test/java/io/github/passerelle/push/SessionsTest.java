package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.camel.redisstreams.Decision;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConfiguration;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** The entries of a cash session: their order, and what is counted of them. */
class SessionsTest extends ChannelTest {

    private static final String[] FIELDS_OF_TOTALS = { "tickets", "cents", "totals" };

    // -- order ------------------------------------------------------------------------------------------------------------------------------

    @Test
    void aCloseDoesNotOvertakeATicketThatFailed() {
        CashSession session = till.session(3);
        SaleEvent failing = session.tickets().get(1);
        paheko.when(of(failing), 6, Behaviour.answer(503));
        List<Published> published = till.publish(session);
        start(app().setting("PAHEKO_PUSH_BACKOFF_SECONDS", 0.01).setting("PAHEKO_PUSH_REPLAY_SECONDS", 1));
        untilAcknowledged(published.toArray(Published[]::new));

        List<String> keys = paheko.ledger().stream().map(Received::key).toList();
        assertThat(keys.stream().filter(failing.key()::equals)).as("a first round, and a later one").hasSize(7);
        assertThat(keys.indexOf(session.tickets().get(2).key())).as("the next ticket waits for the end of the round")
                .isGreaterThan(5).isLessThan(keys.lastIndexOf(failing.key()));
        assertThat(keys).last().isEqualTo(session.closed().key());
        assertThat(paheko.received(session.closed().key())).hasSize(1);
        assertThat(ledger(session.id())).containsEntry("totals", "equal");
    }

    @Test
    void otherSessionsFlowWhileATicketIsInBackoff() throws Exception {
        CashSession slow = till.session(2);
        CashSession other = till.session(5);
        SaleEvent failing = slow.tickets().get(0);
        paheko.when(of(failing), Behaviour.answer(503));
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_BACKOFF_SECONDS", 600));
        till.publish(slow.opened());
        Published first = till.publish(failing);
        paheko.awaitRequests(1, failing.key());
        Published second = till.publish(slow.tickets().get(1));
        List<Published> others = till.publish(other);
        untilAcknowledged(others.toArray(Published[]::new));
        assertThat(paheko.received(second.key())).isEmpty();
        assertThat(pending()).contains(first.entryId());
        assertThat(app.health().text("held")).isEqualTo("0");
    }

    @Test
    void aCloseWaitsForARefusedTicketUntilItIsDiscarded() throws Exception {
        CashSession session = till.sessionWithRefusedTicket(3, 1);
        List<Published> published = till.publish(session);
        Published refused = published.get(2);
        Published closed = published.get(4);
        try (LogLines log = new LogLines(); RedisStreamsAdmin admin = admin()) {
            PasserelleApp app = start();
            untilQuarantined(refused);
            app.awaitHealth("the close is held", health -> health.text("held").equals("1") && health.text("pending").equals("0")
                    && health.text("quarantined").equals("1") && health.status() == 200);
            assertThat(paheko.received(closed.key())).isEmpty();
            assertThat(admin.discard(EntryId.parse(refused.entryId()), "typed twice", "Ana")).isEqualTo(Decision.DONE);
            untilAcknowledged(closed);
            assertThat(ledger(session.id())).containsEntry("tickets", "2").containsEntry("totals", "different");
            long missing = refused.sale().amountCents();
            assertThat(log.about(closed.entryId())).anyMatch(line -> line.startsWith("WARN The totals of the session differ")
                    && line.contains("expected_cents=\"" + total(session) + "\"")
                    && line.contains("delivered_cents=\"" + (total(session) - missing) + "\""));
        }
    }

    @Test
    void theOrderStandsWhenTheApplicationIsStartedAgain() {
        CashSession session = till.session(3);
        SaleEvent failing = session.tickets().get(0);
        paheko.when(of(failing), Behaviour.answer(503));
        List<Published> published = till.publish(session);
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 0).setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600)
                .setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600));
        until("all the others", () -> pending().equals(List.of(published.get(1).entryId(), published.get(4).entryId())));
        app.close();
        paheko.normal();
        start();
        untilNextSaleIsDelivered();
        assertThat(paheko.received(session.closed().key())).as("the ticket is not due for an hour").isEmpty();
        redis.command("HDEL", "{" + stream + "}:due", Till.GROUP + " " + published.get(1).entryId());
        start();
        untilAcknowledged(published.toArray(Published[]::new));
        assertThat(paheko.ledger().stream().map(Received::key)).containsSubsequence(failing.key(), session.closed().key());
    }

    // -- what is counted --------------------------------------------------------------------------------------------------------------------

    @Test
    void whatWasDeliveredIsCountedAndAgreesWithTheTill() {
        CashSession session = till.session(20);
        untilAcknowledged(publishAndStart(session));
        Map<String, String> ledger = ledger(session.id());
        assertThat(ledger).containsEntry("tickets", "20").containsEntry("cents", String.valueOf(total(session)))
                .containsEntry("expectedCents", String.valueOf(total(session))).containsEntry("totals", "equal")
                .containsEntry("type", "real").containsEntry("tillDifference", "0").doesNotContainKey("unknown");
        long paid = ledger.entrySet().stream().filter(field -> field.getKey().startsWith("paid:")).mapToLong(field -> Long.parseLong(field.getValue()))
                .sum();
        assertThat(paid).isEqualTo(total(session));
        assertThat(ttl(ledgerKey(session.id()))).isBetween(399L, 400L);
        assertThat(ttl(keysOf(session.id()))).isBetween(29L, 30L);
    }

    @Test
    void whatIsPublishedTwiceCountsOnce() {
        CashSession session = till.session(2);
        start();
        till.publish(session.opened());
        till.publish(session.opened());
        till.publish(session.tickets().get(0));
        till.publish(session.tickets().get(0));
        till.publish(session.tickets().get(1));
        till.publish(session.closed());
        Published again = till.publish(session.closed());
        untilAcknowledged(again);
        assertThat(paheko.ledger()).hasSize(7);
        assertThat(ledger(session.id())).extracting(FIELDS_OF_TOTALS).containsExactly("2", String.valueOf(total(session)), "equal");
    }

    @Test
    void aTicketAfterTheCloseIsDeliveredAndCountedAndTheTotalsOfTheCloseStand() {
        CashSession session = till.session(2);
        start();
        untilAcknowledged(till(session.opened()), till(session.tickets().get(0)), till(session.closed()));
        untilAcknowledged(till(session.tickets().get(1)));
        assertThat(ledger(session.id())).extracting(FIELDS_OF_TOTALS).containsExactly("2", String.valueOf(total(session)), "different");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '\'', value = {
            "total_sales > total_sale", "\"total_sales\": [0-9]+ > \"total_sales\": null", "\"total_sales\": ([0-9]+) > \"total_sales\": \"$1\"",
            "\"total_sales\": ([0-9]+) > \"total_sales\": $1.0", "\"total_items\": [0-9]+ > \"total_items\": [1]" })
    void aCloseWhoseTotalsCannotBeComparedIsDelivered(String pattern, String replacement) {
        CashSession session = till.session(1);
        start();
        acceptWhateverItHolds();
        untilAcknowledged(till(session.opened()), till(session.tickets().get(0)), till(session.closed().with(pattern, replacement)));
        assertThat(ledger(session.id())).containsEntry("totals", "unknown").containsEntry("tickets", "1");
    }

    @ParameterizedTest
    @CsvSource({ "$1.0", "\"$1\"", "null", "99999999999999999999" })
    void aTicketWhoseAmountCannotBeCountedIsDeliveredAndTheTotalsAreUnknown(String amount) {
        CashSession session = till.session(2);
        acceptWhateverItHolds();
        try (LogLines log = new LogLines()) {
            start();
            Published odd = till(session.tickets().get(1).with("\"total_amount\": (\\d+)", "\"total_amount\": " + amount));
            untilAcknowledged(till(session.opened()), odd, till(session.tickets().get(0)), till(session.closed()));
            assertThat(log.about(odd.entryId())).anyMatch(line -> line.startsWith("WARN An amount of this ticket"));
        }
        assertThat(ledger(session.id())).containsEntry("totals", "unknown").containsEntry("unknown", "1").containsEntry("tickets", "2")
                .containsEntry("cents", String.valueOf(session.tickets().get(0).amountCents()));
    }

    @Test
    void aNegativeTotalIsDifferent() {
        CashSession session = till.session(1);
        acceptWhateverItHolds();
        start();
        untilAcknowledged(till(session.opened()), till(session.tickets().get(0)), till(session.closed().with("\"total_sales\": ", "\"total_sales\": -")));
        assertThat(ledger(session.id())).containsEntry("totals", "different")
                .containsEntry("expectedCents", "-" + session.tickets().get(0).amountCents());
    }

    @Test
    void aSessionThatWasOpenedBeforeIsUnknownAndNeverDifferent() {
        CashSession session = till.session(2);
        start();
        untilAcknowledged(till(session.tickets().get(1)), till(session.closed()));
        assertThat(ledger(session.id())).containsEntry("totals", "unknown");
        CashSession empty = till.session(1);
        untilAcknowledged(till(empty.closed()));
        assertThat(ledger(empty.id())).containsEntry("totals", "unknown").doesNotContainKey("tickets");
    }

    @Test
    void whatRedisLostIsUnknown() {
        CashSession session = till.session(2);
        start();
        untilAcknowledged(till(session.opened()), till(session.tickets().get(0)));
        redis.command("DEL", ledgerKey(session.id()), keysOf(session.id()));
        untilAcknowledged(till(session.tickets().get(1)), till(session.closed()));
        assertThat(ledger(session.id())).containsEntry("totals", "unknown").containsEntry("tickets", "1");
    }

    @Test
    void whatSomebodyDamagedIsUnknownAndStopsNothing() {
        CashSession session = till.session(3);
        start();
        untilAcknowledged(till(session.opened()), till(session.tickets().get(0)));
        redis.command("HSET", ledgerKey(session.id()), "cents", "a lot");
        untilAcknowledged(till(session.tickets().get(1)));
        redis.command("SET", keysOf(session.id()), "no set");
        untilAcknowledged(till(session.tickets().get(2)), till(session.closed()));
        assertThat(ledger(session.id())).containsEntry("totals", "unknown").containsEntry("tickets", "3").containsEntry("cents", "a lot");
    }

    @Test
    void aValueOfAnotherTypeWhereLossesAreNotedStopsNoClose() {
        redis.command("SET", "{" + stream + "}:rolledback", "x");
        CashSession session = till.session(1);
        untilAcknowledged(publishAndStart(session));
        assertThat(ledger(session.id())).containsEntry("totals", "equal");
    }

    @Test
    void aSessionIdThatIsNoStringBelongsToNoSession() {
        SaleEvent ticket = till.ticket();
        acceptWhateverItHolds();
        start();
        untilAcknowledged(till(ticket.with("\"cash_session_id\": \"[^\"]+\"", "\"cash_session_id\": 7")));
        assertThat(((List<?>) redis.command("KEYS", "{" + stream + "}:counted:*:session:*"))).isEmpty();
    }

    // -- holding, and leaving out -----------------------------------------------------------------------------------------------------------

    @Test
    void aCloseWhoseTotalsDifferIsHeldWhereThatIsWanted() throws Exception {
        CashSession session = till.session(2);
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_HOLD_ON_DIFFERENCE", true));
        till(session.opened());
        till(session.tickets().get(0));
        Published closed = till(session.closed());
        app.awaitHealth("held", health -> health.text("held").equals("1") && health.text("pending").equals("0"));
        untilNextSaleIsDelivered();
        assertThat(paheko.received(closed.key())).isEmpty();
        try (RedisStreamsAdmin admin = admin()) {
            assertThat(admin.release(EntryId.parse(closed.entryId()), "the ticket was void", "Ana")).isEqualTo(Decision.DONE);
        }
        untilAcknowledged(closed);
        assertThat(ledger(session.id())).containsEntry("totals", "different");
        assertThat(quarantineRecord(closed.entryId())).containsEntry("reason", "the ticket was void").containsEntry("author", "Ana");
    }

    @Test
    void virtualSessionsAreDeliveredLikeOthers() {
        CashSession session = till.session(2);
        start();
        untilAcknowledged(till(virtual(session)), till(session.tickets().get(0)), till(session.tickets().get(1)), till(session.closed()));
        assertThat(ledger(session.id())).containsEntry("type", "virtual").containsEntry("totals", "equal");
    }

    @Test
    void virtualSessionsAreLeftOutWhereThatIsWanted() {
        CashSession session = till.session(2);
        CashSession real = till.session(1);
        start(app().setting("PAHEKO_PUSH_SKIP_VIRTUAL", true));
        till(virtual(session));
        session.tickets().forEach(this::till);
        till(session.closed());
        untilAcknowledged(till.publish(real).toArray(Published[]::new));
        until("all acknowledged", () -> pending().isEmpty());
        assertThat(paheko.accepted().keySet()).containsExactlyElementsOf(real.events().stream().map(SaleEvent::key).toList());
        assertThat(ledger(session.id())).containsEntry("skipped", "4").doesNotContainKeys("tickets", "cents", "totals");
    }

    private static SaleEvent virtual(CashSession session) {
        return session.opened().with("\"session_type\": \"real\"", "\"session_type\": \"virtual\"");
    }

    private Published[] publishAndStart(CashSession session) {
        List<Published> published = till.publish(session);
        start();
        return published.toArray(Published[]::new);
    }

    private Published till(SaleEvent event) {
        return till.publish(event);
    }

    private void acceptWhateverItHolds() {
        paheko.always(Behaviour.accept());
    }

    private String keysOf(String session) {
        return "{" + stream + "}:counted:" + Till.GROUP + ":keys:session:" + session;
    }

    private long ttl(String key) {
        return Math.round(((Number) redis.command("TTL", key)).longValue() / 86_400.0);
    }

    private static long total(CashSession session) {
        return session.tickets().stream().mapToLong(SaleEvent::amountCents).sum();
    }

    private RedisStreamsAdmin admin() {
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(server.url());
        configuration.setStream(stream);
        configuration.setGroup(Till.GROUP);
        return RedisStreamsAdmin.connect(configuration);
    }
}
