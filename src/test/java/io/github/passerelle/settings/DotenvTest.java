package io.github.passerelle.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotenvTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderWithoutTheFileHasNoSettings() {
        assertThat(Settings.readDotenv(folder)).isEmpty();
    }

    @Test
    void theFileCountsWhereTheEnvironmentSaysNothing() throws Exception {
        Map<String, String> dotenv = dotenv("PAHEKO_PUSH_MAX_RETRIES=7\nPASSERELLE_HTTP_PORT=9000\nREDIS_STREAM_PUSH_CAISSE=other\n");
        Settings settings = Settings.of(dotenv, Map.of("PAHEKO_PUSH_MAX_RETRIES", "3", "PASSERELLE_HTTP_PORT", ""));
        assertThat(settings.get("PAHEKO_PUSH_MAX_RETRIES")).as("the environment wins").isEqualTo("3");
        assertThat(settings.get("PASSERELLE_HTTP_PORT")).as("an empty one says nothing").isEqualTo("9000");
        assertThat(settings.get("REDIS_STREAM_PUSH_CAISSE")).isEqualTo("other");
    }

    @Test
    void aWrongValueInTheFileIsToldLikeOneInTheEnvironment() throws Exception {
        Map<String, String> dotenv = dotenv("PAHEKO_PUSH_MAX_RETRIES=many\n");
        assertThatThrownBy(() -> Settings.of(dotenv, Map.of())).hasMessageStartingWith("PAHEKO_PUSH_MAX_RETRIES: 'many'");
        assertThat(Settings.of(dotenv, Map.of("PAHEKO_PUSH_MAX_RETRIES", "1")).get("PAHEKO_PUSH_MAX_RETRIES")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "PAHEKO_PLUGIN_SECRET=plain                | plain",
            "PAHEKO_PLUGIN_SECRET = spaced out         | spaced out",
            "PAHEKO_PLUGIN_SECRET=\"with # and  two\"  | with # and  two",
            "PAHEKO_PLUGIN_SECRET=a=b=c                | a=b=c",
            "PAHEKO_PLUGIN_SECRET=$HOME${body}         | $HOME${body}",
            "PAHEKO_PLUGIN_SECRET=back\\slash          | back\\slash" })
    void readsOneLine(String line, String value) throws Exception {
        assertThat(secret(line + "\n")).isEqualTo(value);
        assertThat(secret(line + "\r\nPASSERELLE_HTTP_PORT=9000\r\n")).as("with Windows line ends").isEqualTo(value);
        assertThat(secret("# a comment with = in it\n\n   \n" + line)).as("without an end, after comments").isEqualTo(value);
    }

    @Test
    void ofTwoLinesTheLastOneCounts() throws Exception {
        assertThat(secret("PAHEKO_PLUGIN_SECRET=one\nPAHEKO_PLUGIN_SECRET=two\n")).isEqualTo("two");
    }

    @Test
    void readsUtf8() throws Exception {
        assertThat(dotenv("PAHEKO_CA_FILE=/etc/clé.pem\n")).containsEntry("PAHEKO_CA_FILE", "/etc/clé.pem");
    }

    @Test
    void whatIsInTheEnvironmentOnlyDoesNotComeFromTheFile() throws Exception {
        assertThat(dotenv("PASSERELLE_HTTP_PORT=9000\n")).containsOnlyKeys("PASSERELLE_HTTP_PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PAHEKO_PLUGIN_SECRET hush\n", "hush\n" })
    void aLineThatCannotBeReadIsNotRepeated(String text) {
        assertThatThrownBy(() -> dotenv(text)).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(".env: ").message().doesNotContain("hush");
    }

    private String secret(String text) throws IOException {
        return Settings.of(dotenv(text), Map.of()).get("PAHEKO_PLUGIN_SECRET");
    }

    private Map<String, String> dotenv(String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
        return Settings.readDotenv(folder);
    }
}
