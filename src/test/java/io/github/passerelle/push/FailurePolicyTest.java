package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLHandshakeException;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.fixture.LogLines;

/** What the error policy is told of a failure, and what is kept of each failed try: the bean by itself. */
class FailurePolicyTest {

    private static final String SECRET = "top secret/1";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SteppingClock clock = new SteppingClock();
    private final Channel channel = new Channel(clock, System::nanoTime);
    private final Failure failure = new Failure(clock);
    private Exchange exchange;

    @BeforeEach
    void setUp() {
        failure.setChannel(channel);
        failure.setJournal(new Journal());
        failure.setSecret(SECRET);
        failure.setBackoffMillis(1_000);
        failure.setBackoffFactor(2);
        failure.setMaxBackoffMillis(60_000);
        exchange = exchange();
    }

    // -- of which class it is ---------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({ "408, busy", "425, busy", "429, busy", "500, transient", "502, transient", "503, transient", "504, transient",
            "400, rejected", "402, rejected", "409, rejected", "413, rejected", "415, rejected", "422, rejected", "499, rejected",
            "401, configuration", "403, configuration", "404, configuration", "405, configuration", "301, configuration", "302, configuration",
            "307, configuration" })
    void anAnswerHasAClass(int status, String kind) {
        assertThat(failure.kind(failed(answer(status, "")))).isEqualTo(kind);
    }

    @Test
    void whatIsNoAnswerHasAClassToo() {
        for (Exception transientOne : List.of(new ConnectException("refused"), new UnknownHostException("x"), new ConnectTimeoutException("x"),
                new SocketTimeoutException("x"), new IOException("reset"), new IllegalStateException("ours"))) {
            assertThat(failure.kind(failed(transientOne))).isEqualTo("transient");
        }
        assertThat(failure.kind(failed(new SSLHandshakeException("x")))).isEqualTo("configuration");
        assertThat(failure.kind(failed(new NotPahekoException("x")))).isEqualTo("configuration");
        assertThat(failure.kind(failed(new UnreadableEntryException("x")))).isEqualTo("unreadable");
        assertThat(failure.kind(failed(new TrimmedEntryException()))).isEqualTo("unreadable");
    }

    // -- patience -----------------------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({ "0, 1, false", "0, 2, true", "1, 2, false", "1, 3, true", "4, 16, false", "4, 17, true", "20, 60, false", "20, 61, true" })
    void patienceIsAskedForByAWishLongerThanTheNextDelay(int redeliveries, String seconds, boolean asked) {
        exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, redeliveries);
        assertThat(failure.isPatienceAsked(failed(answer(503, seconds)))).isEqualTo(asked);
    }

    @Test
    void withoutAWishNoPatienceIsAskedFor() {
        assertThat(failure.isPatienceAsked(failed(answer(503, "")))).isFalse();
        assertThat(failure.isPatienceAsked(failed(answer(500, "600")))).isFalse();
        assertThat(failure.isPatienceAsked(failed(new ConnectException("refused")))).isFalse();
    }

    @Test
    void aWishSetsTheNextRoundAndTheNextFailureForgetsIt() {
        tryFails(answer(429, "7"));
        assertThat(exchange.getProperty(RedisStreamsConstants.REPLAY_DELAY)).isEqualTo(7_000L);
        tryFails(new ConnectException("refused"));
        assertThat(exchange.getProperty(RedisStreamsConstants.REPLAY_DELAY)).isNull();
    }

    // -- given up -----------------------------------------------------------------------------------------------------------------------------

    @Test
    void isGivenUpInTheTenthLaterRoundOf5xxWhileOthersAreTaken() {
        round(1);
        tryFails(answer(500, ""));
        for (int round = 2; round <= 10; round++) {
            round(round);
            othersAreTaken();
            tryFails(answer(500, ""));
            assertThat(dossier().serverErrors()).isEqualTo(round - 1);
        }
        round(11);
        assertThat(failure.isGivenUp(failed(answer(500, "")))).as("nobody else was taken").isFalse();
        othersAreTaken();
        assertThat(failure.isGivenUp(failed(answer(500, "")))).isTrue();
        assertThat(failure.isGivenUp(failed(answer(429, "")))).as("only 5xx counts").isFalse();
        assertThat(failure.isGivenUp(failed(new SocketTimeoutException("x")))).isFalse();
    }

    @Test
    void onlyLaterRoundsOf5xxWhileOthersAreTakenCount() {
        othersAreTaken();
        round(1);
        tryFails(answer(500, ""));
        tryFails(answer(500, ""));
        assertThat(dossier().serverErrors()).as("the first round").isZero();
        round(2);
        tryFails(answer(500, ""));
        assertThat(dossier().serverErrors()).as("nobody else was taken since").isZero();
        othersAreTaken();
        exchange.setProperty(RedisStreamsConstants.PROBE, true);
        tryFails(answer(500, ""));
        assertThat(dossier().serverErrors()).as("a probe").isZero();
        exchange.setProperty(RedisStreamsConstants.PROBE, false);
        othersAreTaken();
        tryFails(new SocketTimeoutException("x"));
        assertThat(dossier().serverErrors()).as("no answer").isZero();
        othersAreTaken();
        tryFails(answer(502, ""));
        assertThat(dossier().serverErrors()).isEqualTo(1);
    }

    @Test
    void whatOthersWereBeforeARestartDoesNotCount() {
        round(12);
        exchange.setProperty(RedisStreamsConstants.NOTE, "{\"last\":" + clock.instant().toEpochMilli() + ",\"serverErrors\":9}");
        assertThat(failure.isGivenUp(failed(answer(500, "")))).isFalse();
        othersAreTaken();
        assertThat(failure.isGivenUp(failed(answer(500, "")))).isTrue();
    }

    // -- what is kept -------------------------------------------------------------------------------------------------------------------------

    @Test
    void keepsWhatIsKnownOfAFailedTry() {
        exchange.setProperty("event", "pos.ticket.created");
        exchange.setProperty("session", "s-1");
        exchange.setProperty("idempotencyKey", "pos.ticket.created:1");
        tryFails(answer(422, "", "{\"error\": \"Compte inconnu\"}"));
        long now = clock.instant().toEpochMilli();
        assertThat(dossier()).isEqualTo(new Dossier("pos.ticket.created", "s-1", "pos.ticket.created:1", now, now, 1, 0, false, "rejected", 422,
                "Compte inconnu", null));
    }

    @ParameterizedTest
    @ValueSource(ints = { 502, 504 })
    void anAnswerOfSomebodyInBetweenMayHideABooking(int status) {
        tryFails(answer(status, ""));
        tryFails(answer(400, ""));
        assertThat(dossier().mayBeBooked()).isTrue();
    }

    @Test
    void aTimeOutOrALostConnectionMayHideABooking() {
        for (Exception lost : List.of(new SocketTimeoutException("x"), new IOException("reset"))) {
            exchange = exchange();
            tryFails(lost);
            assertThat(dossier().mayBeBooked()).isTrue();
        }
        for (Exception sure : List.of(new ConnectException("x"), new UnknownHostException("x"), new ConnectTimeoutException("x"),
                new SSLHandshakeException("x"), answer(500, ""), answer(503, ""), answer(429, ""), answer(404, ""), answer(302, ""))) {
            exchange = exchange();
            tryFails(sure);
            assertThat(dossier().mayBeBooked()).as(sure.toString()).isFalse();
        }
    }

    @Test
    void aDamagedNoteIsBegunAnew() {
        exchange.setProperty(RedisStreamsConstants.NOTE, "{\"tries\":");
        tryFails(answer(400, ""));
        assertThat(dossier().tries()).isEqualTo(1);
    }

    @Test
    void neitherTheNoteNorTheLogRepeatsSecretsAndPrivateTexts() {
        String note = "Mme Dupont, 06 12 34 56 78, livrer jeudi";
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of(note));
        String url = "top+secret%2F1";
        try (LogLines log = new LogLines()) {
            for (Exception talkative : List.of(answer(400, "", "{\"error\": \"" + SECRET + " et " + note + "\"}"),
                    answer(400, "", "adresse ?secret=" + url + " note : mme dupont,  06 12 34 ..."),
                    new IllegalStateException("fault\nat " + note + " with " + SECRET))) {
                tryFails(talkative);
                assertThat(dossier().toString() + log.all().toList()).doesNotContainIgnoringCase("dupont").doesNotContain("06 12", SECRET, url);
            }
            assertThat(log.all()).hasSize(3).last().asString().contains("IllegalStateException: fault at (hidden) with (hidden)");
        }
    }

    /** What handles the failure may log the message, or send it elsewhere. */
    @Test
    void theSecretThatWasSentGoesNoFurtherThanTheTry() {
        exchange.getMessage().setHeader("X-Paheko-Secret", SECRET);
        exchange.getMessage().setHeader("Authorization", "Basic " + SECRET);
        exchange.getMessage().setHeader("Idempotency-Key", "k");
        tryFails(answer(400, ""));
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("Idempotency-Key");
    }

    @Test
    void aStepBehindTheEndOfTheRouteIsNoTry() {
        tryFails(answer(400, ""));
        Dossier before = dossier();
        exchange.setProperty(Exchange.ON_COMPLETION, true);
        try (LogLines log = new LogLines()) {
            tryFails(new IllegalStateException("no mail"));
            assertThat(log.all()).singleElement().asString().startsWith("WARN A step behind the end of the route failed: ").contains("no mail");
        }
        assertThat(dossier()).isEqualTo(before);
        assertThat(channel.lastError()).isEqualTo("rejected");
    }

    private Dossier dossier() {
        return Dossier.parse(exchange.getProperty(RedisStreamsConstants.NOTE, String.class)).orElseThrow();
    }

    private void tryFails(Exception cause) {
        clock.step();
        failure.process(failed(cause));
    }

    private void othersAreTaken() {
        clock.step();
        channel.delivered("pos.ticket.created:1");
    }

    private void round(int round) {
        exchange.setProperty(RedisStreamsConstants.ROUND, round);
    }

    private Exchange failed(Exception cause) {
        exchange.setException(cause);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, cause);
        return exchange;
    }

    private Exchange exchange() {
        Exchange fresh = new DefaultExchange(context);
        fresh.setProperty(RedisStreamsConstants.ENTRY_ID, "1-1");
        fresh.setProperty(RedisStreamsConstants.ROUND, 1);
        return fresh;
    }

    private static HttpOperationFailedException answer(int status, String retryAfter) {
        return answer(status, retryAfter, "");
    }

    private static HttpOperationFailedException answer(int status, String retryAfter, String body) {
        return new HttpOperationFailedException("https://paheko.example/", status, "", null, Map.of("Retry-After", retryAfter), body);
    }

    /** A second later with each step. */
    private static final class SteppingClock extends Clock {

        private Instant now = Instant.parse("2026-11-20T08:00:00Z");

        void step() {
            now = now.plusSeconds(1);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
