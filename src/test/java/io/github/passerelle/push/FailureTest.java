package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Ports;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;

/** What a failure makes the channel do. */
class FailureTest extends ChannelTest {

    @Test
    void triesOnceAndThenAsOftenAsIsSetAtGrowingDelays() {
        paheko.answer(503);
        start(oneRound().setting("PAHEKO_PUSH_MAX_RETRIES", 3).setting("PAHEKO_PUSH_BACKOFF_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_BACKOFF_FACTOR", 3));
        Published sale = publishTicket();
        untilRoundEnded(sale);
        List<Received> tries = paheko.ledger();
        assertThat(tries).hasSize(4);
        long delay = 100;
        for (int i = 0; i < 3; i++) {
            assertThat(millisBetween(tries.get(i), tries.get(i + 1))).as("delay " + (i + 1)).isGreaterThanOrEqualTo(delay - 5);
            delay *= 3;
        }
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void withoutRetriesARoundIsOnePost() {
        start(oneRound().setting("PAHEKO_PUSH_MAX_RETRIES", 0));
        for (Behaviour failure : List.of(Behaviour.answer(500), Behaviour.answer(503), Behaviour.reset(), Behaviour.cutInHead())) {
            SaleEvent ticket = till.ticket();
            paheko.when(of(ticket), failure);
            Published sale = till.publish(ticket);
            untilRoundEnded(sale);
            // others are taken, so nothing pauses
            untilNextSaleIsDelivered();
            assertThat(paheko.received(sale.key())).hasSize(1);
        }
    }

    @Test
    void theShippedDelaysAreOneTwoFourEightAndSixteenSeconds() throws Exception {
        PasserelleApp app = start(app().without("PAHEKO_PUSH_BACKOFF_SECONDS"));
        assertThat(firstRoundDelays(app.context())).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
    }

    @Test
    void noDelayIsLongerThanAMinute() throws Exception {
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_BACKOFF_SECONDS", 50).setting("PAHEKO_PUSH_MAX_RETRIES", 3));
        assertThat(firstRoundDelays(app.context())).containsExactly(50_000L, 60_000L, 60_000L);
    }

    /** The delays of the policy as Camel itself counts them. */
    private static List<Long> firstRoundDelays(CamelContext context) throws Exception {
        OnExceptionDefinition firstRound = ((ModelCamelContext) context).getRouteConfigurationDefinition("push-errors").getOnExceptions().stream()
                .filter(definition -> "first-round".equals(definition.getId())).findFirst().orElseThrow();
        RedeliveryPolicyDefinition written = firstRound.getRedeliveryPolicyType();
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(Integer.parseInt(context.resolvePropertyPlaceholders(written.getMaximumRedeliveries())));
        policy.setRedeliveryDelay(Long.parseLong(context.resolvePropertyPlaceholders(written.getRedeliveryDelay())));
        policy.setUseExponentialBackOff(Boolean.parseBoolean(written.getUseExponentialBackOff()));
        policy.setBackOffMultiplier(Double.parseDouble(context.resolvePropertyPlaceholders(written.getBackOffMultiplier())));
        policy.setMaximumRedeliveryDelay(Long.parseLong(context.resolvePropertyPlaceholders(written.getMaximumRedeliveryDelay())));
        assertThat(written.getUseCollisionAvoidance()).as("the delays are exact").isNull();
        List<Long> delays = new ArrayList<>();
        long delay = 0;
        for (int redelivery = 1; policy.shouldRedeliver(exchange(), redelivery, null); redelivery++) {
            delay = policy.calculateRedeliveryDelay(delay, redelivery);
            delays.add(delay);
        }
        return delays;
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    @Test
    void aRefusalIsSentOnceAndPutAside() {
        int[] statuses = { 400, 402, 406, 409, 410, 413, 415, 418, 422, 431, 451, 499 };
        try (LogLines log = new LogLines()) {
            PasserelleApp first = start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1));
            List<Published> refused = new ArrayList<>();
            for (int status : statuses) {
                SaleEvent sale = till.ticket();
                paheko.when(of(sale), Behaviour.answer(Answer.error(status, "Refusé")));
                refused.add(till.publish(sale));
            }
            untilNextSaleIsDelivered();
            untilQuarantined(refused.toArray(Published[]::new));
            for (int i = 0; i < statuses.length; i++) {
                assertThat(dossier(refused.get(i))).extracting(Dossier::status, Dossier::cause, Dossier::answer)
                        .containsExactly(statuses[i], "rejected", "Refusé");
                assertThat(log.values(refused.get(i).entryId(), "cause")).containsOnly("rejected");
            }
            // while this one goes through two more rounds, the refused ones would have had another
            SaleEvent busyTwice = till.ticket();
            paheko.when(of(busyTwice), 2, Behaviour.answer(429));
            untilAcknowledged(till.publish(busyTwice));
            first.close();
            start();
            untilNextSaleIsDelivered();
            assertThat(refused).allSatisfy(sale -> assertThat(paheko.received(sale.key())).hasSize(1));
            assertThat(pending()).containsExactlyElementsOf(refused.stream().map(Published::entryId).toList());
            assertThat(log.all()).noneMatch(line -> line.contains("is paused"));
        }
    }

    @Test
    void anAnswerThatShouldConcernAllPausesAtOnceAndTheEntryGoesThroughOnceItIsOver() {
        start(oneRound());
        for (int status : new int[] { 401, 403, 404, 405, 300, 301, 302, 303, 304, 307, 308 }) {
            assertPausesUntilTheSecondProbeIsTaken(status);
        }
    }

    private void assertPausesUntilTheSecondProbeIsTaken(int status) {
        try (LogLines log = new LogLines()) {
            SaleEvent ticket = till.ticket();
            Answer answer = Answer.of(status, null, "");
            paheko.when(of(ticket), 2, Behaviour.answer(status / 100 == 3 ? answer.with("Location", paheko.url() + "?followed") : answer));
            Published sale = till.publish(ticket);
            untilAcknowledged(sale);
            until("the last line", () -> log.values(sale.entryId(), "outcome").contains("delivered"));
            // one try, and the second probe succeeds
            assertThat(log.values(sale.entryId(), "outcome")).as("status " + status)
                    .containsExactly("failed", "pending", "failed", "pending", "delivered");
            assertThat(log.values(sale.entryId(), "round")).containsExactly("1", "1", "2", "2", "3");
            assertThat(log.values(sale.entryId(), "cause")).containsOnly(
                    Cause.of(new HttpOperationFailedException("", status, "", null, Map.of(), "")).code());
            until("it goes on", () -> log.all().anyMatch(line -> line.contains("goes on")));
            assertThat(log.all().filter(line -> line.contains("is paused"))).hasSize(1);
            assertThat(log.all().filter(line -> line.contains("goes on"))).hasSize(1);
            assertThat(paheko.ledger()).allSatisfy(request -> assertThat(request.path()).isEqualTo("/p/recyclic/push.php"));
        }
    }

    @Test
    void noRedirectIsFollowedWhereverItLeads() {
        try (PahekoStandIn elsewhere = PahekoStandIn.start(); PahekoStandIn further = PahekoStandIn.start()) {
            elsewhere.always(Behaviour.redirect(further.url()));
            start(oneRound());
            List<String> places = List.of(elsewhere.url(), elsewhere.url().replace("http:", "https:"), "//127.0.0.1:" + elsewhere.port() + "/p/x",
                    "http://x:y@127.0.0.1:" + elsewhere.port() + "/", "/p/recyclic/", "?a=b", "push2.php", "::not a place::");
            for (int status : new int[] { 301, 302, 303, 307, 308 }) {
                for (String place : places) {
                    SaleEvent ticket = till.ticket();
                    paheko.when(of(ticket), 1, Behaviour.answer(Answer.of(status, "text/html", "").with("Location", place)));
                    Published sale = till.publish(ticket);
                    untilAcknowledged(sale);
                    assertThat(paheko.received(sale.key())).hasSize(2).allSatisfy(request -> assertThat(request.path()).isEqualTo("/p/recyclic/push.php"));
                }
            }
            assertThat(elsewhere.connectionCount()).as("the secret never goes there").isZero();
            assertThat(further.connectionCount()).isZero();
        }
    }

    @Test
    void aBusyReceiverGetsOnePostInARoundAndAnotherInTheNext() {
        start();
        for (int status : new int[] { 408, 425, 429 }) {
            assertOnePostInARound(status);
        }
    }

    private void assertOnePostInARound(int status) {
        try (LogLines log = new LogLines()) {
            SaleEvent ticket = till.ticket();
            paheko.when(request -> request.key().equals(ticket.key()), 2, Behaviour.answer(status));
            Published sale = till.publish(ticket);
            untilAcknowledged(sale);
            List<Received> tries = paheko.received(sale.key());
            assertThat(tries).hasSize(3);
            // half a second, then one, a fifth shorter at most
            assertThat(millisBetween(tries.get(0), tries.get(1))).isGreaterThanOrEqualTo(395);
            assertThat(millisBetween(tries.get(1), tries.get(2))).isGreaterThanOrEqualTo(795);
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("paheko_busy");
            assertThat(log.values(sale.entryId(), "round")).containsExactly("1", "1", "2", "2", "3");
        }
    }

    @Test
    void everyLaterRoundIsOnePost() {
        paheko.answerNext(5, Behaviour.answer(503));
        try (LogLines log = new LogLines()) {
            start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 2));
            Published sale = publishTicket();
            untilAcknowledged(sale);
            List<Received> tries = paheko.ledger();
            assertThat(tries).hasSize(6);
            // three in the first round, then one each: 0.5 s, 1 s, 1 s, a fifth shorter at most
            assertThat(millisBetween(tries.get(2), tries.get(3))).isGreaterThanOrEqualTo(395);
            assertThat(millisBetween(tries.get(3), tries.get(4))).isGreaterThanOrEqualTo(795);
            assertThat(millisBetween(tries.get(4), tries.get(5))).isGreaterThanOrEqualTo(795);
            until("the last line", () -> log.values(sale.entryId(), "outcome").contains("delivered"));
            assertThat(log.about(sale.entryId()).stream().filter(line -> line.contains("outcome=\"failed\""))).hasSize(5);
        }
    }

    @Test
    void aRefusalEndsARoundThatBeganWithAFailure() {
        paheko.answerNext(1, Behaviour.answer(503)).answerNext(1, Behaviour.answer(400));
        start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1));
        Published sale = publishTicket();
        untilQuarantined(sale);
        untilNextSaleIsDelivered();
        assertThat(paheko.received(sale.key())).hasSize(2);
        assertThat(dossier(sale)).extracting(Dossier::tries, Dossier::cause, Dossier::status).containsExactly(2, "rejected", 400);
    }

    @Test
    void aBusyAnswerEndsARoundThatBeganWithAFailure() {
        paheko.answerNext(1, Behaviour.answer(503)).answerNext(1, Behaviour.answer(429));
        start(oneRound());
        Published sale = publishTicket();
        untilRoundEnded(sale);
        untilNextSaleIsDelivered();
        assertThat(paheko.received(sale.key())).hasSize(2);
    }

    /**
     * @param cause       how it is called
     * @param mayBeBooked whether Paheko may have booked the entry nevertheless
     */
    private record FailureOfOneTry(String name, Behaviour behaviour, String cause, boolean mayBeBooked) {
    }

    private static List<FailureOfOneTry> failuresOfOneTry() {
        return List.of(
                new FailureOfOneTry("reset before reading", Behaviour.resetBeforeReading(), "connection_lost", true),
                new FailureOfOneTry("reset after reading", Behaviour.reset(), "connection_lost", true),
                new FailureOfOneTry("half a head", Behaviour.cutInHead(), "connection_lost", true),
                new FailureOfOneTry("no answer", Behaviour.neverAnswer(), "paheko_timeout", true),
                new FailureOfOneTry("closed without a word", io.github.passerelle.fixture.Exchange::cut, "connection_lost", true),
                new FailureOfOneTry("no HTTP", exchange -> {
                    exchange.send("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    exchange.cut();
                }, "connection_lost", true),
                new FailureOfOneTry("database is locked", Behaviour.databaseLocked(), "paheko_5xx", false),
                new FailureOfOneTry("502", Behaviour.answer(502), "paheko_5xx", true),
                new FailureOfOneTry("504", Behaviour.answer(504), "paheko_5xx", true),
                new FailureOfOneTry("503", Behaviour.answer(503), "paheko_5xx", false));
    }

    @Test
    void aTryThatFailedIsRepeated() {
        start(oneRound().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5));
        for (FailureOfOneTry failure : failuresOfOneTry()) {
            paheko.forget();
            paheko.answerNext(2, failure.behaviour());
            try (LogLines log = new LogLines()) {
                Published sale = publishTicket();
                untilAcknowledged(sale);
                assertThat(paheko.ledger()).as(failure.name()).hasSize(3);
                assertThat(log.values(sale.entryId(), "cause")).as(failure.name()).containsExactly(failure.cause(), failure.cause());
            }
        }
    }

    @Test
    void eachTryIsNamedByItsOwnFailure() {
        paheko.answerNext(1, Behaviour.answer(503)).answerNext(1, Behaviour.reset()).answerNext(1, Behaviour.answer(500))
                .answerNext(1, Behaviour.neverAnswer()).answerNext(1, Behaviour.answer(502)).answerNext(1, Behaviour.htmlPage());
        try (LogLines log = new LogLines()) {
            start(oneRound().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5));
            Published sale = publishTicket();
            untilAcknowledged(sale);
            assertThat(log.values(sale.entryId(), "cause")).startsWith("paheko_5xx", "connection_lost", "paheko_5xx", "paheko_timeout", "paheko_5xx",
                    "not_paheko", "not_paheko");
            assertThat(log.values(sale.entryId(), "status")).containsExactly("503", "500", "502");
            assertThat(log.values(sale.entryId(), "answer")).as("the page is not repeated").hasSize(3);
        }
    }

    @Test
    void aTimeOutBehindARefusedConnectionIsATimeOut() {
        paheko.stop();
        try (LogLines log = new LogLines()) {
            start(oneRound().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5).setting("PAHEKO_PUSH_MAX_RETRIES", 5)
                    .setting("PAHEKO_PUSH_BACKOFF_SECONDS", 0.5).setting("PAHEKO_PUSH_BACKOFF_FACTOR", 1));
            paheko.always(Behaviour.neverAnswer());
            Published sale = publishTicket();
            until("a try", () -> log.values(sale.entryId(), "cause").contains("paheko_unreachable"));
            paheko.startAgain();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "cause")).as("one for each request, and the end of the round")
                    .filteredOn("paheko_timeout"::equals).hasSize(paheko.ledger().size() + 1);
            assertThat(remembered(sale)).extracting(Dossier::cause, Dossier::mayBeBooked).containsExactly("paheko_timeout", true);
        } finally {
            paheko.stop();
            paheko.startAgain();
        }
    }

    @Test
    void aReceiverThatIsDownIsTriedUntilItIsBack() {
        paheko.stop();
        try (LogLines log = new LogLines()) {
            start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 1));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            paheko.startAgain();
            untilAcknowledged(sale);
            assertThat(paheko.ledger()).hasSize(1);
            assertThat(log.values(sale.entryId(), "cause")).isNotEmpty().containsOnly("paheko_unreachable");
        } finally {
            paheko.stop();
            paheko.startAgain();
        }
    }

    @Test
    void thatPahekoMayHaveBookedItIsRemembered() {
        start(oneRound().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5).setting("PAHEKO_PUSH_MAX_RETRIES", 0));
        for (FailureOfOneTry failure : failuresOfOneTry()) {
            paheko.answerNext(1, failure.behaviour());
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(remembered(sale).mayBeBooked()).as(failure.name()).isEqualTo(failure.mayBeBooked());
            // others are taken, so nothing pauses
            untilNextSaleIsDelivered();
        }
    }

    // -- nobody there ---------------------------------------------------------------------------------------------------------------------------

    static Stream<Arguments> placesWhereNobodyAnswers() {
        return Stream.of(arguments("refused", "127.0.0.1:" + Ports.free()), arguments("no such host", "paheko.invalid"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("placesWhereNobodyAnswers")
    void aReceiverThatIsNotThereIsTriedAgain(String name, String place) {
        assertUnreachable(place);
    }

    @Test
    void aReceiverThatDoesNotTakeConnectionsIsTriedAgain() throws IOException {
        // once a few connections wait to be accepted, the system takes no more and says nothing
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")); Sockets waiting = new Sockets()) {
            until("no more are taken", () -> !waiting.connect(silent.getLocalSocketAddress()));
            assertUnreachable("127.0.0.1:" + silent.getLocalPort());
        }
    }

    private void assertUnreachable(String place) {
        try (LogLines log = new LogLines()) {
            start(oneRound().setting("PAHEKO_PLUGIN_URL", "http://" + place + "/p/recyclic/push.php").setting("PAHEKO_ALLOW_HTTP", true)
                    .setting("PAHEKO_PUSH_MAX_RETRIES", 2).property("camel.component.http.connect-timeout", 300));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "outcome")).containsExactly("failed", "failed", "failed", "pending");
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("paheko_unreachable");
            assertThat(remembered(sale)).extracting(Dossier::tries, Dossier::mayBeBooked).containsExactly(3, false);
            assertThat(pending()).containsExactly(sale.entryId());
        }
    }

    /** Connections that are made and kept. */
    private static final class Sockets implements AutoCloseable {

        private final List<Socket> open = new ArrayList<>();

        /** Whether the system took one more. */
        boolean connect(SocketAddress address) throws IOException {
            Socket socket = new Socket();
            try {
                socket.connect(address, 200);
                open.add(socket);
                return true;
            } catch (SocketTimeoutException e) {
                socket.close();
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    // -- a connection that is kept --------------------------------------------------------------------------------------------------------------

    @Test
    void aKeptConnectionThatEndsAsTheNextSaleGoesOutCostsOneTry() {
        try (LogLines log = new LogLines()) {
            start(oneRound());
            untilNextSaleIsDelivered();
            int connections = paheko.connectionCount();
            paheko.answerNext(1, Behaviour.resetBeforeReading());
            Published sale = publishTicket();
            untilAcknowledged(sale);
            assertThat(paheko.connectionCount()).as("the kept one, and a new one").isEqualTo(connections + 1);
            assertThat(log.values(sale.entryId(), "cause")).containsExactly("connection_lost");
            assertThat(paheko.received(sale.key())).hasSize(1);
        }
    }

    @Test
    void aConnectionThatIsClosedBehindEachAnswerLosesNoSale() {
        paheko.always(exchange -> {
            exchange.write(exchange.judge());
            exchange.cut();
        });
        start(oneRound());
        List<Published> sales = till.publish(till.session(20));
        untilAcknowledged(sales.toArray(Published[]::new));
        assertThat(paheko.accepted()).hasSize(22);
        assertThat(quarantined()).isEmpty();
    }

    // -- Retry-After --------------------------------------------------------------------------------------------------------------------------

    @Test
    void aReceiverThatAsksForPatienceIsLeftAlone() {
        start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1));
        Map<Integer, Published> sales = new LinkedHashMap<>();
        for (int status : new int[] { 408, 425, 429, 503 }) {
            SaleEvent ticket = till.ticket();
            paheko.when(of(ticket), 1, Behaviour.answer(Answer.error(status, "Plus tard").with("Retry-After", "2")));
            sales.put(status, till.publish(ticket));
            // others are taken, so nothing pauses
            untilNextSaleIsDelivered();
        }
        untilAcknowledged(sales.values().toArray(Published[]::new));
        sales.forEach((status, sale) -> {
            List<Received> tries = paheko.received(sale.key());
            assertThat(tries).as("status " + status).hasSize(2);
            assertThat(millisBetween(tries.get(0), tries.get(1))).as("status " + status).isGreaterThanOrEqualTo(1_995);
        });
    }

    @Test
    void aWishShorterThanTheNextDelayChangesNothingWithinTheFirstRound() {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 1, Behaviour.unavailable(1));
        try (LogLines log = new LogLines()) {
            start(oneRound().setting("PAHEKO_PUSH_BACKOFF_SECONDS", 1.5));
            Published sale = till.publish(ticket);
            untilAcknowledged(sale);
            until("the last line", () -> log.values(sale.entryId(), "round").size() == 2);
            assertThat(log.values(sale.entryId(), "round")).containsExactly("1", "1");
        }
    }

    /** What is asked for, and how many seconds are waited for it; where it makes no sense, as long as without it. */
    private record Wish(String text, int seconds) {
    }

    private static List<Wish> wishes() {
        return List.of(
                new Wish("120", 120),
                new Wish(" 120 ", 120),
                new Wish("0", 1), new Wish("-1", 1), new Wish("-99999999999999999999", 1),
                new Wish("Thu, 01 Jan 1970 00:00:00 GMT", 1),
                new Wish("901", 900), new Wish("99999999999999999999", 900),
                new Wish("Fri, 31 Dec 9999 23:59:59 GMT", 900),
                new Wish("", 3600), new Wish("soon", 3600), new Wish("1.5", 3600), new Wish("Thu, 99 Jan 2026 00:00:00 GMT", 3600));
    }

    @Test
    void aWishIsBoundedAndOneThatMakesNoSenseIsNone() {
        start(oneRound());
        Pattern next = Pattern.compile("next round in (\\d+) s");
        for (Wish wish : wishes()) {
            SaleEvent ticket = till.ticket();
            paheko.when(of(ticket), 1, Behaviour.answer(Answer.error(429, "Plus tard").with("Retry-After", wish.text())));
            try (LogLines log = new LogLines()) {
                Published sale = till.publish(ticket);
                until("the end of the round", () -> log.about(sale.entryId()).stream().anyMatch(line -> next.matcher(line).find()));
                int told = log.about(sale.entryId()).stream().map(next::matcher).filter(Matcher::find).map(found -> Integer.valueOf(found.group(1)))
                        .findFirst().orElseThrow();
                // what is not asked for is spread by a fifth
                assertThat(told).as(wish.text()).isBetween(wish.seconds() == 3600 ? 2880 : wish.seconds(),
                        wish.seconds() == 3600 ? 4320 : wish.seconds());
            }
            // others are taken, so nothing pauses
            untilNextSaleIsDelivered();
        }
    }

    // -- rounds -------------------------------------------------------------------------------------------------------------------------------

    @Test
    void aRestartBetweenTwoRoundsNeitherHurriesNorForgetsThem() {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 3, Behaviour.answer(500));
        try (LogLines log = new LogLines()) {
            PasserelleApp.Builder slow = app().setting("PAHEKO_PUSH_MAX_RETRIES", 1).setting("PAHEKO_PUSH_REPLAY_SECONDS", 2)
                    .setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 60);
            PasserelleApp first = start(slow);
            Published sale = till.publish(ticket);
            untilRoundEnded(sale);
            first.close();
            PasserelleApp second = start(slow);
            untilNextSaleIsDelivered();
            paheko.awaitRequests(3, sale.key());
            until("the end of the second round", () -> round(sale).startsWith("2 ") && millisToNextRound(sale) > 0);
            second.close();
            start(slow);
            untilAcknowledged(sale);
            List<Received> tries = paheko.received(sale.key());
            assertThat(tries).hasSize(4);
            // two seconds, then four, a fifth shorter at most
            assertThat(millisBetween(tries.get(1), tries.get(2))).isGreaterThanOrEqualTo(1_595);
            assertThat(millisBetween(tries.get(2), tries.get(3))).isGreaterThanOrEqualTo(3_195);
            until("the last line", () -> log.values(sale.entryId(), "outcome").contains("delivered"));
            assertThat(log.values(sale.entryId(), "round")).containsExactly("1", "1", "1", "2", "2", "3");
        }
    }

    @Test
    void oneThatFailsKeepsNobodyElseBackForLong() {
        SaleEvent stubborn = till.ticket();
        paheko.when(of(stubborn), Behaviour.reset());
        try (LogLines log = new LogLines()) {
            start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1)
                    .setting("PAHEKO_PUSH_MAX_RETRIES", 1));
            Published failing = till.publish(stubborn);
            List<Published> others = IntStream.range(0, 50).mapToObj(i -> publishTicket()).toList();
            untilAcknowledged(others.toArray(Published[]::new));
            int rounds = paheko.received(failing.key()).size();
            until("it goes on being tried", () -> paheko.received(failing.key()).size() >= rounds + 3);
            assertThat(pending()).containsExactly(failing.entryId());
            assertThat(log.all()).as("one that fails among others").noneMatch(line -> line.contains("is paused"));
        }
    }
}
