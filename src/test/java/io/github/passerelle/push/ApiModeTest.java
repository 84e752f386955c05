package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsConsumer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.BookedTransaction;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.StockApi;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Tracking;
import io.github.passerelle.tracking.Why;

/** Sessions booked through the API that each Paheko has, without a plugin. */
class ApiModeTest extends ChannelTest {

    private static final String MAPPING = """
            {"payments": {"especes": "530", "cheque": "5112", "cb": "512"}, "sales": {"account": "707"},
             "gifts": {"account": "7541"}, "differences": {"cash": "especes", "surplus": "758", "shortage": "658"}}""";

    @TempDir
    private Path folder;
    private Path mapping;

    @BeforeEach
    void openYear() {
        paheko.api().openYear(2);
    }

    @BeforeEach
    void writeMapping() throws IOException {
        mapping = folder.resolve("mapping.json");
        Files.writeString(mapping, MAPPING);
    }

    /** There is no account for what the sessions here are paid with. */
    private void mapTransfersOnly() throws IOException {
        Files.writeString(mapping, "{\"payments\": {\"virement\": \"512A\"}, \"sales\": {\"account\": \"707\"}}");
    }

    private PasserelleApp.Builder api() {
        return app().api(paheko).setting("PAHEKO_API_MAPPING", mapping);
    }

    private static String reference(CashSession session) {
        return "RECYCLIC-SESSION-" + session.id();
    }

    private List<BookedTransaction> booked(CashSession session) {
        return paheko.api().transactions(reference(session));
    }

    private void untilHeld(Published close) {
        until("it is held", () -> round(close) != null && round(close).matches("\\d+ -2 .*"));
    }

    private void untilBooked(CashSession session) {
        until("booked and acknowledged", () -> booked(session).size() == 1 && pending().isEmpty());
    }

    private List<Received> postings() {
        return paheko.ledger().stream().filter(StockApi.BOOKING).toList();
    }

    @Test
    void aSessionIsBookedOnceWhenItIsClosed() throws Exception {
        PasserelleApp app = start(api());
        CashSession session = till.session(5);
        session.events().subList(0, 6).forEach(till::publish);
        until("all are collected", () -> "6".equals(app.health().text("collected")));
        Health open = app.health();
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.text("pending")).as("nothing waits for Paheko").isEqualTo("0");
        assertThat(paheko.ledger()).isEmpty();

        till.publish(session.closed());
        untilBooked(session);
        BookedTransaction entry = booked(session).get(0);
        long sold = entry.lines().stream().filter(line -> line.account().equals("707")).mapToLong(BookedTransaction.Line::credit).sum();
        assertThat(ledger(session.id())).containsEntry("cents", String.valueOf(sold)).containsEntry("tickets", "5").containsEntry("totals", "equal")
                .containsEntry("pahekoUrl", paheko.api().url(entry.id()));
        assertThat(paheko.ledger()).as("one look-up and one booking").hasSize(2);
        assertThat(app.health().text("collected")).isEqualTo("0");
    }

    @Test
    void theLookUpAndTheEntryCarryNothingButWhatTheyMust() {
        start(api());
        CashSession session = till.session(1);
        till.publish(session);
        untilBooked(session);
        Received lookUp = paheko.ledger().get(0);
        assertThat(lookUp.method()).isEqualTo("GET");
        assertThat(lookUp.headers()).extracting(header -> header.name().toLowerCase())
                .containsExactlyInAnyOrder("host", "authorization", "connection", "user-agent");
        assertThat(postings().get(0).headers()).extracting(header -> header.name().toLowerCase())
                .containsExactlyInAnyOrder("host", "authorization", "content-type", "content-length", "connection", "user-agent");
    }

    @Test
    void anAnswerThatCameTooLateIsLookedUpAndNotBookedAgain() {
        Hold late = new Hold(Behaviour.normal());
        paheko.when(StockApi.BOOKING, 1, Behaviour.acceptThen(late));
        start(api().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5));
        CashSession session = till.session(2);
        till.publish(session);
        untilBooked(session);
        late.release();
        assertThat(postings()).hasSize(1);
        assertThat(paheko.ledger().stream().filter(StockApi.LOOK_UP)).hasSizeGreaterThan(1);
    }

    @Test
    void nothingIsLookedUpWhileAnEarlierRequestMayBeUnderWay() {
        // Paheko is at the first request for longer than the channel waits for its answer, and books it only then
        Hold slow = new Hold(Behaviour.normal());
        paheko.when(StockApi.BOOKING, 1, slow);
        start(api().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.3).setting("PAHEKO_API_SETTLE_SECONDS", 3));
        CashSession session = till.session(2);
        till.publish(session);
        slow.awaitHeld();
        until("it has given up", () -> round(closeOf(session)) != null && round(closeOf(session)).contains("in_doubt"));
        slow.release();
        untilBooked(session);
        assertThat(postings()).hasSize(1);
    }

    private String closeOf(CashSession session) {
        return pending().get(pending().size() - 1);
    }

    @Test
    void aLockedDatabaseIsTriedAgainWithItsLookUp() {
        start(api());
        paheko.when(StockApi.BOOKING, 3, Behaviour.answer(500));
        CashSession session = till.session(2);
        till.publish(session);
        untilBooked(session);
        assertThat(postings()).hasSize(4);
        assertThat(paheko.ledger().stream().filter(StockApi.LOOK_UP)).hasSize(4);
    }

    @Test
    void aLookUpThatFailsBooksNothing() {
        PasserelleApp app = start(api());
        paheko.when(StockApi.LOOK_UP, 1, Behaviour.answer(500));
        paheko.when(StockApi.LOOK_UP, 1, Behaviour.htmlPage());
        paheko.when(StockApi.LOOK_UP, 1, Behaviour.answer(200));
        CashSession session = till.session(1);
        till.publish(session);
        untilBooked(session);
        assertThat(postings()).hasSize(1);
        assertThat(app.context().isStarted()).isTrue();
    }

    @Test
    void whatPahekoRefusesIsQuarantinedWithItsWordsAndBookedAfterAReplay() throws Exception {
        paheko.api().closeYear(2);
        start(api());
        CashSession session = till.session(2);
        List<Published> published = till.publish(session);
        Published close = published.get(published.size() - 1);
        untilQuarantined(close);
        assertThat(dossier(close)).extracting(Dossier::cause, Dossier::answer)
                .containsExactly("rejected", "Cannot find a valid open year matching \"match\"");
        paheko.api().openYear(2);
        try (Tracking tracking = tracking()) {
            tracking.decisions().replay(EntryId.parse(close.entryId()), Why.required("the year is open again", "Ana"));
        }
        untilBooked(session);
    }

    private Tracking tracking() {
        return Tracking.connect(Settings.of(Map.of(), Map.of("REDIS_URL", server.url(), "REDIS_STREAM_PUSH_CAISSE", stream)));
    }

    @Test
    void aPaymentMethodWithoutAnAccountHoldsTheSessionUntilTheMappingNamesOne() throws Exception {
        mapTransfersOnly();
        CashSession session = till.session(2);
        PasserelleApp app = start(api());
        List<Published> published = till.publish(session);
        Published close = published.get(published.size() - 1);
        untilHeld(close);
        assertThat(remembered(close).cause()).isEqualTo("not_mapped");
        assertThat(remembered(close).why()).contains("no account");
        assertThat(postings()).isEmpty();
        assertThat(app.health().text("held")).isEqualTo("1");
        app.close();
        writeMapping();
        start(api());
        untilBooked(session);
    }

    @Test
    void aHeldSessionThatWasEnteredByHandUnderItsReferenceIsFoundAfterARelease() throws Exception {
        mapTransfersOnly();
        CashSession session = till.session(2);
        start(api());
        List<Published> published = till.publish(session);
        Published close = published.get(published.size() - 1);
        untilHeld(close);
        bookByHand(reference(session), total(session));
        try (Tracking tracking = tracking()) {
            tracking.decisions().release(session.id(), Why.required("entered by hand", "Ana"));
        }
        untilBooked(session);
        assertThat(ledger(session.id())).containsEntry("pahekoUrl", paheko.api().url(1)).containsEntry("bookedTwice", "false");
    }

    @Test
    void aCloseThatIsDiscardedTakesItsSessionAlong() throws Exception {
        mapTransfersOnly();
        CashSession session = till.session(2);
        start(api());
        List<Published> published = till.publish(session);
        Published close = published.get(published.size() - 1);
        untilHeld(close);
        try (Tracking tracking = tracking()) {
            tracking.decisions().discard(EntryId.parse(close.entryId()), Why.required("entered by hand", "Ana"));
        }
        until("nothing is pending", () -> pending().isEmpty());
        assertThat(published).allSatisfy(entry -> assertThat(quarantineRecord(entry.entryId())).containsEntry("author", "Ana"));
        assertThat(postings()).isEmpty();
    }

    @Test
    void totalsThatDifferHoldTheSessionUntilAPersonReleasesIt() throws Exception {
        start(api());
        CashSession session = till.session(3);
        till.publish(session.opened());
        till.publish(session.tickets().get(0));
        till.publish(session.tickets().get(2));
        Published close = till.publish(session.closed());
        untilHeld(close);
        assertThat(remembered(close).cause()).isEqualTo("totals_differ");
        try (Tracking tracking = tracking()) {
            tracking.decisions().release(session.id(), Why.required("the ticket was cancelled", "Ana"));
        }
        untilBooked(session);
        assertThat(ledger(session.id())).containsEntry("tickets", "2").containsEntry("totals", "different");
    }

    @Test
    void aTicketThatDoesNotAddUpIsQuarantinedAndTheSessionWaitsForIt() {
        start(api());
        CashSession session = till.sessionWithRefusedTicket(2, 1);
        List<Published> published = till.publish(session);
        untilQuarantined(published.get(2));
        assertThat(dossier(published.get(2)).cause()).isEqualTo("unreadable");
        assertThat(dossier(published.get(2)).why()).isNotBlank();
        untilHeld(published.get(3));
        assertThat(postings()).isEmpty();
    }

    @Test
    void whatWasPublishedTwiceCountsOnce() {
        start(api());
        CashSession session = till.session(2);
        till.publish(session.opened());
        till.publish(session.tickets().get(0));
        till.publish(session.tickets().get(0));
        till.publish(session.tickets().get(1));
        till.publish(session.closed());
        untilBooked(session);
        assertThat(ledger(session.id())).containsEntry("tickets", "2").containsEntry("totals", "equal");
    }

    @Test
    void discardingTheCloseDiscardsWhatWasCollectedForIt() throws Exception {
        paheko.api().closeYear(2);
        start(api());
        CashSession session = till.session(3);
        List<Published> published = till.publish(session);
        Published close = published.get(published.size() - 1);
        untilQuarantined(close);
        CashSession open = till.session(1);
        till.publish(open.opened());
        try (Tracking tracking = tracking()) {
            assertThat(tracking.decisions().discard(EntryId.parse(close.entryId()), Why.required("entered by hand", "Ana")).result().isWell()).isTrue();
            until("all of it is gone", () -> pending().size() == 1);
            assertThat(tracking.queries().session(session.id()).orElseThrow().tickets().discarded()).isEqualTo(3);
        }
        paheko.api().openYear(2);
    }

    @Test
    void whatComesAfterItsSessionWasBookedIsQuarantined() {
        start(api());
        CashSession session = till.session(1);
        till.publish(session);
        untilBooked(session);
        SaleEvent late = session.tickets().get(0);
        Published again = till.publish(late);
        untilQuarantined(again);
        assertThat(dossier(again).cause()).isEqualTo("session_booked");
        assertThat(booked(session)).hasSize(1);
    }

    @Test
    void sessionsOfExercisesAreLeftOut() {
        start(api());
        CashSession session = till.session(2);
        till.publish(session.opened().with("real", "virtual"));
        session.tickets().forEach(till::publish);
        till.publish(session.closed());
        until("all are acknowledged", () -> "4".equals(ledger(session.id()).get("skipped")));
        assertThat(pending()).isEmpty();
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void aSessionWithoutAmountsIsAcknowledgedWithoutPaheko() {
        start(api());
        CashSession session = till.session(0);
        till.publish(session.opened());
        till.publish(session.closed());
        until("acknowledged", () -> ledger(session.id()).containsKey("closed"));
        assertThat(pending()).isEmpty();
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void aRestartAtAnyPointBooksOnce() throws Exception {
        CashSession session = till.session(4);
        for (int published = 0; published < session.events().size(); published++) {
            PasserelleApp app = start(api());
            till.publish(session.events().get(published));
            int sent = published + 1;
            until("it was looked at", () -> sent == session.events().size() || String.valueOf(sent).equals(app.health().text("collected")));
            app.close();
        }
        start(api());
        untilBooked(session);
        assertThat(postings()).hasSize(1);
    }

    private static long total(CashSession session) {
        return session.tickets().stream().mapToLong(SaleEvent::amountCents).sum();
    }

    private void bookByHand(String reference, long cents) throws Exception {
        String entry = """
                {"id_year": "match", "label": "Caisse", "date": "2026-11-20", "type": "ADVANCED", "reference": "%1$s",
                 "lines": [{"account": "530", "debit": "%2$s"}, {"account": "707", "credit": "%2$s"}]}""".formatted(reference, BigDecimal.valueOf(cents, 2));
        HttpRequest request = HttpRequest.newBuilder(URI.create(paheko.base() + "api/accounting/transaction"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString((StockApi.USER + ":" + StockApi.PASSWORD).getBytes()))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(entry)).build();
        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatStandsTwiceInTheBooksIsTold() throws Exception {
        CashSession session = till.session(1);
        // two that were typed by hand, or booked by a bridge without a look-up
        bookByHand(reference(session), total(session));
        bookByHand(reference(session), total(session));
        try (LogLines log = new LogLines()) {
            start(api());
            till.publish(session);
            until("acknowledged", () -> ledger(session.id()).containsKey("closed"));
            assertThat(booked(session)).hasSize(2);
            assertThat(ledger(session.id())).containsEntry("bookedTwice", "true");
            assertThat(log.all().filter(line -> line.startsWith("ERROR")).toList()).singleElement().asString().contains("more than once");
        }
    }

    @Test
    void whatIsBookedWithAnotherAmountHoldsTheSessionUntilAPersonReleasesIt() throws Exception {
        CashSession session = till.session(2);
        bookByHand(reference(session), total(session) + 1);
        start(api());
        Published close = till.publish(session).get(3);
        untilHeld(close);
        assertThat(remembered(close).cause()).isEqualTo("booked_differently");
        assertThat(pending()).hasSize(4);
        try (Tracking tracking = tracking()) {
            tracking.decisions().release(session.id(), Why.required("mended in Paheko", "Ana"));
        }
        untilBooked(session);
        assertThat(postings()).as("the one by hand").hasSize(1);
    }

    @Test
    void openingsThatContradictEachOtherLeaveNothingOut() {
        for (String type : List.of("real", "virtual")) {
            paheko.forget();
            CashSession session = till.session(1);
            PasserelleApp app = start(api());
            till.publish(type.equals("real") ? session.opened() : session.opened().with("real", type));
            till.publish(type.equals("real") ? session.opened().with("real", "virtual") : session.opened());
            till.publish(session.tickets().get(0));
            Published close = till.publish(session.closed());
            untilHeld(close);
            assertThat(remembered(close).cause()).isEqualTo("contradictory");
            app.close();
        }
    }

    @Test
    void whatComesWhileTheCloseIsRefusedIsToldWhenTheSessionIsBooked() throws Exception {
        paheko.api().closeYear(2);
        start(api());
        CashSession session = till.session(1);
        Published close = till.publish(session).get(2);
        untilQuarantined(close);
        SaleEvent other = till.session(1).tickets().get(0);
        Published late = till.publish(other.with("(\"cash_session_id\": ?\")[^\"]+", "$1" + session.id()));
        until("it is collected", () -> round(late) != null && round(late).startsWith("0 -3 "));
        paheko.api().openYear(2);
        try (Tracking tracking = tracking()) {
            tracking.decisions().replay(EntryId.parse(close.entryId()), Why.required("the year is open again", "Ana"));
        }
        untilQuarantined(late);
        assertThat(dossier(late).cause()).isEqualTo("session_booked");
        assertThat(booked(session)).hasSize(1);
    }

    @Test
    void theFirstRoundEnds() {
        PasserelleApp app = start(api().setting("PAHEKO_PUSH_MAX_RETRIES", 2).setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600));
        paheko.when(StockApi.BOOKING, Behaviour.databaseLocked());
        until("no earlier request can be under way", () -> isSettled(app));
        CashSession session = till.session(1);
        Published close = till.publish(session).get(2);
        untilRoundEnded(close);
        assertThat(postings()).hasSize(3);
        assertThat(remembered(close).tries()).isEqualTo(3);
    }

    private static boolean isSettled(PasserelleApp app) {
        Duration active = ((RedisStreamsConsumer) app.context().getRoute("book-caisse").getConsumer()).status().activeFor();
        return active != null && active.compareTo(Duration.ofMillis(300)) > 0;
    }

    @Test
    void anAnswerThatDoesNotNameTheEntryIsLookedUp() {
        start(api());
        paheko.when(StockApi.BOOKING, 1, Behaviour.acceptThen(Behaviour.answer(200, "text/plain", "PHP Fatal error: out of memory", Map.of())));
        CashSession session = till.session(1);
        till.publish(session);
        untilBooked(session);
        assertThat(postings()).hasSize(1);
        assertThat(ledger(session.id())).containsKey("pahekoUrl");
    }

    @Test
    void aCloseThatIsDiscardedTakesNothingFromAnotherOne() throws Exception {
        paheko.api().closeYear(2);
        start(api());
        CashSession session = till.session(2);
        List<Published> published = till.publish(session);
        untilQuarantined(published.get(3));
        till.publish(session.closed());
        try (Tracking tracking = tracking()) {
            tracking.decisions().discard(EntryId.parse(published.get(3).entryId()), Why.required("published again", "Ana"));
        }
        paheko.api().openYear(2);
        untilBooked(session);
        assertThat(ledger(session.id())).containsEntry("tickets", "2");
    }

    @Test
    void aWrongPasswordPausesAndNamesNothingSecret() throws Exception {
        try (LogLines log = new LogLines()) {
            PasserelleApp app = start(api().setting("PAHEKO_API_PASSWORD", "wrong-password-1234"));
            till.publish(till.session(1));
            Health paused = app.awaitHealth("paused", health -> "true".equals(health.text("paused")));
            assertThat(paused.text("last_error")).isEqualTo("unauthorized");
            assertThat(log.all().toList()).noneMatch(line -> line.contains("wrong-password-1234"));
        }
        assertThat(postings()).isEmpty();
    }

    @Test
    void withoutUrlUserOrPasswordTheProcessLivesAndBooksNothing() throws Exception {
        PasserelleApp app = start(api().without("PAHEKO_API_PASSWORD"));
        till.publish(till.session(1));
        assertThat(app.health().text("push_worker")).isEqualTo("unconfigured");
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void theOtherModeDeliversWhatThisOneCollected() throws Exception {
        PasserelleApp app = start(api());
        CashSession session = till.session(2);
        session.events().subList(0, 3).forEach(till::publish);
        until("collected", () -> "3".equals(app.health().text("collected")));
        app.close();
        start(app());
        until("delivered", () -> pending().isEmpty());
        assertThat(paheko.accepted()).hasSize(3);
    }

    @Test
    void nothingIsBookedBeforeARequestOfTheProcessBeforeMustBeOver() throws Exception {
        PasserelleApp app = start(api().setting("PAHEKO_API_SETTLE_SECONDS", 600));
        CashSession session = till.session(1);
        Published close = till.publish(session).get(2);
        untilRoundEnded(close);
        assertThat(remembered(close).cause()).isEqualTo("in_doubt");
        assertThat(paheko.ledger()).isEmpty();
        assertThat(millisToNextRound(close)).isBetween(Duration.ofMinutes(5).toMillis(), Duration.ofMinutes(10).toMillis());
        assertThat(app.health().status()).isEqualTo(200);
    }
}
