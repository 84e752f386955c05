package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.settings.SettingsReport;
import io.github.passerelle.tracking.TrackingTest;

class CheckCommandTest extends TrackingTest {

    @TempDir
    private Path folder;

    private record Printed(int code, String text) {

        List<String> lines() {
            return text.lines().toList();
        }
    }

    @Test
    void eachFindingBeginsWithItsLevelAndEndsWithWhatToDo() {
        paheko.answer(401);
        Printed printed = check(Map.of());
        assertThat(printed.code()).isEqualTo(1);
        assertThat(printed.lines()).containsSequence("error    The secret is not accepted (401).",
                "         -> Make PAHEKO_PLUGIN_SECRET what was saved on the plugin's page Configuration in Paheko.",
                "            Until one is saved there, none is accepted.")
                .containsSequence("ok       Redis deletes nothing when memory is short.")
                .allMatch(line -> line.isEmpty() || line.matches("(ok|warning|error|) +.*|1 error, 2 warnings\\.")).allMatch(line -> line.length() <= 100);
        assertThat(printed.lines()).endsWith("", "1 error, 2 warnings.");
        assertThat(printed.text()).doesNotContain(PahekoStandIn.SECRET);
    }

    @Test
    void warningsAloneAreNoFailure() {
        assertThat(check(Map.of()).code()).isZero();
        till.publish(till.ticket());
        redis.command("XGROUP", "CREATE", stream, "recyclic-push", "0");
        redis.command("SET", "{" + stream + "}:leader:recyclic-push", "somebody");
        assertThat(check(Map.of()).lines()).endsWith("", "All is as it should be.");
    }

    @Test
    void saysTheSameAsJson() throws Exception {
        paheko.answer(404);
        Printed printed = check(Map.of(), "--json");
        assertThat(printed.code()).isEqualTo(1);
        JsonNode findings = new ObjectMapper().readTree(printed.text());
        assertThat(findings.isArray()).isTrue();
        assertThat(findings.findValuesAsText("code")).startsWith("settings", "paheko_reached", "paheko_not_found").contains("redis_reached");
        assertThat(findings.findValuesAsText("level")).containsOnly("ok", "warning", "error");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.path("message").asText()).isNotBlank();
            assertThat(finding.path("remedy").isNull()).isEqualTo(finding.path("level").asText().equals("ok"));
        });
    }

    @Test
    void aWrongArgumentIsAMistake() {
        assertThat(check(Map.of(), "--all").code()).isEqualTo(2);
    }

    private Printed check(Map<String, String> changes, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of("REDIS_URL", server.url(), "REDIS_STREAM_PUSH_CAISSE", stream,
                "PAHEKO_PLUGIN_URL", paheko.url(), "PAHEKO_PLUGIN_SECRET", PahekoStandIn.SECRET));
        environment.putAll(changes);
        StringWriter out = new StringWriter();
        int code = new CommandLine(new CheckCommand(() -> SettingsReport.of(folder, environment))).setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out)).execute(arguments);
        return new Printed(code, out.toString());
    }
}
