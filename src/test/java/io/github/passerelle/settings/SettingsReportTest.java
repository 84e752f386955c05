package io.github.passerelle.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReportTest {

    @TempDir
    private Path folder;

    @Test
    void tellsWhereEachValueComesFrom() throws IOException {
        dotenv("PAHEKO_PUSH_MAX_RETRIES=7\nPASSERELLE_HTTP_PORT= 9000 \nPASSERELLE_HTTP_HOST=\n");
        Map<String, String> environment = Map.of("PAHEKO_PUSH_MAX_RETRIES", "3", "PASSERELLE_HTTP_PORT", " ");
        assertThat(shown("PAHEKO_PUSH_MAX_RETRIES", environment)).isEqualTo("3 environment null");
        assertThat(shown("PASSERELLE_HTTP_PORT", environment)).isEqualTo("9000 .env null");
        assertThat(shown("PASSERELLE_HTTP_HOST", environment)).isEqualTo("127.0.0.1 default null");
        assertThat(shown("PAHEKO_PUSH_BACKOFF_SECONDS", environment)).as("in seconds, as they are given").isEqualTo("1.0 default null");
        assertThat(shown("PAHEKO_PLUGIN_URL", environment)).isEqualTo("null not set null");
        assertThat(report(environment).settings()).extracting(ShownSetting::name)
                .containsExactly(Arrays.stream(Setting.values()).map(Setting::name).toArray(String[]::new));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() throws IOException {
        dotenv("PAHEKO_PUSH_MAX_RETRIES=many\nPAHEKO_PLUGIN_SECRET=hush#hush\nno line\n");
        SettingsReport report = report(Map.of("PAHEKO_PUSH_REPLAY_SECONDS", "10", "PAHEKO_PUSH_REPLAY_MAX_SECONDS", "5", "PAHEKO_CA_FILE", "none.pem",
                "PAHEKO_PLUGIN_URL", "http://paheko.example/push.php"));
        assertThat(report.ok()).isFalse();
        assertThat(report.settings()).filteredOn(setting -> setting.fault() != null).extracting(ShownSetting::name)
                .containsExactly("PAHEKO_PLUGIN_URL", "PAHEKO_CA_FILE", "PAHEKO_PUSH_MAX_RETRIES", "PAHEKO_PUSH_REPLAY_MAX_SECONDS");
        assertThat(shown("PAHEKO_PUSH_MAX_RETRIES", Map.of())).isEqualTo("many .env 'many' does not do; allowed: a whole number from 0 to 100");
        assertThat(report.faultsOfFile()).hasSize(2);
    }

    @Test
    void aFaultOfTheFileAloneIsWrongToo() throws IOException {
        dotenv("no line\n");
        assertThat(report(Map.of()).ok()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "7, fewer than 8", "8, 8 to 15", "15, 8 to 15", "16, 16 to 31", "31, 16 to 31", "32, 32 or more" })
    void ofTheSecretShowsOnlyAboutHowLongItIs(int length, String words) {
        assertThat(shown("PAHEKO_PLUGIN_SECRET", Map.of("PAHEKO_PLUGIN_SECRET", " " + "s".repeat(length) + " ")))
                .isEqualTo("(hidden, " + words + " characters) environment null");
    }

    @ParameterizedTest
    @CsvSource({
            "redis://redis.example:7000/3, redis://redis.example:7000/3",
            "redis://:hush@redis.example, redis://:(hidden)@redis.example",
            "rediss://till:hu$1:sh@[::1]:1/, rediss://till:(hidden)@[::1]:1/",
            "redis://ti$1l:hu%40sh@localhost, redis://ti$1l:(hidden)@localhost",
            "redis://hush@localhost, redis://(hidden)@localhost",
            "redis://localhost/0#hush, redis://localhost/0" })
    void hidesThePasswordOfRedis(String url, String value) {
        assertThat(shown("REDIS_URL", Map.of("REDIS_URL", url))).isEqualTo(value + " environment null");
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost:hush", "http://u:hush@localhost", "redis://:hush@", "redis://:hu sh@localhost", "redis://u:hush@localhost/db",
            "redis://:hu/sh@localhost", "redis://:hu#sh@localhost", "redis://:hu?sh@localhost", "redis://:hu@sh@localhost", "redis://:#hush@localhost", "{{hush" })
    void showsNothingOfAWrongAddressOfRedis(String url) {
        assertThat(shown("REDIS_URL", Map.of("REDIS_URL", url))).startsWith("(hidden, as it may hold a password) environment ")
                .doesNotContain("null").doesNotContain("hu").doesNotContain("sh@");
    }

    @Test
    void hidesWhatMayBeASecretInTheAddressOfThePlugin() {
        assertThat(shown("PAHEKO_PLUGIN_URL", Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example/push.php?key=hush")))
                .isEqualTo("https://paheko.example/push.php?(hidden) environment null");
        assertThat(shown("PAHEKO_PLUGIN_URL", Map.of("PAHEKO_PLUGIN_URL", "https://me:hush@paheko.example/"))).doesNotContain("hush").doesNotContain("me:");
    }

    @Test
    void hidesASecretThatStandsWhereNoneBelongs() {
        assertThat(shown("PAHEKO_PUSH_MAX_RETRIES", Map.of("PAHEKO_PUSH_MAX_RETRIES", "s3cret", "PAHEKO_PLUGIN_SECRET", "s3cret")))
                .doesNotContain("s3cret").startsWith("(hidden) environment '(hidden)' does not do");
    }

    @Test
    void warnsOfWhatIsMissingAndOfNamesThatAreNoSetting() throws IOException {
        dotenv("COMPOSE_PROJECT_NAME=x\nPAHEKO_PLUGIN_SECRTE=hush\n");
        assertThat(report(Map.of("PASSERELLE_PORT", "1", "PAHEKO_PLUGIN_SECRET", "s")).warnings()).containsExactly(
                "PAHEKO_PLUGIN_URL not set: nothing is sent to Paheko",
                "PAHEKO_PLUGIN_SECRTE is no setting (.env, line 2)", "PASSERELLE_PORT is no setting (environment)");
        assertThat(report(Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example/plugin/recyclic/push", "PAHEKO_PLUGIN_SECRET", "s")).warnings())
                .first().asString().startsWith("PAHEKO_PLUGIN_URL: no Paheko plugin answers under /plugin/recyclic/push");
        assertThat(report(Map.of()).ok()).isTrue();
        assertThat(report(Map.of("PAHEKO_PLUGIN_URL", "paheko.example", "PAHEKO_PLUGIN_SECRET", "s")).warnings()).as("wrong, but set").doesNotContain(
                "PAHEKO_PLUGIN_URL not set: nothing is sent to Paheko");
    }

    private String shown(String name, Map<String, String> environment) {
        ShownSetting setting = report(environment).settings().stream().filter(shown -> shown.name().equals(name)).findFirst().orElseThrow();
        return setting.value() + " " + setting.origin() + " " + setting.fault();
    }

    private SettingsReport report(Map<String, String> environment) {
        return SettingsReport.of(folder, environment);
    }

    private void dotenv(String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
    }
}
