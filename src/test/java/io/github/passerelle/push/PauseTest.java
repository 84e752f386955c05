package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;

/** What the channel does while nothing gets through: few requests, nothing lost, and all by itself once it is over. */
class PauseTest extends ChannelTest {

    /** The shipped delays of probes, 5 seconds doubling to 60, fifty times as quick, and the longest a hundred times. */
    private static final long FIRST_PROBE = 100;
    private static final long LONGEST_PROBE = 600;
    /** A delay is spread by a fifth, and clocks are not exact. */
    private static final double SHORTEST = 0.8;
    private static final long INEXACT = 5;

    @Test
    void anOutageWithAThousandSalesWaitingCostsFewRequestsAndNoSale() throws Exception {
        List<Published> sales = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> sales.addAll(till.publish(till.session(48))));
        assertThat(sales).hasSize(1_000);
        paheko.answer(503);
        PasserelleApp app = start(scaled().setting("PAHEKO_PUSH_MAX_RETRIES", 5));
        Health paused = app.awaitHealth("paused", health -> health.text("paused").equals("true"));
        assertThat(paused.status()).isEqualTo(503);
        assertThat(paused.text("push_worker")).isEqualTo("error");
        // the first try of the third entry begins the pause; the others may have had a redelivery under way; then nine probes
        int third = untilThirdEntry(paheko.ledger());
        List<Received> outage = paheko.awaitRequests(third + 2 + 9);
        int tries = untilNextOf(outage.get(third - 1).key(), outage, third);
        assertThat(third).as("tries before the pause").isBetween(3, 13);
        assertThat(tries - third).as("redeliveries under way when it began").isLessThanOrEqualTo(2);
        assertSpacedAsProbes(outage.subList(tries, tries + 9));
        int waiting = paused.body().get("waiting").intValue();
        assertThat(app.health().body().get("waiting").intValue()).as("nothing new is read but to probe").isGreaterThan(waiting - 15);

        int before = paheko.ledger().size();
        paheko.normal();
        paheko.awaitAccepted(1_000);
        until("all acknowledged", () -> pending().isEmpty());
        app.awaitHealth("well again", health -> health.status() == 200 && health.text("paused").equals("false"));
        assertThat(quarantined()).isEmpty();
        List<Received> afterwards = paheko.ledger().stream().filter(Received::booked).toList();
        assertThat(paheko.ledger().size() - before).as("each once, and the probe that came too early").isBetween(1_000, 1_001);
        // the entry that ended the pause came first, then those that had failed, then the rest
        assertThat(afterwards.subList(1, 1_000)).isSortedAccordingTo(byAge());
        assertThat(paheko.mostAtOnce()).isEqualTo(1);
    }

    /** What is left out on purpose is acknowledged, and yet Paheko has answered nothing. */
    @Test
    void whatIsLeftOutEndsNoPauseAndQuarantinesNothing() throws Exception {
        paheko.answer(401);
        PasserelleApp app = start(scaled().setting("PAHEKO_PUSH_SKIP_VIRTUAL", true));
        Published real = publishTicket();
        app.awaitHealth("paused", health -> health.text("paused").equals("true"));
        CashSession virtual = till.session(3);
        List<Published> skipped = new ArrayList<>(List.of(till.publish(virtual.opened().with("real", "virtual"))));
        virtual.tickets().forEach(ticket -> skipped.add(till.publish(ticket)));
        until("they are left out", () -> skipped.stream().noneMatch(entry -> pending().contains(entry.entryId()))
                && app.health().text("waiting").equals("0"));
        assertThat(app.health().text("paused")).isEqualTo("true");
        assertThat(quarantined()).isEmpty();
        paheko.normal();
        untilAcknowledged(real);
        assertThat(quarantined()).isEmpty();
    }

    @Test
    void anOutageInWhichConnectionsAreRefusedEndsInTheSameWay() throws Exception {
        paheko.stop();
        try (LogLines log = new LogLines()) {
            PasserelleApp app = start(scaled().setting("PAHEKO_PUSH_MAX_RETRIES", 1));
            List<Published> sales = till.publish(till.session(98));
            app.awaitHealth("paused", health -> health.text("paused").equals("true") && health.text("last_error").equals("paheko_unreachable"));
            until("some probes", () -> failures(log) >= 5 + 6);
            assertThat(sales.stream().filter(sale -> !log.values(sale.entryId(), "cause").isEmpty()).count()).as("entries tried").isLessThan(10);
            paheko.startAgain();
            untilAcknowledged(sales.toArray(Published[]::new));
            assertThat(paheko.ledger()).hasSize(100);
            assertThat(quarantined()).isEmpty();
        } finally {
            paheko.stop();
            paheko.startAgain();
        }
    }

    private static long failures(LogLines log) {
        return log.all().filter(line -> line.contains("outcome=\"failed\"")).count();
    }

    /** @param causes what {@code /health} may call it, as a pattern */
    private record Fault(String name, Behaviour behaviour, String causes) {
    }

    private static List<Fault> whatConcernsAll() {
        AtomicInteger turn = new AtomicInteger();
        Behaviour upgrade = exchange -> (turn.getAndIncrement() % 2 == 0 ? Behaviour.redirect("/upgrade.php") : Behaviour.htmlPage()).play(exchange);
        return List.of(
                new Fault("a wrong secret", Behaviour.answer(Answer.error(401, "Secret absent ou incorrect")), "unauthorized"),
                new Fault("an address that Paheko suspects", Behaviour.answer(Answer.html(403, "Accès interdit")), "unauthorized"),
                new Fault("the plugin switched off", Behaviour.answer(Answer.html(404, "Page non trouvée")), "not_found"),
                new Fault("another method wanted", Behaviour.answer(405), "not_found"),
                new Fault("an upgrade", upgrade, "not_paheko|redirected"));
    }

    @Test
    void whatConcernsAllEntriesPausesAtOnceAndIsOverByItself() throws Exception {
        PasserelleApp app = start(scaled());
        for (Fault fault : whatConcernsAll()) {
            paheko.forget();
            assertPausesAtOnceAndIsOverByItself(app, fault);
        }
    }

    private void assertPausesAtOnceAndIsOverByItself(PasserelleApp app, Fault fault) throws Exception {
        paheko.always(fault.behaviour());
        till.publish(till.session(198));
        List<Received> tries = paheko.awaitRequests(1 + 6);
        assertSpacedAsProbes(tries.subList(1, 7));
        Health paused = app.awaitHealth("paused", health -> health.text("paused").equals("true"));
        assertThat(paused.status()).as(fault.name()).isEqualTo(503);
        assertThat(paused.text("push_worker")).isEqualTo("error");
        assertThat(paused.text("last_error")).as(fault.name()).matches(fault.causes());
        assertThat(paused.text("quarantined")).isEqualTo("0");

        int before = paheko.ledger().size();
        paheko.normal();
        paheko.awaitAccepted(200);
        until("all acknowledged", () -> pending().isEmpty());
        assertThat(quarantined()).isEmpty();
        assertThat(paheko.ledger().size() - before).isBetween(200, 201);
        app.awaitHealth("well again", health -> health.status() == 200 && health.text("paused").equals("false"));
    }

    @Test
    void aRefusalIsTheAnswerOfAPahekoThatIsWell() throws Exception {
        PasserelleApp app = start(scaled().setting("PAHEKO_PUSH_MAX_RETRIES", 0));
        SaleEvent refused = till.refusedTicket();
        paheko.when(request -> !request.key().equals(refused.key()), Behaviour.answer(503));
        List<Published> failing = Stream.generate(this::publishTicket).limit(3).toList();
        app.awaitHealth("paused", health -> health.text("paused").equals("true"));
        try (LogLines log = new LogLines()) {
            Published last = till.publish(refused);
            untilQuarantined(last);
            until("the end of the pause", () -> log.all().anyMatch(line -> line.contains("goes on")));
        }
        paheko.normal();
        untilAcknowledged(failing.toArray(Published[]::new));
    }

    @Test
    void busyAnswersPauseToo() throws Exception {
        paheko.answer(429);
        PasserelleApp app = start(scaled());
        List<Published> sales = till.publish(till.session(28));
        app.awaitHealth("paused", health -> health.text("paused").equals("true"));
        List<Received> tries = paheko.awaitRequests(3 + 4);
        assertThat(tries.stream().limit(3).map(Received::key).toList()).as("one try each")
                .isEqualTo(sales.stream().limit(3).map(Published::key).toList());
        paheko.normal();
        untilAcknowledged(sales.toArray(Published[]::new));
        assertThat(quarantined()).isEmpty();
    }

    @Test
    void aReceiverThatAsksForPatienceIsNotProbedBefore() {
        paheko.always(Behaviour.answer(Answer.error(429, "Trop de requêtes").with("Retry-After", "1")));
        start(scaled());
        Stream.generate(this::publishTicket).limit(3).forEach(sale -> untilRoundEnded(sale));
        List<Received> tries = paheko.awaitRequests(5);
        assertThat(millisBetween(tries.get(2), tries.get(3))).as("the first probe").isGreaterThanOrEqualTo(1_000 - INEXACT);
        assertThat(millisBetween(tries.get(3), tries.get(4))).as("the second").isGreaterThanOrEqualTo(1_000 - INEXACT);
    }

    @Test
    void whatIsNotSentCostsNoProbe() {
        paheko.answer(503);
        start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 0).setting("PAHEKO_PUSH_PROBE_SECONDS", 0.5).setting("PAHEKO_PUSH_PROBE_MAX_SECONDS", 0.5));
        List<Published> failing = Stream.generate(this::publishTicket).limit(3).toList();
        paheko.awaitRequests(3);
        IntStream.range(0, 100).forEach(i -> redis.xadd(stream, "event", "pos.ticket.created", "payload", "no JSON"));
        Published last = publishTicket();
        paheko.awaitRequests(1, last.key());
        assertThat(quarantined()).hasSize(100);
        assertThat(paheko.ledger()).as("three first tries, three probes with one entry, one with each of the others").hasSizeLessThan(12);
        paheko.normal();
        untilAcknowledged(failing.toArray(Published[]::new));
    }

    @Test
    void aRestartDuringAPauseLosesNothing() {
        List<Published> sales = till.publish(till.session(48));
        paheko.answer(401);
        PasserelleApp first = start(scaled());
        paheko.awaitRequests(4);
        first.close();
        int before = paheko.ledger().size();
        start(scaled());
        paheko.awaitRequests(before + 4);
        paheko.normal();
        untilAcknowledged(sales.toArray(Published[]::new));
        assertThat(quarantined()).isEmpty();
        assertThat(paheko.ledger()).noneMatch(Received::duplicate);
    }

    private PasserelleApp.Builder scaled() {
        return app().setting("PAHEKO_PUSH_BACKOFF_SECONDS", 0.01).setting("PAHEKO_PUSH_REPLAY_SECONDS", 1.2)
                .setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 18)
                .setting("PAHEKO_PUSH_PROBE_SECONDS", FIRST_PROBE / 1_000.0).setting("PAHEKO_PUSH_PROBE_MAX_SECONDS", LONGEST_PROBE / 1_000.0);
    }

    /** How many requests there were up to the first one of a third entry; 0 when there was none. */
    private static int untilThirdEntry(List<Received> requests) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            keys.add(requests.get(i).key());
            if (keys.size() == 3) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int untilNextOf(String key, List<Received> requests, int from) {
        int next = from;
        while (!requests.get(next).key().equals(key)) {
            next++;
        }
        return next;
    }

    /** No two of them are closer together than the delays between probes. */
    private static void assertSpacedAsProbes(List<Received> probes) {
        for (int i = 1; i < probes.size(); i++) {
            double delay = Math.min(LONGEST_PROBE, FIRST_PROBE * Math.pow(2, i)) * SHORTEST;
            assertThat((double) millisBetween(probes.get(i - 1), probes.get(i))).as("before probe " + (i + 1)).isGreaterThanOrEqualTo(delay - INEXACT);
        }
    }

    private static Comparator<Received> byAge() {
        return Comparator.comparing((Received request) -> Long.valueOf(request.header("X-Request-Id").split("-")[0]))
                .thenComparing(request -> Long.valueOf(request.header("X-Request-Id").split("-")[1]));
    }
}
