package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.tracking.State;

class WhereCommandTest extends CommandTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";

    @Test
    void saysInPlainWordsWhereASaleIs() throws Exception {
        Hold hold = paheko.holdAnswer();
        Published sale = till.publish(till.ticket());
        assertThat(stateOf(sale)).isEqualTo("Waiting: it was not read yet, and no worker is at work.");
        PasserelleApp app = start();
        hold.awaitHeld();
        assertThat(stateOf(sale)).isEqualTo("In progress: being sent, or about to be.");
        hold.release();
        until("delivered", () -> state(sale) == State.DELIVERED);
        assertThat(stateOf(sale)).isEqualTo("Delivered: Paheko took it and it was acknowledged (when is not kept).");
        Published failed = pendingTicket();
        assertThat(stateOf(failed)).matches("Pending: not delivered yet, tried again at " + TIME + "\\.");
        Published refused = quarantinedTicket();
        assertThat(stateOf(refused)).matches("Quarantined since " + TIME + ": not tried again until a person decides\\.");
        tracking.decisions().discard(id(failed), BY_MARIE);
        assertThat(stateOf(failed)).matches("Discarded at " + TIME + " by Marie: it is not sent\\.");
        stop(app);
        run("quarantine", "replay", refused.entryId(), "--author", "Zoé");
        assertThat(stateOf(refused)).matches("Replayed at " + TIME + " by Zoé: to be tried again\\. No worker is at work: it is sent at the"
                + " next start\\.");
    }

    @Test
    void tellsAllThatIsKnownOfARefusal() throws Exception {
        start();
        Published sale = quarantinedTicket();
        String published = Times.of(id(sale).time());
        String since = Times.of(entry(sale).since());
        Answer answer = run("where", saleId(sale));
        assertThat(answer.code()).isZero();
        assertThat(answer.lines()).containsExactly(
                "entry      " + sale.entryId(),
                "published  " + published,
                "what       ticket " + saleId(sale),
                "           session " + entry(sale).dossier().session(),
                "state      Quarantined since " + since + ": not tried again until a person decides.",
                "cause      rejected: Paheko refuses it",
                "           Paheko answered 422: \"Champ invalide : total_amount (différent de la somme des",
                "           paiements)\"",
                "tries      1, at " + Times.of(Instant.ofEpochMilli(entry(sale).dossier().last())),
                "to decide  java -jar passerelle.jar quarantine replay " + sale.entryId(),
                "           java -jar passerelle.jar quarantine discard " + sale.entryId() + " --author ... --reason ...");
        assertThat(run("where", sale.entryId())).isEqualTo(answer);
    }

    @Test
    void tellsEachEntryOfASessionAndHowManyAreInWhichState() throws Exception {
        PasserelleApp app = start();
        CashSession session = till.sessionWithRefusedTicket(3, 1);
        List<Published> published = till.publish(session);
        until("the last one", () -> state(published.get(4)) == State.HELD && state(published.get(2)) == State.QUARANTINED);
        stop(app);
        redis.xadd(stream, "event", "pos.ticket.created", "payload", "{\"sale_id\":\"late\",\"cash_session_id\":\"" + session.id() + "\"}");
        Answer answer = run("where", session.id());
        assertThat(answer.code()).isZero();
        assertThat(answer.flat()).startsWith("Session " + session.id() + ": 6 entries, 1 waiting, 1 held, 1 quarantined, 3 delivered."
                + " No worker is at work: nothing is sent before the next start.");
        assertThat(answer.lines()).filteredOn(line -> line.matches("\\d{13}-\\d+ .*")).hasSize(6);
        assertThat(answer.lines()).filteredOn(line -> line.contains("quarantined  ticket " + saleId(published.get(2)))).hasSize(1);
        JsonNode json = run("where", session.id(), "--json").json();
        assertThat(json.path("what").asText()).isEqualTo("session");
        assertThat(json.path("counts").toString()).isEqualTo("{\"waiting\":1,\"held\":1,\"quarantined\":1,\"delivered\":3}");
        assertThat(json.path("entries")).hasSize(6);
        JsonNode refused = json.path("entries").get(2);
        assertThat(refused.path("cause").asText()).isEqualTo("rejected");
        assertThat(refused.path("answer").asText()).isEqualTo("Champ invalide : total_amount (différent de la somme des paiements)");
        assertThat(refused.path("published_at").asText()).isEqualTo(id(published.get(2)).time().toString());
        assertThat(refused.path("decision").isNull()).isTrue();
    }

    @Test
    void tellsThatASaleWasPublishedTwice() {
        SaleEvent ticket = till.ticket();
        Published first = till.publish(ticket);
        till.publish(ticket);
        assertThat(run("where", saleId(first)).flat()).startsWith("It was published 2 times. entry " + first.entryId());
    }

    @Test
    void saysWhatItCanMeanThatNothingIsFound() throws Exception {
        Answer answer = run("where", "b1946ac9-2f1b-4a3c-8c7d-0b8c2d3e4f5a");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.flat()).startsWith("No entry was found of a sale or a cash session with the id b1946ac9-2f1b-4a3c-8c7d-0b8c2d3e4f5a.")
                .contains("typing error", "delivered long ago", "never published it", "dropped from the stream before it was read");
        assertThat(run("where", "1763640000000-0").flat()).startsWith("Entry 1763640000000-0 was found nowhere.");
        Answer json = run("where", "1763640000000-0", "--json");
        assertThat(json.code()).isEqualTo(3);
        assertThat(json.json().path("found").asBoolean()).isFalse();
        assertThat(run("where", " ").code()).isEqualTo(2);
        assertThat(run("where").code()).isEqualTo(2);
        assertThat(run("where", "a\u001b[2Jb").code()).as("and obeys nothing").isEqualTo(3);
        assertThat(run("where", "x".repeat(5_000)).code()).isEqualTo(3);
    }

    @Test
    void showsNothingOfWhatASaleSays() throws Exception {
        start();
        String id = redis.xadd(stream, "event", "pos.ticket.created", "payload", """
                {"sale_id":"s-1","cash_session_id":"c-1","note":"for Mrs Dupont","total_amount":4711,"payments":[]}""");
        until("quarantined", () -> !tracking.queries().quarantined(1).entries().isEmpty());
        for (String[] arguments : List.of(new String[] { "where", "s-1" }, new String[] { "where", "c-1" }, new String[] { "where", id },
                new String[] { "quarantine", "list" }, new String[] { "quarantine", "show", id })) {
            for (String format : List.of("", "--json")) {
                Answer answer = format.isEmpty() ? run(arguments) : run(withJson(arguments));
                assertThat(answer.out()).contains("s-1").doesNotContain("Dupont", "4711", "payments");
            }
        }
    }

    private static String[] withJson(String[] arguments) {
        String[] more = Arrays.copyOf(arguments, arguments.length + 1);
        more[arguments.length] = "--json";
        return more;
    }

    /** The sentence about its state, from its block of lines. */
    private String stateOf(Published sale) {
        Answer answer = run("where", saleId(sale));
        assertThat(answer.code()).isZero();
        return answer.flat().replaceFirst(".* state (.*?)( cause .*| decided .*|$)", "$1");
    }
}
