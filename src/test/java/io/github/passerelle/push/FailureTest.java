package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
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
        for (Behaviour failure : List.of(Behaviour.answer(500), Behaviour.unavailable(0), Behaviour.reset(), Behaviour.cutInHead())) {
            paheko.always(failure);
            Published sale = publishTicket();
            untilRoundEnded(sale);
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
    void aRefusalIsSentOnceWhileRunningAndAgainAfterARestart() {
        int[] statuses = { 400, 401, 403, 404, 405, 409, 413, 415, 422, 300, 301, 302, 303, 307, 308 };
        Map<Published, String> causes = new LinkedHashMap<>();
        try (LogLines log = new LogLines()) {
            PasserelleApp first = start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1));
            for (int status : statuses) {
                Published sale = till.publish(refusedWith(status));
                causes.put(sale, Cause.of(new HttpOperationFailedException("", status, "", null, Map.of(), "")).code());
            }
            untilNextSaleIsDelivered();
            causes.keySet().forEach(this::untilRoundEnded);
            // while this one goes through two more rounds, the refused ones would have had another
            Published transientOne = till.publish(failingTwice());
            untilAcknowledged(transientOne);
            causes.forEach((sale, cause) -> {
                assertThat(paheko.received(sale.key())).as(cause).hasSize(1);
                assertThat(log.values(sale.entryId(), "cause")).containsOnly(cause);
            });
            assertThat(pending()).containsExactlyElementsOf(causes.keySet().stream().map(Published::entryId).toList());
            first.close();
        }
        start(app());
        causes.keySet().forEach(sale -> paheko.awaitRequests(2, sale.key()));
        untilNextSaleIsDelivered();
        causes.keySet().forEach(sale -> assertThat(paheko.received(sale.key())).hasSize(2));
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (PahekoStandIn elsewhere = PahekoStandIn.start()) {
            start();
            SaleEvent sale = till.ticket();
            paheko.when(request -> request.key().equals(sale.key()), Behaviour.redirect(elsewhere.url()));
            Published published = till.publish(sale);
            untilNextSaleIsDelivered();
            assertThat(pending()).containsExactly(published.entryId());
            assertThat(elsewhere.connectionCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 408, 425, 429 })
    void aBusyReceiverGetsOnePostInARoundAndAnotherInTheNext(int status) {
        try (LogLines log = new LogLines()) {
            start();
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
        untilRoundEnded(sale);
        untilNextSaleIsDelivered();
        assertThat(paheko.received(sale.key())).hasSize(2);
        assertThat(pending()).containsExactly(sale.entryId());
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

    static Stream<Arguments> failuresOfOneTry() {
        return Stream.of(
                arguments("reset before reading", Behaviour.resetBeforeReading(), "connection_lost"),
                arguments("reset after reading", Behaviour.reset(), "connection_lost"),
                arguments("half a head", Behaviour.cutInHead(), "connection_lost"),
                arguments("no answer", Behaviour.neverAnswer(), "paheko_timeout"),
                arguments("closed without a word", (Behaviour) io.github.passerelle.fixture.Exchange::cut, "connection_lost"),
                arguments("no HTTP", (Behaviour) exchange -> {
                    exchange.send("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    exchange.cut();
                }, "connection_lost"),
                arguments("database is locked", Behaviour.databaseLocked(), "paheko_5xx"),
                arguments("503 with Retry-After", Behaviour.unavailable(120), "paheko_5xx"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresOfOneTry")
    void aTryThatFailedIsRepeated(String name, Behaviour behaviour, String cause) {
        paheko.answerNext(2, behaviour);
        try (LogLines log = new LogLines()) {
            start(oneRound().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5));
            Published sale = publishTicket();
            untilAcknowledged(sale);
            assertThat(paheko.ledger()).hasSize(3);
            assertThat(log.values(sale.entryId(), "cause")).containsExactly(cause, cause);
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
    void oneThatFailsForEverKeepsNobodyElseBackForLong() {
        SaleEvent stubborn = till.ticket();
        paheko.when(request -> request.key().equals(stubborn.key()), Behaviour.answer(500));
        start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_MAX_RETRIES", 1));
        Published failing = till.publish(stubborn);
        List<Published> others = IntStream.range(0, 50).mapToObj(i -> publishTicket()).toList();
        untilAcknowledged(others.toArray(Published[]::new));
        int rounds = paheko.received(failing.key()).size();
        until("it goes on being tried", () -> paheko.received(failing.key()).size() >= rounds + 3);
        assertThat(pending()).containsExactly(failing.entryId());
    }

    private SaleEvent refusedWith(int status) {
        SaleEvent sale = till.ticket();
        Answer answer = Answer.error(status, "Refusé");
        paheko.when(request -> request.key().equals(sale.key()), Behaviour.answer(status / 100 == 3
                ? answer.with("Location", paheko.url() + "?followed") : answer));
        return sale;
    }

    private SaleEvent failingTwice() {
        SaleEvent sale = till.ticket();
        paheko.when(request -> request.key().equals(sale.key()), 2, Behaviour.answer(429));
        return sale;
    }
}
