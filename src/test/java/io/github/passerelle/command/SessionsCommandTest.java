package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.tracking.SessionState;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedSession;

class SessionsCommandTest extends CommandTest {

    private static final String[] WHY = { "--author", "Marie", "--reason", "entered by hand" };

    private List<Published> published;

    @Test
    void listsTheSessionsAndMarksTotalsThatDiffer() throws Exception {
        assertThat(run("sessions", "list").lines()).containsExactly("No cash session is known.");
        start();
        CashSession sound = till.session(2);
        till.publish(sound);
        until("closed", () -> sessionState(sound) == SessionState.CLOSED);
        CashSession different = held();
        assertThat(run("sessions", "list").flat()).startsWith("2 cash sessions. opened state tickets delivered session")
                .contains(different.id() + " of its tickets 1 refused its close waits until 1 earlier entry is delivered or discarded, or a person"
                        + " releases it").doesNotContain("DIFFER");
        run(release(different));
        until("closed", () -> sessionState(different) == SessionState.CLOSED);
        TrackedSession found = tracking.queries().session(different.id()).orElseThrow();
        Answer answer = run("sessions", "list");
        assertThat(answer.code()).isZero();
        assertThat(answer.flat()).startsWith("2 cash sessions. The totals of 1 differ: what was delivered is not what the till says.")
                .contains("closed 2 " + Euros.of(found.books().cents()) + " " + different.id() + " of its tickets 1 refused TOTALS DIFFER: the"
                        + " till says " + Euros.of(found.books().expected().cents()) + " in " + found.books().expected().lines()
                        + " sale lines; delivered were " + Euros.of(found.books().cents()) + " in " + found.books().lines())
                .endsWith("All that is known of one: java -jar passerelle.jar sessions show <session>");
        JsonNode json = run("sessions", "list", "--json").json();
        assertThat(json.path("total").asInt()).isEqualTo(2);
        assertThat(json.path("sessions").findValuesAsText("session")).containsExactlyInAnyOrder(different.id(), sound.id());
        assertThat(json.path("sessions").findValuesAsText("different")).containsExactlyInAnyOrder("true", "false");
        assertThat(run("sessions", "list", "--max", "1").flat()).startsWith("2 cash sessions, of which these are the latest 1 (--max shows more).");
        assertThat(run("sessions", "list", "--max", "1", "--json").json().path("sessions")).hasSize(1);
    }

    @Test
    void showsAllThatIsKnownOfOne() throws Exception {
        PasserelleApp app = start();
        CashSession session = held();
        TrackedSession found = tracking.queries().session(session.id()).orElseThrow();
        Answer answer = run("sessions", "show", session.id());
        assertThat(answer.code()).isZero();
        assertThat(answer.lines()).startsWith(
                "session      " + session.id(),
                "state        Held: its close waits until 1 earlier entry is delivered or discarded, or a person",
                "             releases it.",
                "type         real",
                "opened       " + Times.of(id(published.get(0)).time()),
                "close        published " + Times.of(id(published.get(4)).time()),
                "tickets      2 delivered, 1 refused",
                "delivered    " + SessionWords.sum(found.books().lines(), found.books().cents()));
        assertThat(answer.lines()).containsSequence(
                "till says    " + SessionWords.sum(found.books().expected().lines(), found.books().expected().cents()),
                "totals       different so far: not all of it is delivered",
                "in the till  what should be");
        assertThat(answer.flat()).contains("Read and not delivered: 2 entries.", published.get(2).entryId(), "rejected: Paheko refuses it",
                "held closing of the session waits for " + published.get(2).entryId());
        run(release(session));
        until("closed", () -> sessionState(session) == SessionState.CLOSED);
        Answer closed = run("sessions", "show", session.id());
        assertThat(closed.flat()).contains("state Closed: its close was delivered.", "totals DIFFERENT: what was delivered is not what the till says",
                "decided closing of the session: released at ", " by Marie: \"entered by hand\"", "Read and not delivered: 1 entry.");
        stop(app);
        JsonNode json = run("sessions", "show", session.id(), "--json").json();
        assertThat(json.path("state").asText()).isEqualTo("closed");
        assertThat(json.path("tickets").toString()).isEqualTo("{\"delivered\":2,\"pending\":0,\"refused\":1,\"waiting\":0,\"discarded\":0,\"collected\":0}");
        assertThat(json.path("delivered").path("cents").asLong()).isEqualTo(found.books().cents());
        assertThat(json.path("expected").path("cents").asLong()).isEqualTo(found.books().expected().cents());
        assertThat(json.path("totals").asText()).isEqualTo("different");
        assertThat(json.path("till_difference_cents").asLong()).isZero();
        assertThat(json.path("decided").get(0).path("decision").path("what").asText()).isEqualTo("released");
        assertThat(json.path("undelivered").get(0).path("entry").asText()).isEqualTo(published.get(2).entryId());
    }

    @Test
    void releasesACloseOnceAndSaysSo() throws Exception {
        PasserelleApp app = start();
        CashSession session = held();
        Published close = published.get(4);
        stop(app);
        Answer answer = run(release(session));
        assertThat(answer.code()).isZero();
        assertThat(answer.flat()).isEqualTo("Released: the close of session " + session.id() + ". No worker is at work: it is sent at the next"
                + " start.");
        Answer again = run("sessions", "release", session.id(), "--author", "Paul", "--reason", "another");
        assertThat(again.code()).isZero();
        String at = Times.of(entry(close).decided().at());
        assertThat(again.flat()).isEqualTo("Nothing to do: the close of session " + session.id() + " was released at " + at
                + " by Marie: \"entered by hand\".");
        assertThat(run("where", close.entryId()).flat()).contains("state Released at " + at + " by Marie: to be sent although it was held. No"
                + " worker is at work: it is sent at the next start.", "decided released at " + at + " by Marie: \"entered by hand\"");
        assertThat(run("where", session.id()).flat()).contains("1 released").doesNotContain("replayed");
        assertThat(run("quarantine", "show", close.entryId()).code()).as("it never was there").isEqualTo(3);
        start();
        until("closed", () -> sessionState(session) == SessionState.CLOSED);
        assertThat(run("where", close.entryId()).flat()).contains("decided released at " + at).doesNotContain("replayed");
        JsonNode json = run("sessions", "release", session.id(), "--author", "Paul", "--reason", "another", "--json").json();
        assertThat(json.path("result").asText()).isEqualTo("already");
        assertThat(json.path("ok").asBoolean()).isTrue();
        assertThat(json.path("close").path("decision").path("author").asText()).isEqualTo("Marie");
    }

    @Test
    void saysWhyAReleaseIsNotPossible() throws Exception {
        Answer unknown = run("sessions", "release", "x".repeat(5_000), "--author", "Marie", "--reason", "x");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.flat()).startsWith("Not released: nothing is known of a cash session with the id x");
        assertThat(run("sessions", "show", "a\u001b[2Jb").code()).as("and obeys nothing").isEqualTo(3);
        CashSession session = till.session(1);
        till.publish(session.opened());
        assertThat(run(release(session)).flat()).isEqualTo("Not released: as far as is known, the till has not published the close of session "
                + session.id() + " yet.");
        till.publish(session.closed());
        Answer waiting = run(release(session));
        assertThat(waiting.code()).isEqualTo(3);
        assertThat(waiting.flat()).isEqualTo("Not released: the close of session " + session.id() + " is not held. Waiting: it was not read yet, and"
                + " no worker is at work.");
        JsonNode json = run("sessions", "release", session.id(), "--author", "Marie", "--reason", "x", "--json").json();
        assertThat(json.path("result").asText()).isEqualTo("not_held");
        assertThat(json.path("close").path("state").asText()).isEqualTo("waiting");
        assertThat(run("sessions", "show", "unknown", "--json").json().path("found").asBoolean()).isFalse();
        paheko.answerNext(1, Behaviour.accept()).answer(422);
        start();
        until("refused", () -> sessionState(session) == SessionState.REFUSED);
        assertThat(run(release(session)).flat()).contains("is not held. Quarantined since ", "To have it sent again: java -jar passerelle.jar"
                + " quarantine replay ");
    }

    @Test
    void aCommandLineThatIsWrongDoesNothing() throws Exception {
        start();
        CashSession session = held();
        for (String line : List.of(
                "sessions",
                "sessions list --max 0",
                "sessions list --max -3",
                "sessions list --max many",
                "sessions list x",
                "sessions show",
                "sessions show ''",
                "sessions release ID",
                "sessions release ID --author Marie",
                "sessions release ID --reason x",
                "sessions release ID --author '' --reason x",
                "sessions release ID --author Marie --reason ''",
                "sessions release '' --author Marie --reason x",
                "sessions release --author Marie --reason x",
                "sessions relaese ID --author Marie --reason x")) {
            String[] arguments = Stream.of(line.split(" ")).map(word -> word.replace("ID", session.id()).replace("''", " ")).toArray(String[]::new);
            assertThat(run(arguments).code()).as(line).isEqualTo(2);
        }
        assertThat(entry(published.get(4)).decided()).isNull();
    }

    @Test
    void namesTheLimitThatAReasonOrAnAuthorExceeds() {
        Answer reason = run("sessions", "release", "x", "--author", "Marie", "--reason", "x".repeat(10_000));
        assertThat(reason.code()).isEqualTo(2);
        assertThat(reason.err().lines()).containsExactly("The reason has 10000 characters; at most 1000 are kept.",
                "How it is used: java -jar passerelle.jar sessions release --help");
        assertThat(run("sessions", "release", "x", "--author", "x".repeat(101), "--reason", "x").err())
                .startsWith("The author has 101 characters; at most 100 are kept.");
    }

    @Test
    void saysInOneLineThatRedisCannotBeAsked() {
        redis.command("SET", stream, "x");
        for (String line : List.of("sessions list", "sessions show x", "sessions release x --author Marie --reason x")) {
            Answer answer = run(line.split(" "));
            assertThat(answer.code()).as(line).isEqualTo(1);
            assertThat(answer.err().lines()).singleElement().asString().endsWith("(WRONGTYPE)");
        }
    }

    @Test
    void everyCommandHasItsHelpWithItsExitCodes() {
        for (String line : List.of("sessions list", "sessions show", "sessions release")) {
            Answer help = run((line + " --help").split(" "));
            assertThat(help.lines()).first().asString().startsWith("Usage: java -jar passerelle.jar " + line);
            assertThat(help.out()).as(line).contains("Exit codes:", "  0   ", "  1   ", "  2   ", "--json");
        }
    }

    @Test
    void aSessionOfStrangeNamesAndADamagedLedgerKeepTheTableInShape() throws Exception {
        String id = "c".repeat(200);
        String ledger = "{" + stream + "}:counted:" + Till.GROUP + ":session:" + id;
        redis.command("ZADD", "{" + stream + "}:counted:" + Till.GROUP, 1, "session:" + id, 2, "session:a\u001b[2Jb");
        redis.command("HSET", ledger, "opened", "1763640000000-0", "closed", "1763650000000-0", "tickets", "7", "lines", "many", "cents",
                Long.MAX_VALUE, "type", "\u001b[2J" + "t".repeat(200), "paid:" + "p".repeat(200), "-5", "paid:cb", "x", "unknown", "2", "totals",
                "different", "expectedCents", "-150", "expectedLines", "1", "tillDifference", "-205");
        assertThat(run("sessions", "list").flat()).contains("closed 7 92233720368547758.07 EUR", "whether the totals agree is not known",
                "unclear ? (not known) a\\u001b[2Jb");
        assertThat(run("sessions", "show", id).flat()).contains("tickets 7 delivered", "delivered 92233720368547758.07 EUR in (not known) sale lines",
                "cb: (not known)", ": -0.05 EUR", "without 2 tickets, whose amounts are no whole numbers of cents",
                "till says -1.50 EUR in 1 sale line", "totals not known: ", "(when the close was sent: different)",
                "in the till 2.05 EUR less than there should be");
        assertThat(run("sessions", "show", id, "--json").json().path("delivered").path("lines").isNull()).isTrue();
        redis.command("DEL", ledger);
        redis.command("SET", ledger, "x");
        assertThat(run("sessions", "show", id).flat()).contains("state Unclear: neither its opening nor its close is known.",
                "tickets how many were delivered is not known");
    }

    @Test
    void saysWhatWasLeftOutOnPurpose() throws Exception {
        start(app().setting("PAHEKO_PUSH_SKIP_VIRTUAL", true));
        redis.xadd(stream, "event", "pos.session.opened", "payload", "{\"session_id\":\"c-1\",\"session_type\":\"virtual\"}");
        redis.xadd(stream, "event", "pos.session.closed", "payload", "{\"session_id\":\"c-1\",\"total_sales\":0,\"total_items\":0}");
        until("closed", () -> tracking.queries().session("c-1").map(TrackedSession::state).orElse(null) == SessionState.CLOSED);
        assertThat(paheko.ledger()).isEmpty();
        assertThat(run("sessions", "list").flat()).contains("c-1 2 entries left out on purpose of the type virtual");
        assertThat(run("sessions", "show", "c-1").flat()).contains("state Closed. 2 entries left out on purpose, and not sent.", "type virtual");
    }

    @Test
    void theOtherCommandsSayThatAnEntryIsHeldAndWhatItWaitsFor() throws Exception {
        start();
        CashSession session = held();
        String close = published.get(4).entryId();
        Answer status = run("status");
        assertThat(status.lines()).containsSequence("pending      0", "held         1: 1 close of a cash session waits",
                "             see which: java -jar passerelle.jar sessions list");
        assertThat(status.flat()).contains("Attention: 1 close of a cash session waits for earlier entries of it, or for a person.");
        assertThat(run("status", "--json").json().path("held").asInt()).isEqualTo(1);
        assertThat(run("where", session.id()).flat()).startsWith("Session " + session.id() + ": 5 entries, 1 held, 1 quarantined, 3 delivered.")
                .contains("held closing of the session waits for " + published.get(2).entryId());
        assertThat(run("where", close).flat()).contains("state Held: it waits until the earlier entries of its session are delivered or discarded,"
                + " or a person releases it. waits for see: java -jar passerelle.jar sessions show " + session.id());
        assertThat(run("pending").flat()).contains("held closing of the session session " + session.id() + " waits for earlier entries of its"
                + " session, or for a person");
        Answer replay = run("quarantine", "replay", close);
        assertThat(replay.code()).isEqualTo(3);
        assertThat(replay.flat()).contains("not replayed: it is not quarantined, and is held until the earlier entries of its session are gone."
                + " What it waits for: java -jar passerelle.jar sessions show " + session.id());
        assertThat(run("quarantine", "discard", published.get(2).entryId(), "--author", "Marie", "--reason", "x").code()).isZero();
        until("closed", () -> state(published.get(4)) == State.DELIVERED);
        assertThat(run("status").lines()).contains("held         0");
        assertThat(run("sessions", "show", session.id()).flat()).contains("tickets 2 delivered, 1 discarded", "discarded at ");
    }

    /** A session whose close waits for a ticket that was refused; the application must be at work. */
    private CashSession held() throws Exception {
        CashSession session = till.sessionWithRefusedTicket(3, 1);
        published = till.publish(session);
        until("held", () -> sessionState(session) == SessionState.HELD);
        return session;
    }

    private SessionState sessionState(CashSession session) throws InterruptedException {
        return tracking.queries().session(session.id()).map(TrackedSession::state).orElse(null);
    }

    private static String[] release(CashSession session) {
        return new String[] { "sessions", "release", session.id(), WHY[0], WHY[1], WHY[2], WHY[3] };
    }
}
