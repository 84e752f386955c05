package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.fixture.BookedTransaction;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.StockApi;

/** What tills, mappings and Pahekos can hold that nobody wanted, through the whole application without a plugin, and what a person reads of it. */
class ApiInputTest extends ChannelTest {

    private static final String SESSION = "5f0c";
    private static final String TICKET = """
            {"event": "pos.ticket.created", "sale_id": "%s", "cash_session_id": "5f0c", "total_amount": 250, "note": "l'été 🎁", "sale_date": null,
             "items": [{"category_id": "c'1", "preset_id": null, "total_price": 250}], "payments": [{"payment_method": "especes", "amount": 250}]}""";
    private static final String CLOSE = "{\"session_id\": \"5f0c\", \"closed_at\": \"2026-11-20T17:00:00+00:00\"}";
    private static final String MAPPING = "{\"payments\": {\"especes\": \"530\"}, \"sales\": {\"account\": \"707\"}}";

    @TempDir
    private Path folder;
    private Path mapping;

    @BeforeEach
    void writeMapping() throws IOException {
        mapping = Files.writeString(folder.resolve("mapping.json"), MAPPING);
    }

    @AfterEach
    void mendPaheko() {
        paheko.api().openYear(1);
    }

    private void book() {
        start(app().api(paheko).setting("PAHEKO_API_MAPPING", mapping));
    }

    private String publish(String event, String payload) {
        return redis.xadd(stream, "event", event, "payload", payload);
    }

    private String publish(Instant at, int sequence, String event, String payload) {
        return Redis.text(redis.command("XADD", stream, at.toEpochMilli() + "-" + sequence, "event", event, "payload", payload));
    }

    private String opened() {
        return publish("pos.session.opened", "{\"session_id\": \"5f0c\", \"session_type\": \"real\", \"initial_amount\": 0}");
    }

    private String close() {
        return publish("pos.session.closed", CLOSE);
    }

    private String ticket(String sale) {
        return publish("pos.ticket.created", TICKET.formatted(sale));
    }

    private BookedTransaction untilBooked() {
        until("booked and acknowledged", () -> pending().isEmpty() && paheko.api().transactions().size() == 1);
        return paheko.api().transactions().get(0);
    }

    private Dossier untilQuarantined(String id) {
        until("quarantined", () -> quarantined().contains(id));
        return dossier(id);
    }

    private long bookings() {
        return paheko.ledger().stream().filter(StockApi.BOOKING).count();
    }

    @Test
    void anAccountThatPahekoDoesNotHave() throws IOException {
        Files.writeString(mapping, MAPPING.replace("707", "70799"));
        opened();
        ticket("s1");
        String close = close();
        book();
        assertThat(untilQuarantined(close)).extracting(Dossier::cause, Dossier::status, Dossier::answer)
                .containsExactly("rejected", 400, "Le compte avec le code \"70799\" sur la ligne 2 n'existe pas.");
        assertThat(bookings()).as("not tried again").isEqualTo(1);
        assertThat(pending()).hasSize(3);
    }

    /** The one of 2025 is closed, and there is none of 2024. */
    @ParameterizedTest
    @ValueSource(strings = {"2025-06-01T10:00:00Z", "2024-06-01T10:00:00Z"})
    void aYearThatIsClosedOrMissing(Instant lastYear) {
        paheko.api().closeYear(1);
        publish(lastYear, 1, "pos.session.opened", "{\"session_id\": \"5f0c\", \"session_type\": \"real\"}");
        publish(lastYear, 2, "pos.ticket.created", TICKET.formatted("s1"));
        String close = publish(lastYear, 3, "pos.session.closed", CLOSE);
        book();
        assertThat(untilQuarantined(close).answer()).isEqualTo("Cannot find a valid open year matching \"match\"");
        assertThat(paheko.api().transactions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"payments\": {}, \"sales\": {\"account\": \"707\"}}",
            "{\"payments\": {\"especes\": \"530\", \"especes\": \"531\"}, \"sales\": {\"account\": \"707\"}}"})
    void aMappingThatSaysTooLittleOrTooMuchEndsTheStart(String json) throws IOException {
        Files.writeString(mapping, json);
        assertThatThrownBy(this::book).hasStackTraceContaining("mapping.json").satisfies(failure -> assertThat(paheko.ledger()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "total_amount": 250, | "total_amount": 250, "total_amount": 900, | a name stands twice
            "total_amount": 250  | "total_amount": 250.5                     | total_amount is no whole number of cents
            "amount": 250        | "amount": 200                             | the amounts of the ticket do not add up: payments are 200, total_amount is 250
            "total_price": 250   | "total_price": 300                        | the amounts of the ticket do not add up: items are 300, total_amount is 250
            "especes"            | "x'; DROP TABLE acc_transactions; --"     | payment_method is not of the form
            "especes"            | "💶"                                      | payment_method is not of the form
            "sale_date": null    | "sale_date": "hier"                       | sale_date is neither a moment""")
    void aTicketThatWouldHaveToBeGuessed(String what, String by, String words) {
        opened();
        String ticket = publish("pos.ticket.created", TICKET.formatted("s1").replace(what, by));
        String close = close();
        book();
        assertThat(untilQuarantined(ticket)).satisfies(dossier -> {
            assertThat(dossier.cause()).isEqualTo("unreadable");
            assertThat(dossier.why()).contains(words);
        });
        until("its close waits", () -> round(close) != null && round(close).matches("\\d+ -2 .*"));
        assertThat(paheko.ledger()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x' OR '1'='1", "x'; DROP TABLE acc_transactions; --", "5f0c🎁", "a\\\"b", "a b", "%27", "${sys.user.home}"})
    void noIdThatWouldMeanSomethingElseReachesTheLookUp(String session) {
        String close = publish("pos.session.closed", CLOSE.replace(SESSION, session));
        book();
        assertThat(untilQuarantined(close).why()).startsWith("the session is missing, or its id is not of the form");
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void anIdThatIsTooLongForAReference() {
        String close = publish("pos.session.closed", CLOSE.replace(SESSION, "5".repeat(200)));
        book();
        assertThat(untilQuarantined(close).why()).startsWith("the id of the session is not of the form");
        assertThat(paheko.ledger()).isEmpty();
    }

    /** The longest of all that is the till's or the association's own, and what Paheko takes of it. */
    @Test
    void textsAreCutToWhatPahekoTakes() throws IOException {
        String session = "5".repeat(183);
        String method = "m".repeat(200);
        Files.writeString(mapping, "{\"payments\": {\"%s\": \"530\"}, \"sales\": {\"account\": \"707\"}, \"label\": \"%s\"}"
                .formatted(method, "é".repeat(100)));
        publish("pos.session.opened", "{\"session_id\": \"%s\"}".formatted(session));
        publish("pos.ticket.created", TICKET.formatted("s1").replace(SESSION, session).replace("especes", method));
        publish("pos.session.closed", CLOSE.replace(SESSION, session));
        book();
        BookedTransaction booked = untilBooked();
        assertThat(booked.reference()).hasSize(200).endsWith(session);
        assertThat(booked.label()).startsWith("éééé").contains(" du ");
        assertThat(booked.lines().get(0).label()).isEqualTo("m".repeat(199));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-03-28T21:30:00Z, 2026-03-28T23:30:00Z, 2026-03-29
            2025-12-31T22:30:00Z, 2025-12-31T23:30:00Z, 2026-01-01
            2025-12-31T21:30:00Z, 2025-12-31T22:30:00Z, 2025-12-31
            2025-10-26T00:30:00Z, 2025-10-26T01:30:00Z, 2025-10-26
            2025-10-25T21:30:00Z, 2025-10-25T22:30:00Z, 2025-10-26""")
    void aSessionIsBookedOnTheDayOfItsLastSaleInParis(Instant first, Instant second, LocalDate day) {
        publish(first, 1, "pos.session.opened", "{\"session_id\": \"5f0c\", \"session_type\": \"real\"}");
        publish(first, 2, "pos.ticket.created", TICKET.formatted("s1"));
        publish(second, 1, "pos.ticket.created", TICKET.formatted("s2"));
        publish(second.plusSeconds(36_000), 1, "pos.session.closed", CLOSE);
        book();
        BookedTransaction booked = untilBooked();
        assertThat(booked.date()).isEqualTo(day);
        assertThat(booked.year()).isEqualTo(day.getYear() - 2024);
        assertThat(paheko.api().balances()).isEqualTo(Map.of("530", 500L, "707", -500L));
    }

    @Test
    void whatPeopleWroteIsNeitherBookedNorAskedFor() {
        opened();
        ticket("s1");
        publish("pos.session.closed", CLOSE.replace("}", ", \"variance_comment\": \"volé par O'Brien 🎁\"}"));
        book();
        untilBooked();
        assertThat(paheko.ledger()).isNotEmpty()
                .noneMatch(request -> (request.path() + request.bodyText()).matches("(?s).*(été|Brien|c'1|%C3%A9t).*"));
    }

    @Test
    void oneTicketThatCameTwiceIsBookedOnce() {
        opened();
        ticket("s1");
        ticket("s1");
        close();
        book();
        assertThat(untilBooked().lines()).extracting(BookedTransaction.Line::debit).isEqualTo(List.of(250L, 0L));
    }
}
