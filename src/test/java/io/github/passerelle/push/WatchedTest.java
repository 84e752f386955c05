package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;

/** What the application says of itself. */
class WatchedTest extends ChannelTest {

    @Test
    void saysThatAllIsWell() throws Exception {
        Instant before = Instant.now();
        PasserelleApp app = start();
        Health idle = app.awaitHealth("ok", health -> health.status() == 200);
        List<String> names = new ArrayList<>();
        idle.body().fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("status", "redis", "push_worker", "role", "last_success_at", "last_error", "waiting",
                "pending", "held", "collected", "quarantined", "oldest_pending_seconds", "paused", "attention");
        assertThat(idle.body().toString()).isEqualTo("""
                {"status":"ok","redis":"ok","push_worker":"ok","role":"active","last_success_at":null,"last_error":null,"waiting":0,\
                "pending":0,"held":0,"collected":0,"quarantined":0,"oldest_pending_seconds":null,"paused":false,"attention":false}""");
        Published sale = publishTicket();
        untilAcknowledged(sale);
        Health after = app.health();
        assertThat(Instant.parse(after.text("last_success_at"))).isAfterOrEqualTo(before);
        assertThat(after.body().get("pending").intValue()).isZero();
        assertThat(app.get("/health").headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void countsWhatWaitsAndWhatIsPending() throws Exception {
        Hold hold = paheko.hold();
        PasserelleApp app = start();
        publishTicket();
        hold.awaitHeld();
        for (int i = 0; i < 40; i++) {
            publishTicket();
        }
        Health busy = app.awaitHealth("all are counted",
                health -> health.body().get("waiting").intValue() + health.body().get("pending").intValue() == 41);
        assertThat(busy.status()).isEqualTo(200);
        assertThat(busy.body().get("waiting").intValue()).isPositive();
        hold.release();
        app.awaitHealth("all are done", health -> health.body().get("waiting").intValue() + health.body().get("pending").intValue() == 0);
        assertThat(paheko.accepted()).hasSize(41);
    }

    @Test
    void namesTheLastFailureWhileTheReceiverIsDown() throws Exception {
        paheko.answer(503);
        PasserelleApp app = start();
        publishTicket();
        Health failing = app.awaitHealth("the cause", health -> health.text("last_error").equals("paheko_5xx"));
        assertThat(failing.text("redis")).isEqualTo("ok");
        assertThat(failing.body().get("pending").intValue()).isEqualTo(1);
        paheko.normal();
        app.awaitHealth("delivered", health -> !health.text("last_success_at").isEmpty() && health.body().get("pending").intValue() == 0);
    }

    @Test
    void isAnErrorWhenNothingSucceedsForTooLong() throws Exception {
        paheko.answer(503);
        PasserelleApp app = start(app().setting("PASSERELLE_STALL_SECONDS", 1).setting("PAHEKO_PUSH_MAX_RETRIES", 100)
                .setting("PAHEKO_PUSH_BACKOFF_FACTOR", 1));
        Published sale = publishTicket();
        Health stalled = app.awaitHealth("stalled", health -> health.status() == 503 && health.text("redis").equals("ok"));
        assertThat(stalled.text("status")).isEqualTo("error");
        assertThat(stalled.text("push_worker")).isEqualTo("error");
        paheko.normal();
        untilAcknowledged(sale);
        app.awaitHealth("well again", health -> health.status() == 200);
    }

    @Test
    void isAnErrorWhileRedisIsAwayAndComesBackByItself() throws Exception {
        PasserelleApp app = start();
        app.awaitHealth("ok", health -> health.status() == 200);
        server.kill();
        redis.close();
        try {
            Health lost = app.awaitHealth("redis error", health -> health.text("redis").equals("error"));
            assertThat(lost.status()).isEqualTo(503);
            assertThat(lost.text("status")).isEqualTo("error");
            assertThat(lost.text("push_worker")).isEqualTo("error");
            assertThat(lost.body().get("waiting").isNull()).isTrue();
            until("not ready", () -> app.get("/observe/health/ready").statusCode() == 503);
            assertThat(app.get("/observe/health/live").statusCode()).isEqualTo(200);
        } finally {
            server.restart();
        }
        Published sale = publishTicket();
        app.awaitHealth("ok again", health -> health.status() == 200);
        untilAcknowledged(sale);
        until("ready", () -> app.get("/observe/health/ready").statusCode() == 200);
    }

    @Test
    void tellsTheAgeOfTheOldestEntryThatIsTriedAgainAndThatAPersonShouldLook() throws Exception {
        Published old = new Published("1000-0", till.refusedTicket());
        redis.command("XADD", stream, old.entryId(), "event", old.sale().type(), "payload", old.sale().payload());
        PasserelleApp app = start(oneRound().setting("PAHEKO_PUSH_MAX_RETRIES", 0));
        Health refused = app.awaitHealth("refused", health -> health.body().path("quarantined").intValue() == 1);
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body().get("attention").booleanValue()).isTrue();
        assertThat(refused.body().get("pending").intValue()).isZero();
        assertThat(refused.body().get("oldest_pending_seconds").isNull()).as("what is put aside has no turn").isTrue();

        paheko.answerNext(1, Behaviour.answer(503));
        long hourAgo = System.currentTimeMillis() - 3_600_000;
        SaleEvent ticket = till.ticket();
        redis.command("XADD", stream, hourAgo + "-0", "event", ticket.type(), "payload", ticket.payload());
        Health failed = app.awaitHealth("failed", health -> health.text("last_error").equals("paheko_5xx"));
        assertThat(failed.body().get("pending").intValue()).isEqualTo(1);
        assertThat(failed.body().get("oldest_pending_seconds").longValue()).isBetween(3_600L, 3_660L);
    }

    @Test
    void answersWhileRedisHangsHoweverManyAsk() {
        // nothing but its own patience ends the wait
        PasserelleApp app = start(app().property("camel.component.redis-streams.configuration.timeout", 60_000));
        app.awaitHealth("ok", health -> health.status() == 200);
        server.pause();
        try {
            List<Health> answers = IntStream.range(0, 400).mapToObj(i -> app.askHealth()).toList().stream().map(CompletableFuture::join).toList();
            assertThat(answers).allSatisfy(hanging -> {
                assertThat(hanging.status()).isEqualTo(503);
                assertThat(hanging.text("redis")).isEqualTo("error");
                assertThat(hanging.text("push_worker")).isEqualTo("error");
                for (String unknown : List.of("waiting", "pending", "held", "collected", "quarantined", "oldest_pending_seconds", "attention")) {
                    assertThat(hanging.body().get(unknown).isNull()).as(unknown).isTrue();
                }
            });
        } finally {
            server.resume();
        }
        app.awaitHealth("ok again", health -> health.status() == 200);
    }

    @Test
    void answersWhereNoConnectionIsEverMade() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // nobody else has tried to connect, so it must try itself
            PasserelleApp app = start(app().setting("REDIS_URL", "redis://127.0.0.1:" + silent.getLocalPort()).without("PAHEKO_PLUGIN_SECRET")
                    .property("camel.component.redis-streams.configuration.timeout", 60_000));
            Health health = app.health();
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text("redis")).isEqualTo("error");
            assertThat(health.text("push_worker")).isEqualTo("unconfigured");
            // a stop would wait for the connection
            app.context().getExecutorServiceManager().setShutdownAwaitTermination(1);
        }
    }

    @Test
    void withoutUrlOrSecretItLivesAndSaysSo() throws Exception {
        for (String missing : List.of("PAHEKO_PLUGIN_URL", "PAHEKO_PLUGIN_SECRET")) {
            PasserelleApp app = start(app().without(missing));
            Published sale = publishTicket();
            Health health = app.awaitHealth("unconfigured", h -> h.text("push_worker").equals("unconfigured"));
            assertThat(health.status()).as(missing).isEqualTo(200);
            assertThat(health.text("status")).isEqualTo("ok");
            assertThat(health.text("redis")).isEqualTo("ok");
            assertThat(health.body().get("waiting").intValue()).isPositive();
            assertThat(app.context().getRouteController().getRouteStatus("push-caisse")).isEqualTo(ServiceStatus.Stopped);
            assertThat(app.get("/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(app.get("/observe/health/ready").statusCode()).as("as ready as it can be").isEqualTo(200);
            assertThat(paheko.received(sale.key())).isEmpty();
            app.close();
        }
        start();
        paheko.awaitAccepted(2);
    }

    @Test
    void camelsOwnChecksAndMetricsAnswer() throws Exception {
        PasserelleApp app = start();
        untilNextSaleIsDelivered();
        for (String path : List.of("/observe/health", "/observe/health/live", "/observe/health/ready")) {
            HttpResponse<String> answer = app.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"status\":\"UP\"");
        }
        assertThat(app.get("/observe/health/ready").body()).contains("\"consumer:push-caisse\"").doesNotContain(PahekoStandIn.SECRET);
        HttpResponse<String> metrics = app.get("/observe/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("routeId=\"push-caisse\"").doesNotContain(PahekoStandIn.SECRET);
    }

    @Test
    void whatComesWithARequestDoesNotGoBackWithItsAnswer() throws Exception {
        PasserelleApp app = start();
        app.awaitHealth("ok", health -> health.status() == 200);
        HttpResponse<String> answer = app.get("/health?Set-Cookie=a&X-Evil=1&CamelHttpResponseCode=418");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet().stream().map(String::toLowerCase))
                .doesNotContain("set-cookie", "x-evil").noneMatch(name -> name.startsWith("camel"));
    }

    @Test
    void aSecretOfAnyOddFormIsSentAsItIsAndStaysOutOfTheLog() {
        for (String odd : List.of("${body}", "x#bean:journal", "RAW(x)&y=1?z", "a%20b+c", "a\\b\"c'd", "$simple{x}", "{x}")) {
            try (PahekoStandIn receiver = PahekoStandIn.start(odd);
                    LogLines log = new LogLines()) {
                receiver.answerNext(1, Behaviour.answer(Answer.error(503, "no: " + odd)));
                PasserelleApp app = start(app().receiver(receiver).setting("PAHEKO_PLUGIN_SECRET", odd));
                Published sale = publishTicket();
                until(odd, () -> receiver.accepted().containsKey(sale.key()) && !pending().contains(sale.entryId()));
                assertThat(receiver.ledger()).allSatisfy(request -> assertThat(request.header("X-Paheko-Secret")).isEqualTo(odd));
                assertThat(log.values(sale.entryId(), "answer")).containsExactly("no: (hidden)");
                app.close();
            }
        }
    }

    @Test
    void aUrlMayHaveAQueryOfItsOwn() {
        paheko.always(Behaviour.accept());
        start(app().setting("PAHEKO_PLUGIN_URL", paheko.url() + "?site=1&x=ab"));
        Published sale = publishTicket();
        untilAcknowledged(sale);
        assertThat(paheko.ledger().get(0).path()).isEqualTo("/p/recyclic/push.php?site=1&x=ab");
    }
}
