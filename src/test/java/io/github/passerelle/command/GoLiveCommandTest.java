package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;

class GoLiveCommandTest extends CommandTest {

    private Answer goLive(String from, String... more) {
        return run(Stream.concat(Stream.of("go-live", "--from", from, "--author", "Marie", "--reason", "entered by hand"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void whatLiesBeforeIsNeverSentAndStatusTells() throws Exception {
        CashSession byHand = till.session(3);
        till.publish(byHand);
        CashSession real = till.session(2);
        List<Published> published = till.publish(real);
        String first = published.get(0).entryId();
        Answer answer = goLive(first);
        assertThat(answer.code()).isZero();
        assertThat(answer.flat()).isEqualTo("The real run begins at " + Times.of(EntryId.parse(first).time()) + ", entry " + first
                + ". 5 entries of 1 cash session lie before that and will never be sent.");
        assertThat(run("status").flat()).contains(" real run from " + Times.of(EntryId.parse(first).time()) + ", entry " + first + " set at ",
                " by Marie: \"entered by hand\"");
        JsonNode status = run("status", "--json").json();
        assertThat(status.path("real_run").path("first").asText()).isEqualTo(first);
        assertThat(status.path("real_run").path("author").asText()).isEqualTo("Marie");
        start();
        until("delivered", () -> paheko.accepted().containsKey(real.closed().key()));
        assertThat(paheko.accepted().keySet()).containsExactlyInAnyOrderElementsOf(published.stream().map(Published::key).toList());
    }

    @Test
    void aDayBeginsInParis() throws Exception {
        LocalDate later = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(2);
        till.publish(till.session(1));
        JsonNode json = goLive(later.toString(), "--json").json();
        assertThat(json.path("result").asText()).isEqualTo("done");
        assertThat(json.path("first").asText())
                .isEqualTo(later.atStartOfDay(ZoneId.of("Europe/Paris")).toInstant().toEpochMilli() + "-0");
        assertThat(json.path("entries_before").asLong()).isEqualTo(3);
        assertThat(json.path("sessions_before").asLong()).isEqualTo(1);
        assertThat(run("status").flat()).as("nothing of that waits").contains("Nothing waits to be sent.");
        assertThat(goLive("2020-01-01").flat()).endsWith("The stream holds nothing before that.");
    }

    @Test
    void namesTheSessionsThatItCuts() throws Exception {
        CashSession session = till.session(3);
        List<Published> published = till.publish(session);
        assertThat(goLive(published.get(2).entryId()).flat()).contains("2 entries of 1 cash session lie before that",
                "Attention: 1 cash session is not closed at that place, and what follows of it lacks the beginning: " + session.id() + ".");
        assertThat(goLive(published.get(2).entryId(), "--json").json().path("sessions_open_there").get(0).asText()).isEqualTo(session.id());
    }

    @Test
    void refusesWithAWayOut() throws Exception {
        PasserelleApp app = start();
        Published refused = quarantinedTicket();
        Answer atWork = goLive("2100-01-01");
        assertThat(atWork.code()).isEqualTo(3);
        assertThat(atWork.flat()).isEqualTo("Not set: a worker is at work, and may be reading there. Stop Passerelle, wait for ten seconds, and repeat"
                + " this command.");
        stop(app);
        Answer pending = goLive("2100-01-01");
        assertThat(pending.code()).isEqualTo(3);
        assertThat(pending.flat()).startsWith("Not set: 1 entry read before and not delivered would be sent").contains("quarantine discard");
        run("quarantine", "discard", refused.entryId(), "--author", "Marie", "--reason", "a test");
        Answer before = goLive(refused.entryId());
        assertThat(before.code()).isEqualTo(3);
        assertThat(before.flat()).startsWith("Not set: entries from " + refused.entryId() + " on were read before");
        assertThat(goLive(refused.entryId(), "--json").json().path("result").asText()).isEqualTo("read_before");
        assertThat(tracking.queries().start()).isEmpty();
        assertThat(goLive(refused.entryId(), "--again").code()).isZero();
        assertThat(goLive("2100-01-01").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "go-live --from=2026-12-01 --author=Marie | Missing required option: '--reason=<text>'",
        "go-live --author=Marie --reason=x | Missing required option: '--from=<day or entry id>'",
        "go-live --from=2026-13-01 --author=Marie --reason=x | There is no day 2026-13-01.",
        "go-live --from=soon --author=Marie --reason=x | 'soon' is neither a day such as 2026-11-21 nor the id of an entry",
    })
    void refusesAWrongCommandLine(String arguments, String words) throws Exception {
        Answer answer = run(arguments.split(" "));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().replaceAll("\\s+", " ")).contains(words);
        assertThat(tracking.queries().start()).isEmpty();
    }
}
