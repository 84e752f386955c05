package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.SaleEvent;

class DryRunCommandTest extends CommandTest {

    private static final String EXAMPLE = PasserelleProcess.repository().resolve("mapping.json.example").toString();

    @TempDir
    private Path folder;

    private Answer dryRun(String... more) {
        List<String> arguments = new ArrayList<>(List.of("dry-run", "--mapping", EXAMPLE));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** Publishes an event as if it were published at this time. */
    private void publish(Instant at, String event, String payload) {
        redis.command("XADD", stream, at.toEpochMilli() + "-*", "event", event, "payload", payload.replace('\'', '"'));
    }

    /** Publishes a session of one sale. */
    private void publish(Instant at, String session, long cents, String method, String type) {
        publish(at, "pos.session.opened", "{'session_id':'" + session + "','session_type':'" + type + "'}");
        publish(at, "pos.ticket.created", "{'sale_id':'t-" + session + "','cash_session_id':'" + session + "','total_amount':" + cents
                + ",'sale_date':null,'items':[{'total_price':" + cents + "}],'payments':[{'payment_method':'" + method + "','amount':" + cents + "}]}");
        publish(at, "pos.session.closed", "{'session_id':'" + session + "','total_sales':" + cents + ",'total_items':1}");
    }

    private static long cents(CashSession session) {
        return session.tickets().stream().mapToLong(SaleEvent::amountCents).sum();
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Test
    void showsWhatWouldBeBookedWithoutAGroupAndChangesNothing() throws Exception {
        CashSession session = till.session(12);
        till.publish(session);
        List<String> before = world();
        assertThat(before).hasSize(1);
        Answer answer = dryRun();
        assertThat(answer.code()).isZero();
        assertThat(answer.flat()).startsWith("Would be booked: 1 cash session, " + Euros.of(cents(session)) + ". date tickets total session ")
                .contains(" 12 " + Euros.of(cents(session)) + " " + session.id() + " debit 512: ", " debit 5112: ", " debit 530: ",
                        " credit 7073: " + Euros.of(cents(session)) + ", Ventes");
        JsonNode json = dryRun("--json").json();
        assertThat(json.path("sessions")).hasSize(1);
        assertThat(json.path("sessions").get(0).path("reference").asText()).isEqualTo("RECYCLIC-SESSION-" + session.id());
        assertThat(json.path("sessions").get(0).path("cents").asLong()).isEqualTo(cents(session));
        long balance = 0;
        for (JsonNode line : json.path("sessions").get(0).path("lines")) {
            balance += line.path("debit").asLong() - line.path("credit").asLong();
        }
        assertThat(balance).isZero();
        assertThat(world()).as("all of Redis").isEqualTo(before);
    }

    /** Every key with what it holds. */
    private List<String> world() {
        List<String> world = new ArrayList<>();
        for (Object key : (List<?>) redis.command("KEYS", "*")) {
            if (Redis.text(key).contains(stream)) {
                world.add(Redis.text(key) + " " + HexFormat.of().formatHex((byte[]) redis.command("DUMP", Redis.text(key))));
            }
        }
        return world;
    }

    @Test
    void isTheSameWhenAllIsDelivered() throws Exception {
        CashSession session = till.session(3);
        till.publish(session);
        Answer before = dryRun();
        start();
        until("delivered", () -> paheko.accepted().containsKey(session.closed().key()));
        until("acknowledged", () -> pending().isEmpty());
        assertThat(dryRun()).isEqualTo(before);
    }

    @Test
    void saysWhyASessionCannotBeBooked() throws Exception {
        publish(at("2026-11-21T08:00:00Z"), "a", 100, "ticket-resto", "real");
        publish(at("2026-11-21T09:00:00Z"), "b", 200, "cb", "virtual");
        publish(at("2026-11-21T10:00:00Z"), "c", 300, "cb", "real");
        publish(at("2026-11-21T10:00:01Z"), "pos.ticket.created", "{'sale_id':'late','cash_session_id':'c'}");
        publish(at("2026-11-21T11:00:00Z"), "pos.session.opened", "{'session_id':'d'}");
        publish(at("2026-11-21T12:00:00Z"), "pos.ticket.created", "no json");
        publish(at("2026-11-21T12:00:01Z"), "pos.session.opened", "{'session_id':'x; DROP TABLE'}");
        publish(at("2026-11-21T12:00:02Z"), "pos.refund.created", "{'session_id':'e'}");
        Answer answer = dryRun();
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.flat()).startsWith("Would be booked: 1 cash session, 3.00 EUR. NOT to be booked as it stands: 1. Not closed yet: 2."
                + " Nothing to book: 1. Of no session: 2 entries.")
                .contains("2026-11-21 1 1.00 EUR a not_mapped: the payment method 'ticket-resto' has no account in 'payments'",
                        "1 2.00 EUR b for training: it is not booked",
                        "1 3.00 EUR c debit 512: 3.00 EUR, cb credit 7073: 3.00 EUR, Ventes 1 entry followed its close",
                        "0 0.00 EUR d not_closed: its close was not published yet",
                        " unreadable: entry 1795262402000-0: pos.refund.created is no event that can be booked by sessions not_closed: ",
                        "1795262400000-0 the payload is no JSON (at character ", "1795262401000-0 the session is missing, or its id is not of the form");
        JsonNode json = dryRun("--json").json();
        assertThat(json.path("sessions").findValuesAsText("session")).containsExactly("a", "b", "c", "d", "e");
        assertThat(json.path("sessions").findValuesAsText("bookable")).containsExactly("false", "false", "true", "false", "false");
        assertThat(json.path("sessions").get(0).path("obstacles").get(0).path("code").asText()).isEqualTo("not_mapped");
        assertThat(json.path("unreadable").findValuesAsText("entry")).containsExactly("1795262400000-0", "1795262401000-0");
        assertThat(json.path("sessions").findValuesAsText("entries_after_close")).containsExactly("0", "0", "1", "0", "0");
    }

    @Test
    void writesTheCsvOfASpreadsheet() throws Exception {
        publish(at("2026-11-20T08:00:00Z"), "-cmd", 1250, "especes", "real");
        publish(at("2026-11-21T08:00:00Z"), "b", 100, "unknown", "real");
        Path mapping = Files.writeString(folder.resolve("m.json"), "{\"payments\":{\"especes\":\"530\",\"-x\":\"512\"},\"sales\":{\"account\":\"7073\"}}");
        String expected = "date,session,reference,label,account,debit,credit\r\n"
                + "2026-11-20,'-cmd,RECYCLIC-SESSION--cmd,especes,530,12.50,\r\n2026-11-20,'-cmd,RECYCLIC-SESSION--cmd,Ventes,7073,,12.50\r\n";
        Answer answer = run("dry-run", "--mapping", mapping.toString(), "--csv=-");
        assertThat(answer.code()).as("one cannot be booked").isEqualTo(3);
        assertThat(answer.out()).isEqualTo(expected);
        Path file = folder.resolve("books.csv");
        assertThat(dryRun("--csv=" + file).flat()).startsWith("Would be booked: ").endsWith("Written to " + file + ".");
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo(expected);
        Answer unwritable = dryRun("--csv=" + folder.resolve("nowhere/books.csv"));
        assertThat(unwritable.code()).isEqualTo(1);
        assertThat(unwritable.err()).contains("books.csv cannot be written (NoSuchFileException)");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-, -, 'a b c'", "2026-11-20, -, 'b c'", "2026-11-20, 2026-11-20, b", "-, 2026-11-19, a", "2026-11-22, -, ''",
        "1795129199999-0, 1795129199999-2, a", "1795129199999-3, 2026-11-21, 'b c'" })
    void readsFromOnePlaceToAnother(String from, String to, String sessions) throws Exception {
        publish(Instant.ofEpochMilli(1795129199999L), "a", 100, "cb", "real");
        publish(at("2026-11-19T23:00:00Z"), "b", 200, "cb", "real");
        publish(at("2026-11-20T23:00:00Z"), "c", 300, "cb", "real");
        List<String> arguments = new ArrayList<>(List.of("--json"));
        Map.of("--from", from == null ? "" : from, "--to", to == null ? "" : to).forEach((name, value) -> {
            if (!value.isEmpty()) {
                arguments.addAll(List.of(name, value));
            }
        });
        assertThat(String.join(" ", dryRun(arguments.toArray(String[]::new)).json().path("sessions").findValuesAsText("session"))).isEqualTo(sessions);
    }

    @Test
    void readsMoreThanAPage() throws Exception {
        long cents = 0;
        for (int i = 0; i < 8; i++) {
            CashSession session = till.session(20);
            till.publish(session);
            cents += cents(session);
        }
        assertThat(dryRun().flat()).startsWith("Would be booked: 8 cash sessions, " + Euros.of(cents) + ".");
        Published open = till.publish(till.session(0).opened());
        assertThat(dryRun("--from", open.entryId()).flat()).startsWith("Would be booked: 0 cash sessions, 0.00 EUR. Not closed yet: 1.");
    }

    @Test
    void saysWhenThereIsNothing() {
        assertThat(dryRun().out()).isEqualTo("Would be booked: 0 cash sessions, 0.00 EUR.\n");
        assertThat(dryRun().code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "--from=2026-02-30 | There is no day 2026-02-30.",
        "--from=yesterday | 'yesterday' is neither a day such as 2026-11-21 nor the id of an entry such as",
        "--to=18446744073709551615-1 | is neither a day such as", "--to=1-1 --from=2026-11-21 | --to lies before --from.",
        "--json --csv=- | --json and --csv=- cannot both go to standard output." })
    void refusesAWrongCommandLine(String arguments, String words) {
        Answer answer = dryRun(arguments.split(" "));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().replaceAll("\\s+", " ")).contains(words);
    }

    @Test
    void aMappingThatIsWrongEndsItWithALineForEachFault() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"payments\":{}}");
        Answer answer = run("dry-run", "--mapping", wrong.toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).containsExactly(wrong + ": 'sales' is missing", wrong + ": payments: must have at least 1 properties");
        assertThat(run("dry-run", "--mapping", folder.resolve("no.json").toString()).err()).contains("no.json is not there");
    }
}
