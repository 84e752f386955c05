package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @Test
    void readsTheTextsThatNameASale() throws Exception {
        Payload payload = read("""
                {"event": "pos.ticket.created", "sale_id": "s1", "cash_session_id": "c1", "session_id": null,
                 "items": [{"sale_id": "not this one", "event": "nor this"}], "total_amount": 1250}""");
        assertThat(payload.text("event")).isEqualTo("pos.ticket.created");
        assertThat(payload.text("sale_id")).isEqualTo("s1");
        assertThat(payload.text("cash_session_id")).isEqualTo("c1");
        assertThat(payload.text("session_id")).as("null is no text").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "42", "true", "null", "[\"s1\"]", "{\"id\": \"s1\"}" })
    void anIdThatIsNoStringIsNoText(String value) throws Exception {
        assertThat(read("{\"sale_id\": " + value + "}").text("sale_id")).isNull();
    }

    @Test
    void ofANameThatStandsTwiceTheLastOneCounts() throws Exception {
        assertThat(read("{\"sale_id\": \"one\", \"sale_id\": \"two\"}").text("sale_id")).isEqualTo("two");
        assertThat(read("{\"sale_id\": \"one\", \"sale_id\": 2}").text("sale_id")).isNull();
    }

    @Test
    void theSameHoldsForAmounts() throws Exception {
        Payload payload = read("""
                {"total_amount": 1, "items": [], "payments": [{"amount": 1, "payment_method": "cb"}], "total_amount": 2.5, "items": [{"items": [1]}, [2], 3],
                 "payments": [{"amount": 7.5, "payment_method": "cb", "amount": 8, "more": {"amount": 9}}], "more": {"total_sales": 1}}""");
        assertThat(payload.cents("total_amount")).isEmpty();
        assertThat(payload.items()).contains(3);
        assertThat(payload.payments()).contains(Map.of("cb", 8L));
        assertThat(payload.cents("total_sales")).isEmpty();
        assertThat(read("{\"items\": [], \"payments\": [], \"items\": {}, \"payments\": null}").items()).isEmpty();
        assertThat(read("{\"items\": [], \"payments\": [], \"items\": {}, \"payments\": null}").payments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "0, 0", "-0, 0", "999999999999, 999999999999", "-999999999999, -999999999999", "1000000000000,", "-1000000000000,", "1e2,", "1.0," })
    void anAmountIsAWholeNumberWithinReason(String written, Long cents) throws Exception {
        assertThat(read("{\"total_sales\": " + written + "}").cents("total_sales")).isEqualTo(Optional.ofNullable(cents));
        assertThat(read("{\"total_sales\": " + "9".repeat(2_000_000) + "}").cents("total_sales")).isEmpty();
    }

    @Test
    void knowsTheTextsThatPeopleWrote() throws Exception {
        Payload payload = read("{\"note\": \"Mme Dupont\", \"variance_comment\": \"erreur de caisse\", \"other\": \"x\"}");
        assertThat(payload.privateTexts()).containsExactlyInAnyOrder("Mme Dupont", "erreur de caisse");
        assertThat(read("{\"note\": \"  \", \"variance_comment\": null}").privateTexts()).isEmpty();
    }

    @Test
    void collectsWhatPeopleWroteInWhateverForm() throws Exception {
        assertThat(read("""
                {"note": {"a": ["Mme Dupont", {"b": 612345678}], "c": true}, "variance_comment": 12.5, "note": "le 3", "x": {"note": "y"}}""")
                .privateTexts()).containsExactly("Mme Dupont", "612345678", "12.5", "le 3");
        assertUnreadable("{\"note\": [\"Mme Dupont\"", "the payload is no JSON (at character 23)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "\"text\"", "1", "null", "[{}]" })
    void onlyAnObjectIsASale(String json) {
        assertUnreadable(json, "the payload is no JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{} {}", "{},", "{}x", "{\"a\": 1}]", "{}\n\n0" })
    void nothingMayFollowTheObject(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEntryException.class);
    }

    @Test
    void blanksMayFollowTheObject() throws Exception {
        assertThat(read(" \n\t{ }\r\n ")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{", "{\"note\": \"Mme Dupont", "{\"note\": Mme Dupont}", "{'note': 1}", "Mme Dupont", "{\"a\": NaN}",
            "{\"a\": 01}", "{\"a\" 1}", "{\"a\": 1,}", "{\"a\": \"\\x\"}" })
    void brokenJsonIsToldWithoutRepeatingAnyOfIt(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEntryException.class)
                .hasMessageStartingWith("the payload is no JSON").message().doesNotContain("Dupont");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\n" })
    void anEmptyPayloadIsUnreadable(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEntryException.class);
    }

    @Test
    void brokenUtf8IsLeftForPahekoToJudge() throws Exception {
        byte[] json = "{\"sale_id\": \"s1\", \"note\": \"?\"}".getBytes(StandardCharsets.ISO_8859_1);
        json[json.length - 3] = (byte) 0xE9;
        assertThat(Payload.read(json).text("sale_id")).isEqualTo("s1");
    }

    @Test
    void lengthIsNotItsBusinessAndDepthOnlyBeyondWhatPhpReads() throws Exception {
        String deep = "[".repeat(900) + "]".repeat(900);
        String wide = "x".repeat(25_000_000);
        assertThat(read("{\"a\": " + deep + ", \"b\": \"" + wide + "\", \"sale_id\": \"s1\"}").text("sale_id")).isEqualTo("s1");
    }

    /** Each level costs memory: eight million of them fit into one entry. */
    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> read("{\"a\": " + "[".repeat(1_000_000))).isInstanceOf(UnreadableEntryException.class)
                .hasMessageStartingWith("the payload is no JSON");
    }

    private static void assertUnreadable(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEntryException.class).hasMessage(message);
    }

    private static Payload read(String json) throws UnreadableEntryException {
        return Payload.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
