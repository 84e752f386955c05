package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.State;

class QuarantineCommandTest extends CommandTest {

    @Test
    void listsWhatIsQuarantined() throws Exception {
        assertThat(run("quarantine", "list").lines()).containsExactly("Nothing is quarantined.");
        start();
        Published sale = quarantinedTicket();
        assertThat(run("quarantine", "list").lines()).containsExactly(
                "1 entry is quarantined: not tried again until a person decides.",
                "",
                "entry            quarantined          cause     what",
                sale.entryId() + "  " + Times.of(entry(sale).since()) + "  rejected  ticket " + saleId(sale),
                " ".repeat(48) + "session " + entry(sale).dossier().session(),
                " ".repeat(48) + "Paheko answered 422: \"Champ invalide : total_amount",
                " ".repeat(48) + "(différent de la somme des paiements)\"",
                "",
                "To have one sent again: java -jar passerelle.jar quarantine replay <entry>",
                "To give one up: java -jar passerelle.jar quarantine discard <entry> --author ... --reason ...");
        JsonNode json = run("quarantine", "list", "--json").json();
        assertThat(json.path("total").asInt()).isEqualTo(1);
        assertThat(json.path("entries").get(0).path("sale").asText()).isEqualTo(saleId(sale));
        assertThat(json.path("entries").get(0).path("damaged").isNull()).isTrue();
    }

    @Test
    void showsTheLatestHundredUnlessAllAreAskedFor() throws Exception {
        start();
        for (int i = 0; i < 101; i++) {
            redis.xadd(stream, "payload", "no json");
        }
        until("all of them", () -> tracking.queries().overview().totalQuarantined() == 101);
        assertThat(run("quarantine", "list").flat()).startsWith("101 entries are quarantined: not tried again until a person decides. These are the"
                + " latest 100; --all shows all.");
        assertThat(run("quarantine", "list", "--json").json().path("entries")).hasSize(100);
        assertThat(run("quarantine", "list", "--all").lines()).filteredOn(line -> line.contains("unreadable")).hasSize(101);
    }

    @Test
    void saysWhichRecordIsDamagedAndWhatToDo() throws Exception {
        start();
        Published sound = quarantinedTicket();
        Published damaged = quarantinedTicket();
        redis.command("DEL", record(damaged));
        redis.command("SET", record(damaged), "x");
        redis.command("HSET", "{" + stream + "}:due", Till.GROUP + " " + damaged.entryId(),
                "1 -1 {\"cause\":\"\u001b[2J" + "x".repeat(200) + "\"}");
        Answer answer = run("quarantine", "list");
        assertThat(answer.flat()).contains(sound.entryId(), damaged.entryId(), "What is kept of 1 entry is damaged; what to do stands there.")
                .containsOnlyOnce("Damaged: the record of its quarantine is gone or was changed by hand. The entry is safe: replay or discard it as"
                        + " usual.");
        assertThat(run("quarantine", "show", damaged.entryId()).flat()).contains("damaged the record of its quarantine is gone");
        assertThat(run("quarantine", "list", "--json").json().path("entries").get(0).path("damaged").asText()).isEqualTo("record");
        assertThat(run("quarantine", "discard", damaged.entryId(), "--author", "Marie", "--reason", "seen").code()).isZero();
        assertThat(run("quarantine", "show", damaged.entryId()).flat()).contains("Discarded at").contains("by Marie: \"seen\"");
    }

    @Test
    void showsOneAndSaysWhereItIsWhenItWasNeverQuarantined() throws Exception {
        start();
        Published sale = quarantinedTicket();
        Answer shown = run("quarantine", "show", sale.entryId());
        assertThat(shown.code()).isZero();
        assertThat(shown.lines()).contains("content    kept, " + (sale.payload().length + sale.type().length()) + " bytes");
        assertThat(run("quarantine", "show", sale.entryId(), "--json").json().path("content_bytes").asInt()).isPositive();
        Published delivered = deliveredTicket();
        Answer other = run("quarantine", "show", delivered.entryId());
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.flat()).startsWith("This entry is not quarantined, and never was as far as is known.").contains("state Delivered");
        assertThat(run("quarantine", "show", "1-1").code()).isEqualTo(3);
        assertThat(run("quarantine", "show", "1-1").lines()).containsExactly("Nothing is known of entry 1-1.");
        assertThat(run("quarantine", "show", "abc").code()).isEqualTo(2);
    }

    @Test
    void replaysWhileTheWorkerIsAtWork() throws Exception {
        start();
        Published one = quarantinedTicket();
        Published two = quarantinedTicket();
        paheko.always(Behaviour.accept());
        Answer answer = run("quarantine", "replay", one.entryId(), two.entryId(), one.entryId());
        assertThat(answer.code()).isZero();
        assertThat(answer.lines()).containsExactly(one.entryId() + "  replayed", two.entryId() + "  replayed",
                "Replayed: 2 of 2. The worker is at work: they are sent at once.");
        until("delivered", () -> state(one) == State.DELIVERED && state(two) == State.DELIVERED);
        Answer again = run("quarantine", "replay", one.entryId());
        assertThat(again.code()).isZero();
        assertThat(again.flat()).isEqualTo(one.entryId() + " nothing to do: it was delivered at " + Times.of(entry(one).since())
                + ". Replayed: 0 of 1. Nothing to do: 1.");
    }

    @Test
    void replaysWhileNoneIsAtWork() throws Exception {
        PasserelleApp app = start();
        Published sale = quarantinedTicket();
        stop(app);
        assertThat(run("quarantine", "replay", sale.entryId(), "--author", "Marie", "--reason", "corrected").lines())
                .containsExactly(sale.entryId() + "  replayed",
                        "Replayed: 1 of 1. No worker is at work: it is sent at the next start of Passerelle.");
        Answer again = run("quarantine", "replay", sale.entryId());
        assertThat(again.code()).isZero();
        assertThat(again.flat()).contains("nothing to do: it was replayed at " + Times.of(entry(sale).since()) + " by Marie: \"corrected\".");
        assertThat(paheko.received(sale.key())).as("the command sends nothing").hasSize(1);
    }

    @Test
    void saysThatAReplayWaitsForTheEndOfAPause() throws Exception {
        start();
        Published sale = quarantinedTicket();
        paheko.answer(401);
        till.publish(till.ticket());
        until("paused", () -> tracking.queries().worker().pausedSince() != null);
        assertThat(run("quarantine", "replay", sale.entryId()).flat()).contains("The worker is at work, but sending is paused since ",
                ": it is sent as soon as Paheko takes one.");
    }

    @Test
    void decidesAboutAllOfACause() throws Exception {
        PasserelleApp app = start();
        Published one = quarantinedTicket();
        Published two = quarantinedTicket();
        String other = redis.xadd(stream, "payload", "no json");
        until("all of them", () -> tracking.queries().overview().totalQuarantined() == 3);
        stop(app);
        assertThat(run("quarantine", "replay", "--cause", "trimmed").lines()).containsExactly("Nothing is quarantined for the cause trimmed.");
        assertThat(run("quarantine", "replay", "--cause", "rejected").lines())
                .containsExactly("Replayed: 2 of 2. No worker is at work: they are sent at the next start of Passerelle.");
        JsonNode json = run("quarantine", "discard", "--cause", "unreadable", "--author", "Marie", "--reason", "a test", "--json").json();
        assertThat(json.path("discarded").asInt()).isEqualTo(1);
        assertThat(json.path("entries").get(0).path("entry").asText()).isEqualTo(other);
        assertThat(json.path("entries").get(0).path("ok").asBoolean()).isTrue();
        assertThat(List.of(state(one), state(two))).containsOnly(State.REPLAYED);
        assertThat(run("quarantine", "list", "--closed").flat()).startsWith("1 entry is quarantined no longer.").contains("by Marie: \"a test\"");
    }

    @Test
    void doesWhatCanBeDoneAndSaysWhatCannot() throws Exception {
        Hold hold = paheko.holdAnswer();
        start();
        Published busy = till.publish(till.ticket());
        hold.awaitHeld();
        Answer answer = run("quarantine", "discard", busy.entryId(), "1763640000000-0", "--author", "Marie", "--reason", "a test");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.flat()).contains("not discarded: it is being sent, or is about to be.", "not discarded: nothing is known of this entry.",
                "Discarded: 0 of 2. Not discarded: 2.");
        hold.release();
        until("delivered", () -> state(busy) == State.DELIVERED);
        Published failed = pendingTicket();
        Answer mixed = run("quarantine", "discard", busy.entryId(), failed.entryId(), "--author", "Marie", "--reason", "a test");
        assertThat(mixed.code()).isEqualTo(3);
        assertThat(mixed.flat()).contains(busy.entryId() + " not discarded: it was delivered.", failed.entryId() + " discarded",
                "Discarded: 1 of 2. Not discarded: 1.");
        assertThat(run("quarantine", "discard", failed.entryId(), "--author", "Paul", "--reason", "another").code()).isZero();
        assertThat(run("quarantine", "replay", failed.entryId()).flat()).contains("by Marie: \"a test\"");
        assertThat(run("quarantine", "replay", failed.entryId()).code()).isEqualTo(3);
        assertThat(run("quarantine", "replay", busy.entryId(), "--json").json().path("entries").get(0).path("result").asText()).isEqualTo("already");
    }

    @Test
    void aCommandLineThatIsWrongDoesNothing() throws Exception {
        start();
        Published sale = quarantinedTicket();
        for (String line : List.of(
                "quarantine",
                "quarantine replay",
                "quarantine replay abc",
                "quarantine replay 1-1 1763640000000",
                "quarantine replay 1-1 --cause rejected",
                "quarantine replay --cause rejectd",
                "quarantine replay 1-1 --author ''",
                "quarantine discard 1-1",
                "quarantine discard 1-1 --author Marie",
                "quarantine discard 1-1 --reason x",
                "quarantine discard 1-1 --author '' --reason x",
                "quarantine discard 1-1 --author Marie --reason ''",
                "quarantine discard --author Marie --reason x",
                "quarantine list --jsno",
                "quarantine show")) {
            String[] arguments = Stream.of(line.split(" ")).map(word -> word.replace("1-1", sale.entryId()).replace("''", " "))
                    .toArray(String[]::new);
            assertThat(run(arguments).code()).as(line).isEqualTo(2);
        }
        assertThat(state(sale)).isEqualTo(State.QUARANTINED);
        assertThat(entry(sale).decided()).isNull();
    }

    @Test
    void callsWhatComesAfterTheLastArgumentNoCommand() {
        assertThat(run("quarantine", "replay", "--cause", "rejected", "1-1").err()).startsWith("'1-1' is one argument too many.");
        assertThat(run("where", "1-1", "1-2").err()).startsWith("'1-2' is one argument too many.");
        assertThat(run("quarantine", "shwo").err()).startsWith("There is no command 'shwo'.");
    }

    @Test
    void namesTheLimitThatAReasonOrAnAuthorExceeds() {
        Answer reason = run("quarantine", "discard", "1-1", "--author", "Marie", "--reason", "x".repeat(10_000));
        assertThat(reason.code()).isEqualTo(2);
        assertThat(reason.err().lines()).containsExactly("The reason has 10000 characters; at most 1000 are kept.",
                "How it is used: java -jar passerelle.jar quarantine discard --help");
        assertThat(run("quarantine", "discard", "1-1", "--author", "x".repeat(101), "--reason", "x").err())
                .startsWith("The author has 101 characters; at most 100 are kept.");
        assertThat(run("quarantine", "discard", "abc", "--author", "Marie", "--reason", "x").err())
                .startsWith("'abc' is no entry id; one looks like 1763640000000-0");
    }

    @Test
    void saysInOneLineThatRedisCannotBeAsked() {
        redis.command("SET", stream, "x");
        String wrongType = "Redis at " + server.url() + ", stream " + stream + ": the key '" + stream + "' holds no stream but another type of value:"
                + " choose another key, or rename that one (WRONGTYPE)";
        for (String line : List.of("status", "pending", "quarantine list", "quarantine show 1-1", "quarantine replay 1-1",
                "quarantine replay --cause rejected", "quarantine discard 1-1 --author Marie --reason x", "where 1-1", "where x")) {
            Answer answer = run(line.split(" "));
            assertThat(answer.code()).as(line).isEqualTo(1);
            assertThat(answer.err().lines()).containsExactly(wrongType);
        }
        redis.command("DEL", stream);
        assertThat(run(at("redis://127.0.0.1:1"), "status").err().lines())
                .containsExactly("Redis at redis://127.0.0.1:1, stream recyclic:push:caisse: Connection refused");
    }

    @Test
    void saysInOneLineThatThePasswordIsWrongAndNotWhichOneItWas() {
        try (RedisServer guarded = RedisServer.start("--requirepass", "sesame-open")) {
            assertThat(run(at(guarded.url()), "status").code()).isZero();
            Answer wrong = run(at(guarded.url().replace("sesame-open", "sesame-shut")), "status");
            assertThat(wrong.code()).isEqualTo(1);
            assertThat(wrong.err().lines()).singleElement().asString().contains("does not accept the password of user 'default'")
                    .doesNotContain("sesame");
            assertThat(run(at("redis://127.0.0.1:" + guarded.port()), "status").err()).contains("wants a password for user 'default'");
        }
    }

    private static Settings at(String redisUrl) {
        return Settings.of(Map.of(), Map.of("REDIS_URL", redisUrl, "PAHEKO_PLUGIN_URL", "https://paheko.example/p/x", "PAHEKO_PLUGIN_SECRET",
                PahekoStandIn.SECRET));
    }

    @Test
    void listsWhatIsPending() throws Exception {
        assertThat(run("pending").lines()).containsExactly("Nothing is pending.");
        PasserelleApp app = start();
        Published failed = pendingTicket();
        Answer answer = run("pending");
        assertThat(answer.flat()).startsWith("1 entry is pending. entry published state what").contains(failed.entryId(), "pending ticket "
                + saleId(failed), "tried again at " + Times.of(entry(failed).nextTry()), "paheko_5xx: Paheko answers with an error of its own",
                "Paheko answered 503: \"Réponse 503\"");
        stop(app);
        assertThat(run("pending").flat()).startsWith("1 entry is pending. No worker is at work: nothing is sent before the next start.");
        assertThat(run("pending", "--json").json().path("entries").get(0).path("next_try_at").asText()).isEqualTo(entry(failed).nextTry().toString());
    }

    @Test
    void everyCommandHasItsHelpWithItsExitCodes() {
        for (String line : List.of("status", "where", "pending", "quarantine list", "quarantine show", "quarantine replay", "quarantine discard")) {
            Answer help = run((line + " --help").split(" "));
            assertThat(help.lines()).first().asString().startsWith("Usage: java -jar passerelle.jar " + line);
            assertThat(help.out()).as(line).contains("Exit codes:", "  0   ", "  1   ", "  2   ", "--json");
        }
    }
}
