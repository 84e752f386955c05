package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'error': 'Compte inconnu'}                      | Compte inconnu",
            "{'message': 'Exercice clos', 'error': 'x'}       | Exercice clos",
            "{'detail': 'Champ manquant'}                     | Champ manquant",
            "{'error': {'code': 7}}                           | {'error': {'code': 7}}",
            "database is locked                               | database is locked",
            "  <!DOCTYPE html><p>Mise à jour</p>              | (a web page)" })
    void saysWhatPahekoSaid(String body, String words) {
        assertThat(words(body.replace('\'', '"'))).isEqualTo(words.replace('\'', '"'));
    }

    @Test
    void hidesTheSecret() {
        assertThat(words("{\"error\": \"wrong secret top-secret, not top-secret\"}"))
                .isEqualTo("wrong secret (hidden), not (hidden)");
    }

    /** As Paheko 1.3.22.1 answers while its database is locked. */
    @Test
    void leavesOutATraceThatShowsTheBeginningOfThePassword() {
        assertThat(words("""
                 /!\\ KD2\\DB\\DB_Exception
                database is locked
                #0 .../include/lib/KD2/DB/SQLite3.php(840)
                #3 .../include/lib/Paheko/API_Credentials.php(63): Paheko\\API_Credentials::login(string(6) "writer", string(10) "top-sec…)
                 /!\\ Exception
                database is locked
                #0 .../include/lib/KD2/DB/SQLite3.php(878)
                """)).isEqualTo("/!\\ KD2\\DB\\DB_Exception database is locked");
        assertThat(words("{\"error\": \"Uncaught Exception: no\\nStack trace:\\n#0 a.php(1): login('top-sec...')\"}")).isEqualTo("Uncaught Exception: no");
        assertThat(words("#0 a.php(1): login('top-sec...')")).isNull();
    }

    @Test
    void hidesTheSecretAlsoWhereJsonEscapesIt() {
        assertThat(words("{\"error\": \"wrong secret \\u0074op-secret\"}")).isEqualTo("wrong secret (hidden)");
    }

    @Test
    void hidesWhatPeopleWrote() {
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of("Mme Dupont, 06 12"));
        assertThat(words("{\"error\": \"note invalide : Mme Dupont, 06 12\"}")).isEqualTo("note invalide : (hidden)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"errors\": {\"note\": \"pas \\u00e0 \\\"Zo\\u00eb\\\" 1\\/2\"}}", "{\"errors\": \"pas \\u00e0 \\\"Zo\\u00eb\\\" 1\\/2 et puis" })
    void hidesWhatPeopleWroteAlsoWherePhpEscapesIt(String body) {
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of("à \"Zoë\" 1/2"));
        assertThat(words(body)).contains("pas (hidden)").doesNotContain("Zo");
    }

    @Test
    void hidesANoteOfSeveralLinesAlsoWhereJsonEscapesThem() {
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of("Mme Dupont\n06 12"));
        assertThat(words("{\"errors\": [\"Mme Dupont\\n06 12\"]}")).doesNotContain("Dupont");
        assertThat(words("{\"error\": \"Mme Dupont\\n06 12\"}")).doesNotContain("Dupont");
    }

    @ParameterizedTest
    @ValueSource(strings = { "note : Mme Dupont, 06 12 34 56 78, livrer...", "note : MME DUPONT, 06 12 34 56 78, LIVRER JEUDI",
            "note : Mme\u00a0Dupont,\t06 12 34 56 78,\n\n livrer jeudi", "(...) chez Mme Dupont, 06 12 34 5", "canap? chez mme dupont, 06 12 34 56 78" })
    void hidesWhatPeopleWroteAlsoWhereItIsShortenedOrChanged(String echo) {
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of("  Canapé chez\nMme Dupont, 06 12 34 56 78,  livrer jeudi\n"));
        assertThat(words(echo)).contains("(hidden)").doesNotContainIgnoringCase("dupont").doesNotContain("06 12", "34 5");
    }

    @Test
    void hidesANoteThatIsLongerThanWhatIsShown() {
        String note = "Mme Dupont habite au 3e ".repeat(5_000);
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of(note));
        assertThat(words("note=" + note.substring(0, 60_000))).isEqualTo("note=(hidden)");
    }

    @Test
    void aWordThatIsInTheNoteByChanceIsNotHidden() {
        exchange.setProperty(Answer.PRIVATE_TEXTS, List.of("vente du 3, payée", "non"));
        assertThat(words("vente refusée : compte non trouvé")).isEqualTo("vente refusée : compte non trouvé");
    }

    @Test
    void isFitForALogThatTakesOnlyWholeCharacters() {
        assertThat(words("{\"error\": \"un \\ud83d deux \\u202e trois\"}")).isEqualTo("un deux trois");
        assertThat(words("x".repeat(499) + "\ud83d\ude00")).isEqualTo("x".repeat(499));
    }

    @Test
    void isOneLineWithoutControlCharacters() {
        assertThat(words("{\"error\": \"un\\r\\ndeux\\u0000\\u001b[31mtrois\\u0085quatre\\t\"}")).isEqualTo("un deux [31mtrois quatre");
    }

    @Test
    void hasAtMostFiveHundredCharacters() {
        assertThat(words("x".repeat(600))).hasSize(500);
        assertThat(words("x".repeat(500))).hasSize(500);
    }

    @Test
    void aSecretIsHiddenBeforeTheTextIsCut() {
        assertThat(words("x".repeat(495) + "top-secret")).doesNotContain("top");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  \n" })
    void anAnswerWithoutWordsIsNull(String body) {
        assertThat(words(body)).isNull();
    }

    @Test
    void aFailureWithoutAnAnswerHasNoWords() {
        assertThat(Answer.words(exchange, new java.io.IOException("reset"), List.of("top-secret"))).isNull();
    }

    @Test
    void aSecretThatIsNotSetHidesNothing() {
        assertThat(Answer.words(exchange, failure("a b"), List.of(""))).isEqualTo("a b");
    }

    private String words(String body) {
        return Answer.words(exchange, failure(body), List.of("top-secret"));
    }

    private static HttpOperationFailedException failure(String body) {
        return new HttpOperationFailedException("https://paheko.example/", 400, "", null, Map.of(), body);
    }
}
