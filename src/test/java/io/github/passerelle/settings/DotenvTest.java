package io.github.passerelle.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

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
            "PAHEKO_PLUGIN_SECRET=plain # a comment    | plain",
            "PAHEKO_PLUGIN_SECRET=\"plain\" # \"comment\" | plain",
            "PAHEKO_PLUGIN_SECRET=\"a\"quote\"          | a\"quote",
            "PAHEKO_PLUGIN_SECRET=  # nothing          | ",
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
    void readsUtf8() throws Exception {
        assertThat(dotenv("PAHEKO_CA_FILE=/etc/clé.pem\n")).containsEntry("PAHEKO_CA_FILE", "/etc/clé.pem");
    }

    @Test
    void whatIsInTheEnvironmentOnlyDoesNotComeFromTheFile() throws Exception {
        assertThat(dotenv("PASSERELLE_HTTP_PORT=9000\n")).containsOnlyKeys("PASSERELLE_HTTP_PORT");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        assertThat(dotenv("\uFEFFPASSERELLE_HTTP_PORT=9000\n")).containsOnly(Map.entry("PASSERELLE_HTTP_PORT", "9000"));
        assertThat(dotenv("\uFEFF# a comment\n")).isEmpty();
    }

    /** Whatever the library of the day makes of it, a secret that is not what was written earns 401 for every sale. */
    @ParameterizedTest
    @ValueSource(strings = { "PAHEKO_PLUGIN_SECRET=hush#hush", "PAHEKO_PLUGIN_SECRET=#hush", "PAHEKO_PLUGIN_SECRET = hush# hush",
            "PAHEKO_PLUGIN_SECRET='hush#hush'", "PAHEKO_PLUGIN_SECRET=hush#hush # comment" })
    void aValueThatWouldBeCutIsAnErrorThatShowsTheWayOut(String line) {
        assertThatThrownBy(() -> dotenv("# first\n" + line + "\r\nPASSERELLE_HTTP_PORT=9000\n")).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(".env, line 2: ").hasMessageEndingWith("put it in double quotes: PAHEKO_PLUGIN_SECRET=\"...\"")
                .message().doesNotContain("hush");
    }

    @Test
    void aNameThatStandsTwiceIsAnErrorThatNamesBothLines() {
        assertThatThrownBy(() -> dotenv("PAHEKO_PLUGIN_SECRET=hush\n\nPAHEKO_PLUGIN_SECRET=hush\n")).isInstanceOf(InvalidSettingException.class)
                .hasMessage(".env, line 3: PAHEKO_PLUGIN_SECRET stands on line 1 already; take one of the two away");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PAHEKO_PLUGIN_SECRET hush\n", "hush\n", "export PAHEKO_PLUGIN_SECRET=hush\n", "=hush", "PAHEKO_PLUGIN_SECRET=\"hush\n",
            "PAHEKO_PLUGIN_SECRET=\"hush\"hush # \n", "PAHEKO_PLUGIN_SECRET=\"hush\" hush\n", "PAHEKO_PLUGIN_SECRET=hu\0sh\n", "A=1\rPAHEKO_PLUGIN_SECRET=hush\r" })
    void aLineThatCannotBeReadIsNotRepeated(String text) {
        assertThatThrownBy(() -> dotenv(text)).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(".env, line 1: ").message().doesNotContain("hush");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> dotenv("nothing\nPASSERELLE_HTTP_PORT=1#2\n")).message().contains(".env, line 1: ", "; .env, line 2: ");
    }

    @Test
    void anotherEncodingIsTold() {
        assertThatThrownBy(() -> dotenv("PASSERELLE_HTTP_PORT=9000\nPAHEKO_CA_FILE=cl\u00e9.pem\n".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage(".env, line 2: it is not UTF-8; save the file as UTF-8");
        assertThatThrownBy(() -> dotenv("PASSERELLE_HTTP_PORT=9000\n".getBytes(StandardCharsets.UTF_16))).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> dotenv("PASSERELLE_HTTP_PORT=9000\n".getBytes(StandardCharsets.UTF_16LE))).hasMessageContaining("UTF-8");
    }

    @Test
    void whatIsNoFileIsTold() throws Exception {
        Path file = folder.resolve(".env");
        Files.createDirectory(file);
        assertThatThrownBy(() -> Settings.readDotenv(folder)).isInstanceOf(InvalidSettingException.class).hasMessageStartingWith(".env: it is a folder");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        assertThatThrownBy(() -> Settings.readDotenv(folder)).hasMessage(".env: it is a link that leads to no file");
    }

    @Test
    void aFileThatThisUserMayNotReadIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve(".env"), "PASSERELLE_HTTP_PORT=9000\n");
        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "root reads every file");
        assertThatThrownBy(() -> Settings.readDotenv(folder)).isInstanceOf(InvalidSettingException.class)
                .hasMessage(".env: this user (" + System.getProperty("user.name") + ") may not read it");
    }

    @Test
    void whatLoggingAsksForDoesNotDependOnTheRest() throws Exception {
        Files.writeString(folder.resolve(".env"), "PASSERELLE_LOG_FORMAT=text\nPAHEKO_PLUGIN_SECRET=a#b\n");
        Map<String, String> readable = DotenvFile.read(folder).values();
        assertThat(Settings.alone(Setting.PASSERELLE_LOG_FORMAT, readable, Map.of("PASSERELLE_HTTP_PORT", "many"))).isEqualTo("text");
        assertThat(Settings.alone(Setting.PASSERELLE_LOG_FORMAT, readable, Map.of("PASSERELLE_LOG_FORMAT", "xml"))).isEqualTo("json");
        assertThat(Settings.alone(Setting.PASSERELLE_LOG_LEVEL, readable, Map.of())).isEqualTo("INFO");
    }

    private String secret(String text) throws IOException {
        return Settings.of(dotenv(text), Map.of()).get("PAHEKO_PLUGIN_SECRET");
    }

    private Map<String, String> dotenv(String text) throws IOException {
        return dotenv(text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> dotenv(byte[] bytes) throws IOException {
        Files.write(folder.resolve(".env"), bytes);
        return Settings.readDotenv(folder);
    }
}
