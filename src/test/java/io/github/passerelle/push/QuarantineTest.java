package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.camel.redisstreams.Decision;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConfiguration;
import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Which entries are put aside, and what is kept of them. */
class QuarantineTest extends ChannelTest {

    private static final String NOTE = "Mme Dupont, 06 12 34 56 78";

    @Test
    void aRefusedEntryIsKeptWithItsContentAndPahekosWords() throws Exception {
        SaleEvent ticket = till.refusedTicket();
        try (LogLines log = new LogLines()) {
            PasserelleApp app = start();
            long before = System.currentTimeMillis();
            Published sale = till.publish(ticket);
            untilQuarantined(sale);
            untilNextSaleIsDelivered();
            assertThat(paheko.received(sale.key())).hasSize(1);
            assertThat(pending()).as("never removed without a valid acknowledgement").containsExactly(sale.entryId());
            assertThat(quarantinedField(sale.entryId(), "payload")).isEqualTo(sale.payload());
            assertThat(quarantinedField(sale.entryId(), "event")).isEqualTo(sale.type().getBytes(StandardCharsets.UTF_8));
            assertThat(quarantineRecord(sale.entryId())).containsOnlyKeys("state", "rounds", "note", "parkedAt")
                    .containsEntry("state", "PARKED").containsEntry("rounds", "1");
            Dossier dossier = dossier(sale);
            assertThat(dossier.first()).isEqualTo(dossier.last()).isBetween(before, System.currentTimeMillis());
            assertThat(dossier).isEqualTo(new Dossier("pos.ticket.created", session(ticket), ticket.key(), dossier.first(), dossier.first(), 1, 0, false,
                    "rejected", 422, "Champ invalide : total_amount (différent de la somme des paiements)", null));
            Health health = app.health();
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.text("quarantined")).isEqualTo("1");
            assertThat(health.text("pending")).as("counted once").isEqualTo("0");
            assertThat(health.text("paused")).isEqualTo("false");
            assertThat(log.values(sale.entryId(), "outcome")).containsExactly("failed", "quarantined");
            assertThat(log.about(sale.entryId())).last().asString().startsWith("ERROR Quarantined until a person decides: rejected");
        }
    }

    /** The first stays in the books; a person sees that there was a second, and in Paheko's words why it was not taken. */
    @Test
    void anotherContentUnderAKnownKeyIsPutAside() throws Exception {
        SaleEvent ticket = till.ticket();
        start();
        Published first = till.publish(ticket);
        untilAcknowledged(first);
        Published same = till.publish(ticket);
        untilAcknowledged(same);
        Published other = till.publish(ticket.with("\"operator_id\": \"", "\"operator_id\": \"x"));
        untilQuarantined(other);
        assertThat(other.key()).isEqualTo(first.key());
        assertThat(paheko.accepted().get(first.key()).body()).isEqualTo(first.payload());
        Dossier dossier = dossier(other);
        assertThat(List.of(dossier.cause(), dossier.status().toString(), dossier.tries())).containsExactly("rejected", "409", 1);
        assertThat(dossier.answer()).startsWith("Un autre contenu a déjà été reçu sous la même clé « " + ticket.key() + " » (le ");
        assertThat(quarantinedField(other.entryId(), "payload")).isEqualTo(other.payload());
    }

    @ParameterizedTest
    @ValueSource(ints = { 10, 1_000 })
    void refusedEntriesAheadOfOthersHideNothing(int count) {
        List<Published> refused = IntStream.range(0, count).mapToObj(i -> till.publish(till.refusedTicket())).toList();
        SaleEvent late = till.ticket();
        paheko.when(of(late), 2, Behaviour.answer(503));
        Published recoverable = till.publish(late);
        start();
        untilAcknowledged(recoverable);
        untilQuarantined(refused.toArray(Published[]::new));
        assertThat(paheko.ledger()).as("one request for each, and three for the last").hasSize(count + 3);
        assertThat(pending()).isEqualTo(refused.stream().map(Published::entryId).toList());
        assertThat(quarantined()).isEqualTo(pending());
    }

    @Test
    void whatWasPutAsideIsNotSentAfterARestart() {
        PasserelleApp first = start();
        Published sale = till.publish(till.refusedTicket());
        untilQuarantined(sale);
        first.close();
        start();
        untilNextSaleIsDelivered();
        assertThat(paheko.received(sale.key())).hasSize(1);
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void whatAPersonReplaysIsSentOnceMoreUnderTheSameKey() throws Exception {
        PasserelleApp app = start();
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 1, Behaviour.answer(Answer.error(400, "Exercice clos")));
        Published sale = till.publish(ticket);
        untilQuarantined(sale);
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(server.url());
        configuration.setStream(stream);
        configuration.setGroup(Till.GROUP);
        try (RedisStreamsAdmin admin = RedisStreamsAdmin.connect(configuration)) {
            assertThat(admin.unpark(EntryId.parse(sale.entryId()), "Exercice rouvert", "Zoé")).isEqualTo(Decision.DONE);
        }
        untilAcknowledged(sale);
        assertThat(paheko.received(sale.key())).hasSize(2);
        assertThat(quarantined()).isEmpty();
        assertThat(quarantineRecord(sale.entryId())).containsEntry("state", "ACKNOWLEDGED").containsEntry("author", "Zoé");
        app.awaitHealth("nothing is left", health -> health.text("quarantined").equals("0") && health.text("pending").equals("0"));
    }

    // -- nothing private -------------------------------------------------------------------------------------------------------------------

    @Test
    void neitherTheSecretNorWhatPeopleWroteIsKeptWithTheAnswer() {
        SaleEvent ticket = withNote(till.ticket());
        paheko.when(of(ticket), Behaviour.answer(Answer.error(400, "Note refusée : " + NOTE + "\nsecret " + PahekoStandIn.SECRET + "\u001b[31m!")));
        SaleEvent late = withNote(till.ticket());
        paheko.when(of(late), 1, Behaviour.answer(Answer.of(429, "text/plain", PahekoStandIn.SECRET + " " + NOTE)));
        try (LogLines log = new LogLines()) {
            start(oneRound());
            Published refused = till.publish(ticket);
            Published busy = till.publish(late);
            untilQuarantined(refused);
            untilRoundEnded(busy);
            assertThat(dossier(refused).answer()).isEqualTo("Note refusée : (hidden) secret (hidden) [31m!");
            assertThat(remembered(busy).answer()).isEqualTo("(hidden) (hidden)");
            assertThat(log.values(refused.entryId(), "answer")).containsExactly(dossier(refused).answer());
            assertThat(log.all()).noneMatch(line -> line.contains("Dupont") || line.contains(PahekoStandIn.SECRET));
        }
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsKept() {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), Behaviour.answer(Answer.of(413, "text/plain", "é".repeat(100_000))));
        start();
        Published sale = till.publish(ticket);
        untilQuarantined(sale);
        assertThat(dossier(sale).answer()).isEqualTo("é".repeat(500));
    }

    // -- what cannot be sent ---------------------------------------------------------------------------------------------------------------

    @Test
    void whatIsNoSaleIsPutAsideWithoutARequest() {
        start();
        byte[] broken = { '{', (byte) 0xE9, 0, '}' };
        String id = redis.xadd(stream, "event", "pos.ticket.created", "payload", broken);
        until("quarantined", () -> quarantined().contains(id));
        assertThat(quarantinedField(id, "payload")).as("byte for byte").isEqualTo(broken);
        assertThat(dossier(id).cause()).isEqualTo("unreadable");
        assertThat(dossier(id).tries()).isZero();
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void aStepThatFailsAfterTheQuarantineChangesNothing() throws Exception {
        try (LogLines log = new LogLines()) {
            PasserelleApp app = start(oneRound().edit("push-errors.camel.yaml", yaml -> yaml.replace("""
                                method: quarantined
                """, """
                                method: quarantined
                            - throwException:
                                id: no-mail
                                exceptionType: java.io.IOException
                                message: no mail
                """)).setting("PAHEKO_PUSH_MAX_RETRIES", 0));
            List<Published> refused = Stream.generate(till::refusedTicket).limit(4).map(till::publish).toList();
            untilQuarantined(refused.toArray(Published[]::new));
            untilNextSaleIsDelivered();
            for (Published sale : refused) {
                assertThat(log.about(sale.entryId())).filteredOn(line -> line.contains("Try failed")).hasSize(1);
                assertThat(log.about(sale.entryId())).anyMatch(line -> line.startsWith("WARN A step behind the end of the route failed"));
                assertThat(dossier(sale).cause()).isEqualTo("rejected");
            }
            assertThat(log.all()).noneMatch(line -> line.contains("is paused"));
            assertThat(app.health().text("last_error")).isEqualTo("rejected");
        }
    }

    @Test
    void manyThatAreNoSaleDoNotPauseTheChannel() throws Exception {
        PasserelleApp app = start(oneRound());
        IntStream.range(0, 20).forEach(i -> redis.xadd(stream, "event", "pos.ticket.created", "payload", "no JSON"));
        untilNextSaleIsDelivered();
        assertThat(app.health().text("paused")).isEqualTo("false");
        assertThat(quarantined()).hasSize(20);
    }

    @Test
    void whatWasTrimmedWhilePendingIsPutAside() {
        List<Published> sales = till.publish(till.session(3));
        redis.command("XGROUP", "CREATE", stream, Till.GROUP, "0");
        // one under our own name, the others under that of another worker
        redis.command("XREADGROUP", "GROUP", Till.GROUP, "passerelle", "COUNT", 1, "STREAMS", stream, ">");
        redis.command("XREADGROUP", "GROUP", Till.GROUP, "worker-1", "COUNT", 2, "STREAMS", stream, ">");
        redis.command("XTRIM", stream, "MAXLEN", 3);
        try (LogLines log = new LogLines()) {
            start();
            until("the rest is delivered", () -> paheko.accepted().size() == 3);
            untilQuarantined(sales.get(0), sales.get(1));
            assertThat(pending()).containsExactly(sales.get(0).entryId(), sales.get(1).entryId());
            assertThat(paheko.ledger()).hasSize(3);
            for (Published trimmed : sales.subList(0, 2)) {
                assertThat(dossier(trimmed)).extracting(Dossier::cause, Dossier::tries).containsExactly("trimmed", 0);
                assertThat(log.about(trimmed.entryId())).last().asString().startsWith("ERROR Quarantined").contains("trimmed");
            }
        }
    }

    @Test
    void whatIsTrimmedBetweenTwoRoundsKeepsWhatIsKnownOfIt() {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 1, Behaviour.acceptThen(Behaviour.reset()));
        start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 0));
        Published sale = till.publish(ticket);
        untilRoundEnded(sale);
        redis.command("XTRIM", stream, "MAXLEN", 0);
        untilQuarantined(sale);
        Dossier dossier = dossier(sale);
        assertThat(dossier).extracting(Dossier::cause, Dossier::key, Dossier::session, Dossier::tries, Dossier::mayBeBooked)
                .containsExactly("trimmed", ticket.key(), session(ticket), 1, true);
        assertThat(paheko.ledger()).hasSize(1);
    }

    @Test
    void whatIsTrimmedWhileItIsSentIsKeptOrDeliveredAllTheSame() {
        start();
        SaleEvent first = till.refusedTicket();
        Hold hold = paheko.hold();
        Published refused = till.publish(first);
        hold.awaitHeld();
        redis.command("XTRIM", stream, "MAXLEN", 0);
        hold.release();
        untilQuarantined(refused);
        assertThat(quarantinedField(refused.entryId(), "payload")).isEqualTo(refused.payload());

        Hold another = paheko.hold();
        Published good = publishTicket();
        another.awaitHeld();
        redis.command("XTRIM", stream, "MAXLEN", 0);
        another.release();
        untilAcknowledged(good);
        assertThat(paheko.accepted()).containsOnlyKeys(good.key());
    }

    @Test
    void whatWasTrimmedBeforeItWasReadIsToldAsANumber() {
        PasserelleApp first = start();
        untilNextSaleIsDelivered();
        first.close();
        till.publish(till.session(5));
        redis.command("XTRIM", stream, "MAXLEN", 2);
        try (LogLines log = new LogLines()) {
            PasserelleApp second = start();
            paheko.awaitAccepted(3);
            second.close();
            // Redis can tell the number once the newest entry has been read; it is asked every minute, and at each start
            start();
            until("it is told", () -> log.all().anyMatch(line -> line.startsWith("ERROR 5 entries were trimmed")));
        }
        assertThat(quarantined()).isEmpty();
        assertThat(paheko.accepted()).hasSize(3);
    }

    // -- one entry at fault ----------------------------------------------------------------------------------------------------------------

    @Test
    void anEntryThatAloneGetsAnAnswerThatShouldConcernAllIsPutAside() throws Exception {
        SaleEvent poison = till.ticket();
        paheko.when(of(poison), Behaviour.answer(Answer.html(404, "Page non trouvée")));
        PasserelleApp app = start(oneRound());
        List<Published> others = new ArrayList<>(till.publish(till.session(3)));
        Published alone = till.publish(poison);
        others.addAll(till.publish(till.session(10)));
        untilAcknowledged(others.toArray(Published[]::new));
        untilQuarantined(alone);
        assertThat(pending()).containsExactly(alone.entryId());
        assertThat(dossier(alone)).extracting(Dossier::cause, Dossier::status).containsExactly("not_found", 404);
        assertThat(paheko.received(alone.key())).as("the first try, three probes, and the last try").hasSize(5);
        app.awaitHealth("well again", health -> health.status() == 200 && health.text("quarantined").equals("1"));
    }

    @Test
    void severalOfThemArePutAsideToo() {
        List<SaleEvent> poison = Stream.generate(till::ticket).limit(3).toList();
        poison.forEach(sale -> paheko.when(of(sale), Behaviour.htmlPage()));
        start(oneRound());
        List<Published> alone = poison.stream().map(till::publish).toList();
        List<Published> others = till.publish(till.session(10));
        untilAcknowledged(others.toArray(Published[]::new));
        untilQuarantined(alone.toArray(Published[]::new));
        assertThat(alone).allSatisfy(sale -> assertThat(dossier(sale).cause()).isEqualTo("not_paheko"));
        assertThat(pending()).hasSize(3);
    }

    @Test
    void anEntryThatGets5xxInTenLaterRoundsWhileOthersAreTakenIsPutAside() {
        SaleEvent stubborn = till.ticket();
        paheko.when(of(stubborn), Behaviour.databaseLocked());
        start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_MAX_RETRIES", 1));
        Published failing = till.publish(stubborn);
        until("given up", () -> {
            untilNextSaleIsDelivered();
            return quarantined().contains(failing.entryId());
        });
        Dossier dossier = dossier(failing);
        assertThat(dossier).extracting(Dossier::cause, Dossier::status, Dossier::serverErrors, Dossier::answer)
                .containsExactly("paheko_5xx", 500, 10, "database is locked");
        assertThat(paheko.received(failing.key())).hasSizeGreaterThanOrEqualTo(12).hasSize(dossier.tries());
        assertThat(pending()).containsExactly(failing.entryId());
    }

    @Test
    void anEntryThatGetsNoAnswerIsTriedForEver() {
        SaleEvent stubborn = till.ticket();
        paheko.when(of(stubborn), Behaviour.reset());
        start(app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_MAX_RETRIES", 0));
        Published failing = till.publish(stubborn);
        until("many rounds", () -> {
            untilNextSaleIsDelivered();
            return paheko.received(failing.key()).size() > 15;
        });
        assertThat(quarantined()).isEmpty();
        assertThat(pending()).containsExactly(failing.entryId());
        until("it may be booked", () -> remembered(failing).mayBeBooked());
    }

    @Test
    void thatItMayBeBookedIsKeptWithARefusal() {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 1, Behaviour.answer(409));
        paheko.when(of(ticket), 1, Behaviour.acceptThen(Behaviour.neverAnswer()));
        start(app().setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.3));
        Published sale = till.publish(ticket);
        untilQuarantined(sale);
        assertThat(dossier(sale)).extracting(Dossier::cause, Dossier::tries, Dossier::mayBeBooked).containsExactly("rejected", 2, true);
    }

    // -- a Redis that takes nothing more ---------------------------------------------------------------------------------------------------

    @Test
    void whatRedisCannotTakeIsForgottenByNobodyAndToldInOneLine() throws Exception {
        PasserelleApp first = start();
        untilNextSaleIsDelivered();
        first.close();
        List<Published> refused = Stream.generate(till::refusedTicket).limit(3).map(till::publish).toList();
        List<String> aside = new ArrayList<>(refused.stream().map(Published::entryId).toList());
        IntStream.range(0, 4).forEach(i -> aside.add(redis.xadd(stream, "event", "pos.ticket.created", "payload", "no JSON")));
        List<Published> good = till.publish(till.session(5));
        try (LogLines log = new LogLines()) {
            redis.command("CONFIG", "SET", "maxmemory", 1);
            PasserelleApp app;
            try {
                app = start();
                untilAcknowledged(good.toArray(Published[]::new));
                until("each was told", () -> aside.stream().allMatch(id -> log.about(id).stream().anyMatch(line -> line.contains("next round in"))));
                assertThat(pending()).isEqualTo(aside);
                assertThat(quarantined()).isEmpty();
                assertThat(app.health().text("paused")).as("Paheko is well").isEqualTo("false");
                assertThat(aside).allSatisfy(id -> assertThat(log.about(id)).filteredOn(line -> line.contains("put aside")).first().asString()
                        .startsWith("ERROR Entry " + id + " could not be put aside, so it stays pending and comes again:"
                                    + " Redis has reached its memory limit").doesNotContain("\n"));
                assertThat(log.all()).noneMatch(line -> line.contains("Quarantined") || line.contains("Exception"));
            } finally {
                redis.command("CONFIG", "SET", "maxmemory", 0);
            }
            until("all are put aside", () -> quarantined().equals(aside));
            assertThat(quarantinedField(aside.get(0), "payload")).isEqualTo(refused.get(0).payload());
            assertThat(pending()).isEqualTo(aside);
            app.awaitHealth("well", health -> health.status() == 200 && health.text("quarantined").equals("7"));
        }
    }

    private static String session(SaleEvent ticket) {
        return Arrays.stream(ticket.payloadText().split("\"")).dropWhile(part -> !part.equals("cash_session_id")).skip(2).findFirst().orElseThrow();
    }

    private static SaleEvent withNote(SaleEvent ticket) {
        String payload = ticket.payloadText().replaceFirst("\"note\": (null|\"[^\"]*\")", "\"note\": \"" + NOTE + "\"");
        assertThat(payload).contains(NOTE);
        return new SaleEvent(ticket.type(), ticket.key(), ticket.amountCents(), ticket.label(), payload.getBytes(StandardCharsets.UTF_8));
    }
}
