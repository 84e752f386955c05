package io.github.passerelle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.settings.SettingsReport;

@Timeout(60)
class CheckUpTest {

    private static final Finding WELL = Finding.ok("well", "Well.");

    @TempDir
    private Path folder;

    private record Looking(String subject, Look how) implements Check {

        private interface Look {
            List<Finding> look() throws Exception;
        }

        @Override
        public List<Finding> look() throws Exception {
            return how.look();
        }
    }

    @Test
    void whatGoesWrongInOneKeepsNoOtherFromBeingMade() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<Check> checks = List.of(new Looking("The first", () -> {
            never.await();
            return List.of(WELL);
        }), new Looking("The second", () -> {
            throw new IllegalStateException("it broke");
        }), new Looking("The third", () -> List.of(WELL)));
        assertThat(new CheckUp(checks, Duration.ofSeconds(2)).findings()).containsExactly(
                Finding.error("check_unfinished", "The first: not done after 2 s.", "See that it answers, and try again."),
                Finding.error("check_failed", "The second: cannot be looked at: it broke", "Put right what is named, and try again."), WELL);
    }

    @Test
    void eachFaultOfTheSettingsIsAFinding() throws Exception {
        Files.writeString(folder.resolve(".env"), "PAHEKO_PUSH_MAX_RETRIES=many\nnonsense\nPAHEKO_PUSH_MAX_RETRY=1\n");
        List<Finding> findings = settings(Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example/plugin/x"));
        assertThat(findings).extracting(Finding::code).containsExactly("setting_wrong", "dotenv_wrong", "setting_missing", "setting_doubtful",
                "setting_doubtful");
        assertThat(findings.get(0).message()).startsWith("PAHEKO_PUSH_MAX_RETRIES: 'many' does not do; allowed: ");
        assertThat(findings.get(0).remedy()).contains("(.env)");
        assertThat(findings.get(2).message()).isEqualTo("PAHEKO_PLUGIN_SECRET is not set: nothing is sent to Paheko.");
        assertThat(findings.subList(0, 3)).extracting(Finding::level).containsOnly(Level.ERROR);
        assertThat(findings.subList(3, 5)).extracting(Finding::level).containsOnly(Level.WARNING);
        assertThat(findings).extracting(Finding::remedy).doesNotContainNull();
    }

    @Test
    void looksAtTheFormOfTheAddress() throws Exception {
        for (String good : List.of("/p/recyclic/push", "/p/recyclic/push.php", "/below/p/recyclic/push?x=y")) {
            assertThat(plugin(good)).as(good).extracting(Finding::code).containsExactly("settings");
        }
        for (String odd : List.of("", "/", "/p/recyclic", "/p/recyclic/push/", "/sales")) {
            assertThat(plugin(odd)).as(odd).extracting(Finding::code).containsExactly("plugin_url_unusual");
        }
        assertThat(plugin("/admin/p")).extracting(Finding::code).containsExactly("setting_doubtful");
    }

    /** A setting that is wrong hides nothing of the rest, and no secret is told with it. */
    @Test
    void aWrongSettingOfOneEndLeavesTheOtherToBeAsked() throws Exception {
        List<Finding> findings = CheckUp.of(SettingsReport.of(folder, Map.of("REDIS_URL", "redis://:pa55word@127.0.0.1:port",
                "PAHEKO_PLUGIN_URL", "http://127.0.0.1:1/p/recyclic/push", "PAHEKO_PLUGIN_SECRET", "hush-hush-hush"))).findings();
        assertThat(findings).extracting(Finding::code).containsExactly("setting_wrong", "paheko_unreachable", "redis_not_asked");
        assertThat(findings.toString()).doesNotContain("pa55word", "hush");
    }

    @Test
    void looksAtTheModeThatIsSetAndAtNoOther() throws Exception {
        List<Finding> api = CheckUp.of(SettingsReport.of(folder, Map.of("REDIS_URL", "redis://127.0.0.1:1", "PAHEKO_MODE", "api",
                "PAHEKO_PLUGIN_URL", "http://127.0.0.1:1/plugin/x", "PAHEKO_PLUGIN_SECRET", "hush-hush-hush", "PAHEKO_API_URL", "http://127.0.0.1:1/",
                "PAHEKO_API_MAPPING", "mapping.json.example"))).findings();
        assertThat(api).extracting(Finding::code).containsExactly("setting_missing", "setting_missing", "mapping", "paheko_not_asked",
                "redis_unreachable");
        assertThat(api.subList(0, 2)).extracting(Finding::message).allMatch(message -> message.matches("PAHEKO_API_(USER|PASSWORD) is not set: .*"));
        assertThat(api.get(0).remedy()).contains("docs/paheko-api.md");
        List<Finding> plugin = CheckUp.of(SettingsReport.of(folder, Map.of("REDIS_URL", "redis://127.0.0.1:1", "PAHEKO_API_URL",
                "http://127.0.0.1:1/"))).findings();
        assertThat(plugin).extracting(Finding::code).containsExactly("setting_missing", "setting_missing", "paheko_not_asked", "redis_unreachable");
        assertThat(plugin.get(0).message()).contains("PAHEKO_PLUGIN_URL");
        assertThat(settings(Map.of("PAHEKO_MODE", "both"))).as("what is missing depends on it").extracting(Finding::code)
                .containsExactly("setting_wrong");
    }

    private List<Finding> plugin(String path) throws Exception {
        return settings(Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example" + path, "PAHEKO_PLUGIN_SECRET", "hush-hush-hush"));
    }

    private List<Finding> settings(Map<String, String> environment) throws Exception {
        return new SettingsCheck(SettingsReport.of(folder, environment)).look();
    }
}
