package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaleTest {

    private static final String ENTRY = "1763640000000-5";

    @ParameterizedTest
    @CsvSource({
            "pos.ticket.created,  sale_id,    pos.ticket.created:abc-1",
            "pos.session.opened,  session_id, pos.session.opened:abc-1",
            "pos.session.closed,  session_id, pos.session.closed:abc-1",
            "pos.ticket.created,  session_id, entry:1763640000000-5",
            "pos.session.opened,  sale_id,    entry:1763640000000-5",
            "pos.ticket.refunded, sale_id,    entry:1763640000000-5" })
    void theKeyNamesTheSaleAndElseTheEntry(String event, String field, String key) throws Exception {
        assertThat(sale(event, "{\"" + field + "\": \"abc-1\"}").idempotencyKey()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "42", "{}", "[\"abc\"]", "\"\"", "\"a b\"", "\"a\\r\\nX-Evil: 1\"", "\"a\\u0000\"", "\"é\"", "\"a/b\"", "\"a\\n\"" })
    void anIdThatCannotBeAHeaderGivesTheKeyOfTheEntry(String id) throws Exception {
        assertThat(sale("pos.ticket.created", "{\"sale_id\": " + id + "}").idempotencyKey()).isEqualTo("entry:" + ENTRY);
    }

    @Test
    void anIdMayHaveTwoHundredCharacters() throws Exception {
        String longest = "a".repeat(200);
        assertThat(sale("pos.ticket.created", "{\"sale_id\": \"" + longest + "\"}").idempotencyKey())
                .isEqualTo("pos.ticket.created:" + longest);
        assertThat(sale("pos.ticket.created", "{\"sale_id\": \"" + longest + "b\"}").idempotencyKey()).isEqualTo("entry:" + ENTRY);
    }

    @Test
    void theSameSaleHasTheSameKeyInAnotherEntry() throws Exception {
        Payload payload = payload("{\"sale_id\": \"abc\"}");
        assertThat(Sale.of("1-0", "pos.ticket.created", payload).idempotencyKey())
                .isEqualTo(Sale.of("2-0", "pos.ticket.created", payload).idempotencyKey());
    }

    @Test
    void theEventComesFromTheEntryAndElseFromThePayload() throws Exception {
        assertThat(sale("one", "{\"event\": \"two\"}").event()).isEqualTo("one");
        assertThat(sale(null, "{\"event\": \"two\"}").event()).isEqualTo("two");
    }

    @Test
    void withoutAnEventItIsUnreadable() {
        assertThatThrownBy(() -> sale(null, "{\"event\": 1}")).isInstanceOf(UnreadableEntryException.class)
                .hasMessage("neither the entry nor its payload names the event");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "a\r\nX-Evil: 1", "a\n", "é", "${body}", "<a>" })
    void aHostileEventIsUnreadableAndNotRepeated(String event) throws Exception {
        assertThatThrownBy(() -> sale(event, "{}")).isInstanceOf(UnreadableEntryException.class).hasMessageStartingWith("the event type is not");
        String inPayload = new ObjectMapper().writeValueAsString(event);
        assertThatThrownBy(() -> sale(null, "{\"event\": " + inPayload + "}")).isInstanceOf(UnreadableEntryException.class)
                .message().doesNotContain("Evil");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
            "{'session_id': 's'}                          | s",
            "{'cash_session_id': 'c'}                     | c",
            "{'session_id': 's', 'cash_session_id': 'c'}  | s",
            "{'session_id': 7, 'cash_session_id': 'c'}    | c",
            "{'cash_session_id': 'c d'}                   | none",
            "{}                                           | none" })
    void theSessionIsNamedByEitherField(String json, String session) throws Exception {
        assertThat(sale("e", json.replace('\'', '"')).session()).isEqualTo(session);
    }

    private static Sale sale(String event, String json) throws UnreadableEntryException {
        return Sale.of(ENTRY, event, payload(json));
    }

    private static Payload payload(String json) throws UnreadableEntryException {
        return Payload.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
