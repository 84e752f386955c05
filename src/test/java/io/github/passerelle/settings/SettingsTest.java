package io.github.passerelle.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    /** Seconds come out in milliseconds, as Camel takes them. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
            "REDIS_URL, redis://localhost:6379",
            "REDIS_CA_FILE, ''",
            "REDIS_STREAM_PUSH_CAISSE, recyclic:push:caisse",
            "REDIS_GROUP_PUSH_CAISSE, recyclic-push",
            "PAHEKO_PLUGIN_URL, none",
            "PAHEKO_PLUGIN_SECRET, none",
            "PAHEKO_ALLOW_HTTP, false",
            "PAHEKO_CA_FILE, ''",
            "PAHEKO_MODE, plugin",
            "PAHEKO_API_URL, none",
            "PAHEKO_API_USER, none",
            "PAHEKO_API_PASSWORD, none",
            "PAHEKO_API_MAPPING, mapping.json",
            "PAHEKO_API_SETTLE_SECONDS, 30000",
            "PAHEKO_PUSH_MAX_RETRIES, 5",
            "PAHEKO_PUSH_BACKOFF_SECONDS, 1000",
            "PAHEKO_PUSH_BACKOFF_FACTOR, 2.0",
            "PAHEKO_PUSH_REQUESTS_IN_FLIGHT, 1",
            "PAHEKO_PUSH_MAX_IN_PROGRESS, 16",
            "PAHEKO_PUSH_HOLD_ON_DIFFERENCE, false",
            "PAHEKO_PUSH_SKIP_VIRTUAL, false",
            "PAHEKO_PUSH_TIMEOUT_SECONDS, 15000",
            "PAHEKO_PUSH_REPLAY_SECONDS, 60000",
            "PAHEKO_PUSH_REPLAY_MAX_SECONDS, 900000",
            "PAHEKO_PUSH_PROBE_SECONDS, 5000",
            "PAHEKO_PUSH_PROBE_MAX_SECONDS, 60000",
            "PASSERELLE_HTTP_HOST, 127.0.0.1",
            "PASSERELLE_HTTP_PORT, 8080",
            "PASSERELLE_HTTP_ALLOWED_HOSTS, ''",
            "PASSERELLE_ADMIN_TOKEN, none",
            "PASSERELLE_STALL_SECONDS, 120000",
            "PASSERELLE_MAX_ENTRY_BYTES, 8388608",
            "PASSERELLE_LOG_LEVEL, INFO",
            "PASSERELLE_LOG_FORMAT, json" })
    void hasTheDefaultsThatAreWritten(String name, String value) {
        assertThat(with(Map.of()).get(name)).isEqualTo(value);
    }

    @Test
    void everySettingIsInTheTableAbove() {
        assertThat(Setting.values()).hasSize(34);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void anEmptyOrBlankValueCountsAsNotSet(Setting setting) {
        String unset = with(Map.of()).get(setting.name());
        assertThat(with(Map.of(setting.name(), "")).get(setting.name())).isEqualTo(unset);
        assertThat(with(Map.of(setting.name(), " \t")).get(setting.name())).isEqualTo(unset);
    }

    @ParameterizedTest
    @CsvSource({
            "REDIS_URL, rediss://redis.example:6380/2, rediss://redis.example:6380/2",
            "REDIS_STREAM_PUSH_CAISSE, other:stream, other:stream",
            "REDIS_GROUP_PUSH_CAISSE, other-group, other-group",
            "PAHEKO_PLUGIN_URL, https://paheko.example/p/recyclic/push, https://paheko.example/p/recyclic/push",
            "PAHEKO_PLUGIN_SECRET, s3cret, s3cret",
            "PAHEKO_MODE, API, api",
            "PAHEKO_API_URL, https://paheko.example/, https://paheko.example",
            "PAHEKO_API_URL, HTTPS://asso.example/compta, https://asso.example/compta",
            "PAHEKO_API_USER, passerelle, passerelle",
            "PAHEKO_API_PASSWORD, two words, two words",
            "PAHEKO_API_SETTLE_SECONDS, 0.5, 500",
            "PAHEKO_ALLOW_HTTP, TRUE, true",
            "PAHEKO_PUSH_MAX_RETRIES, 007, 7",
            "PAHEKO_PUSH_MAX_RETRIES, 0, 0",
            "PAHEKO_PUSH_BACKOFF_SECONDS, 0.25, 250",
            "PAHEKO_PUSH_BACKOFF_FACTOR, 1.5, 1.5",
            "PAHEKO_PUSH_REQUESTS_IN_FLIGHT, 64, 64",
            "PAHEKO_PUSH_MAX_IN_PROGRESS, 1000, 1000",
            "PAHEKO_PUSH_HOLD_ON_DIFFERENCE, True, true",
            "PAHEKO_PUSH_SKIP_VIRTUAL, TRUE, true",
            "PAHEKO_PUSH_TIMEOUT_SECONDS, 60, 60000",
            "PAHEKO_PUSH_REPLAY_SECONDS, 1, 1000",
            "PAHEKO_PUSH_REPLAY_MAX_SECONDS, 86400, 86400000",
            "PAHEKO_PUSH_PROBE_SECONDS, 0.5, 500",
            "PAHEKO_PUSH_PROBE_MAX_SECONDS, 3600, 3600000",
            "PASSERELLE_HTTP_HOST, 0.0.0.0, 0.0.0.0",
            "PASSERELLE_HTTP_PORT, 0, 0",
            "PASSERELLE_STALL_SECONDS, 1, 1000",
            "PASSERELLE_MAX_ENTRY_BYTES, 1, 1",
            "PASSERELLE_LOG_LEVEL, trace, TRACE",
            "PASSERELLE_LOG_FORMAT, TEXT, text" })
    void blanksAroundAValueAreDropped(String name, String value, String read) {
        assertThat(with(Map.of(name, "  " + value + " \n")).get(name)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
            "PAHEKO_PUSH_MAX_RETRIES, 0 to 100", "PAHEKO_PUSH_REQUESTS_IN_FLIGHT, 1 to 64",
            "PAHEKO_PUSH_MAX_IN_PROGRESS, 1 to 1000", "PASSERELLE_HTTP_PORT, 0 to 65535",
            "PASSERELLE_MAX_ENTRY_BYTES, 1 to 536870912",
            "PAHEKO_PUSH_BACKOFF_SECONDS, 0.001 to 3600", "PAHEKO_PUSH_BACKOFF_FACTOR, 1 to 10", "PAHEKO_PUSH_TIMEOUT_SECONDS, 0.1 to 60",
            "PAHEKO_PUSH_REPLAY_SECONDS, 0.1 to 86400", "PAHEKO_PUSH_REPLAY_MAX_SECONDS, 0.1 to 86400",
            "PAHEKO_API_SETTLE_SECONDS, 0.1 to 600", "PAHEKO_PUSH_PROBE_SECONDS, 0.1 to 3600", "PAHEKO_PUSH_PROBE_MAX_SECONDS, 0.1 to 3600",
            "PASSERELLE_STALL_SECONDS, 1 to 86400" })
    void aNumberThatDoesNotDoIsToldWithWhatIsAllowed(String name, String allowed) {
        for (String wrong : new String[] { "many", "-1", "-0.5", "99999999999999999999", "1e400", "1,5", "0x10", "NaN", "Infinity", "5 s", "--" }) {
            assertThatThrownBy(() -> with(Map.of(name, wrong))).as(wrong).isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith(name + ": '" + wrong + "'").hasMessageContaining("allowed").hasMessageContaining(allowed);
        }
    }

    @ParameterizedTest
    @CsvSource({ "PAHEKO_ALLOW_HTTP, yes, 'true, false'", "PAHEKO_PUSH_HOLD_ON_DIFFERENCE, 1, 'true, false'",
            "PAHEKO_PUSH_SKIP_VIRTUAL, on, 'true, false'", "PASSERELLE_LOG_LEVEL, LOUD, 'ERROR, WARN, INFO, DEBUG, TRACE'",
            "PASSERELLE_LOG_FORMAT, xml, 'json, text'" })
    void aWordThatDoesNotDoIsToldWithThoseThatDo(String name, String wrong, String allowed) {
        assertThatThrownBy(() -> with(Map.of(name, wrong))).isInstanceOf(InvalidSettingException.class)
                .hasMessage(name + ": '" + wrong + "' does not do; allowed: one of " + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = { "paheko.example/p/recyclic/push.php", "ftp://paheko.example/", "https:///p/recyclic", "https://", "redis://paheko.example",
            "https://paheko example/", "mailto:paheko@example.org", "https://user:hush@paheko.example/", "https://hush@paheko.example/",
            "https://paheko.example/?key=hush%26", "https://paheko.example/?key=hush%2b" })
    void aReceiverUrlThatDoesNotDoIsToldWithOneThatDoes(String url) {
        assertThatThrownBy(() -> with(Map.of("PAHEKO_PLUGIN_URL", url))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("PAHEKO_PLUGIN_URL: ").hasMessageContaining("https://paheko.example/p/recyclic/push.php")
                .message().doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost:6379", "http://localhost:6379", "redis://", "redis://:hush@", "redis://:hu sh@localhost",
            "redis://u:hush@localhost/db", "redis://u:hush@localhost/0/1", "redis://u:hush@localhost/0?timeout=1", "redis://:hush@localhost/99999" })
    void aRedisUrlThatDoesNotDoIsToldWithoutItsPassword(String url) {
        assertThatThrownBy(() -> with(Map.of("REDIS_URL", url))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("REDIS_URL: ").hasMessageContaining("allowed: a URL such as redis://")
                .message().doesNotContain("hush").doesNotContain("hu sh");
    }

    @ParameterizedTest
    @ValueSource(strings = { "#hush", "#bean:hush", "hu{{sh", "hush}}", "hush\u00e9", "hu\u0000sh", "hu\nsh" })
    void aSecretThatCamelOrHttpWouldChangeIsRefusedAndNotRepeated(String secret) {
        assertThatThrownBy(() -> with(Map.of("PAHEKO_PLUGIN_SECRET", secret))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("PAHEKO_PLUGIN_SECRET: ").hasMessageContaining("allowed").message().doesNotContain("hu");
    }

    @ParameterizedTest
    @ValueSource(strings = { "hush-hush-hush-", "hush hush hush hush", "hush-hush-hush-hush-\u00e9", "#hush-hush-hush-hush", "hush-hush-{{x}}-hush-hush" })
    void anAdminTokenThatIsEasyToGuessOrCannotBeSentIsRefusedAndNotRepeated(String token) {
        assertThatThrownBy(() -> with(Map.of("PASSERELLE_ADMIN_TOKEN", token))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("PASSERELLE_ADMIN_TOKEN: ").hasMessageContaining("allowed").message().doesNotContain("hush");
        assertThat(with(Map.of("PASSERELLE_ADMIN_TOKEN", " hush-hush-hush-h ")).get("PASSERELLE_ADMIN_TOKEN")).isEqualTo("hush-hush-hush-h");
    }

    @Test
    void hostNamesAreReadWithCommasBetweenThem() {
        assertThat(with(Map.of("PASSERELLE_HTTP_ALLOWED_HOSTS", "Caisse.example.org, shop-pc")).get("PASSERELLE_HTTP_ALLOWED_HOSTS"))
                .isEqualTo("caisse.example.org,shop-pc");
        for (String wrong : List.of("caisse.example.org:8080", "https://caisse.example.org", "a,,b", "*", "a b", "-a", "caisse.example.org/", ".")) {
            assertThatThrownBy(() -> with(Map.of("PASSERELLE_HTTP_ALLOWED_HOSTS", wrong))).as(wrong).isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("allowed: names of hosts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "redis://:%23hush@localhost", "redis://u:hush%7B%7Bx@localhost", "redis://u:x%7D%7Dhush@localhost", "redis://%23u:hush@localhost" })
    void aRedisPasswordThatCamelWouldChangeIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> with(Map.of("REDIS_URL", url))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("REDIS_URL: ").hasMessageContaining("allowed").message().doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", value = {
            "redis://redis.example              | redis://redis.example        | ''    | ''",
            "redis://redis.example:7000/3       | redis://redis.example:7000/3 | ''    | ''",
            "redis://:hush@redis.example        | redis://redis.example        | ''    | hush",
            "rediss://passerelle:h:sh@[::1]:1/  | rediss://[::1]:1/            | passerelle | h:sh",
            "redis://u:p%40ss%2Fword@localhost  | redis://localhost            | u     | p@ss/word" })
    void userAndPasswordAreTakenOutOfTheRedisUrl(String url, String address, String user, String password) {
        Settings settings = with(Map.of("REDIS_URL", url));
        assertThat(settings.redisUrlWithoutUser()).isEqualTo(address);
        assertThat(settings.redisUser()).isEqualTo(user);
        assertThat(settings.redisPassword()).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:8000/p", "http://LOCALHOST/p", "http://127.0.0.1:1/p", "http://127.9.9.9/p", "http://[::1]/p",
            "https://paheko.example/p", "HTTPS://paheko.example/p" })
    void plainHttpIsForThisMachine(String url) {
        assertThat(with(Map.of("PAHEKO_PLUGIN_URL", url)).get("PAHEKO_PLUGIN_URL")).isEqualTo(asCamelKnowsIt(url));
    }

    /** There is no component of Camel named HTTPS. */
    private static String asCamelKnowsIt(String url) {
        return url.replace("HTTPS:", "https:").replace("HTTP:", "http:");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://paheko.example/p", "HTTP://paheko.example/p", "http://192.168.1.4/p", "http://localhost.example/p",
            "http://127.0.0.1.example/p", "http://0.0.0.0/p", "http://[2001:db8::1]/p" })
    void plainHttpToAnotherMachineMustBeAllowed(String url) {
        assertThatThrownBy(() -> with(Map.of("PAHEKO_PLUGIN_URL", url))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("PAHEKO_PLUGIN_URL: http://").hasMessageContaining("PAHEKO_ALLOW_HTTP=true");
        assertThat(with(Map.of("PAHEKO_PLUGIN_URL", url, "PAHEKO_ALLOW_HTTP", "true")).get("PAHEKO_PLUGIN_URL")).isEqualTo(asCamelKnowsIt(url));
    }

    @ParameterizedTest
    @CsvSource({ "https://paheko.example/plugin/recyclic/push, true", "https://paheko.example/admin/, true", "https://paheko.example/plugin, true",
            "https://paheko.example/p/recyclic/push.php, false", "https://paheko.example/plugins/x, false", "https://paheko.example, false" })
    void aUrlThatNoPluginHasEarnsAWarning(String url, boolean warned) {
        assertThat(with(Map.of("PAHEKO_PLUGIN_URL", url, "PAHEKO_PLUGIN_SECRET", "s")).warnings()).hasSize(warned ? 1 : 0)
                .allSatisfy(warning -> assertThat(warning).contains("PAHEKO_PLUGIN_URL", "https://paheko.example/p/recyclic/push.php"));
    }

    @ParameterizedTest
    @CsvSource({ "redis://localhost, true", "REDIS://localhost, true", "rediss://localhost, false" })
    void aCertificateFileForRedisWithoutTlsEarnsAWarning(String url, boolean warned, @TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("ca.pem"));
        assertThat(with(Map.of("REDIS_URL", url, "REDIS_CA_FILE", file.toString())).warnings()).filteredOn(warning -> warning.contains("REDIS"))
                .hasSize(warned ? 1 : 0).allSatisfy(warning -> assertThat(warning).contains("REDIS_CA_FILE", "rediss://"));
        assertThat(with(Map.of("REDIS_URL", url)).warnings()).noneMatch(warning -> warning.contains("REDIS"));
    }

    @Test
    void namesWhatIsMissingForTheChannel() {
        assertThat(with(Map.of()).missing()).containsExactly("PAHEKO_PLUGIN_URL", "PAHEKO_PLUGIN_SECRET");
        assertThat(with(Map.of()).warnings()).containsExactly("PAHEKO_PLUGIN_URL and PAHEKO_PLUGIN_SECRET not set: nothing is sent to Paheko");
        assertThat(with(Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example/", "PAHEKO_PLUGIN_SECRET", "  ")).missing())
                .containsExactly("PAHEKO_PLUGIN_SECRET");
        assertThat(with(Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example/", "PAHEKO_PLUGIN_SECRET", "s")).missing()).isEmpty();
    }

    @Test
    void theLongestWaitCannotBeShorterThanTheFirst() {
        assertThatThrownBy(() -> with(Map.of("PAHEKO_PUSH_REPLAY_SECONDS", "10", "PAHEKO_PUSH_REPLAY_MAX_SECONDS", "5")))
                .isInstanceOf(InvalidSettingException.class).hasMessageStartingWith("PAHEKO_PUSH_REPLAY_MAX_SECONDS: 5.0")
                .hasMessageContaining("PAHEKO_PUSH_REPLAY_SECONDS (10.0)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "REDIS_CA_FILE", "PAHEKO_CA_FILE" })
    void aCertificateFileMustBeThere(String name, @TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> with(Map.of(name, folder.resolve("none.pem").toString())))
                .isInstanceOf(InvalidSettingException.class).hasMessageStartingWith(name + ": ").hasMessageContaining("PEM");
        Path file = Files.createFile(folder.resolve("ca.pem"));
        assertThat(with(Map.of(name, file.toString())).get(name)).isEqualTo(file.toString());
        assertThatThrownBy(() -> with(Map.of(name, folder.toString()))).as("a folder").isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void ofSeveralWrongSettingsTheFirstIsToldAndHowToSeeTheRest() {
        assertThatThrownBy(() -> with(Map.of("PAHEKO_PUSH_MAX_RETRIES", "many", "PASSERELLE_HTTP_PORT", "many", "REDIS_URL", "no")))
                .hasMessageStartingWith("REDIS_URL: ").hasMessageEndingWith(" (2 more: java -jar passerelle.jar settings)");
    }

    @Test
    void aSettingThatDoesNotExistIsToldWithThoseThatDo() {
        assertThatThrownBy(() -> with(Map.of()).get("PAHEKO_URL")).hasMessageContaining("'PAHEKO_URL'").hasMessageContaining("PAHEKO_PLUGIN_URL");
    }

    private static Settings with(Map<String, String> environment) {
        return Settings.of(Map.of(), environment);
    }
}
