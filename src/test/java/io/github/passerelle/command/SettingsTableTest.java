package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.settings.SettingsReport;

class SettingsTableTest {

    @TempDir
    private Path folder;

    @Test
    void fitsAHundredColumnsWhateverTheValues() {
        String longest = "https://paheko.example/" + "p".repeat(200) + "/push.php";
        List<String> lines = table(Map.of("PAHEKO_PLUGIN_URL", longest, "PAHEKO_CA_FILE", "/certificates of/" + "this association/".repeat(20)));
        assertThat(lines).allMatch(line -> line.length() <= 100).noneMatch(line -> line.endsWith(" "));
        assertThat(String.join("", lines).replace(" ", "")).as("nothing is left out").contains(longest);
        assertThat(lines).contains("setting                         from         value", "PAHEKO_PLUGIN_SECRET            not set",
                "PASSERELLE_HTTP_PORT            default      8080");
    }

    @Test
    void showsAWrongValueWithItsFault() {
        List<String> lines = table(Map.of("PASSERELLE_HTTP_PORT", "many"));
        assertThat(lines).containsSequence("PASSERELLE_HTTP_PORT            environment  many",
                " ".repeat(45) + "wrong: 'many' does not do; allowed: a whole number from", " ".repeat(45) + "0 to 65535");
    }

    @Test
    void sendsNothingToTheTerminalThatItWouldObey() {
        String value = "a\u001b[2Jb\nc\u202ed\u009be";
        assertThat(table(Map.of("REDIS_STREAM_PUSH_CAISSE", value)))
                .contains("REDIS_STREAM_PUSH_CAISSE        environment  a\\u001b[2Jb\\u000ac\\u202ed\\u009be");
    }

    @Test
    void writesTheSameAsJson() throws Exception {
        StringWriter out = new StringWriter();
        SettingsJson.write(report(Map.of("PASSERELLE_HTTP_PORT", "many", "PAHEKO_CA_FILE", "cl\u00e9.pem", "PAHEKO_PLUGIN_SECRET", "hush-hush")), out);
        assertThat(out.toString()).doesNotContain("hush").matches(text -> text.chars().allMatch(c -> c < 128));
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.path("settings")).extracting(setting -> setting.path("name").asText()).hasSize(34).startsWith("REDIS_URL");
        assertThat(setting(json, "PASSERELLE_HTTP_PORT")).isEqualTo("""
                {"name":"PASSERELLE_HTTP_PORT","value":"many","from":"environment",\
                "wrong":"'many' does not do; allowed: a whole number from 0 to 65535"}""");
        assertThat(setting(json, "PAHEKO_PLUGIN_URL")).isEqualTo("""
                {"name":"PAHEKO_PLUGIN_URL","value":null,"from":"not set","wrong":null}""");
        assertThat(json.path("warnings")).hasSize(1);
        assertThat(json.path("wrong")).isEmpty();
    }

    private static String setting(JsonNode json, String name) {
        for (JsonNode setting : json.path("settings")) {
            if (setting.path("name").asText().equals(name)) {
                return setting.toString();
            }
        }
        throw new AssertionError(name);
    }

    private List<String> table(Map<String, String> environment) {
        StringWriter out = new StringWriter();
        new SettingsTable(new PrintWriter(out)).write(report(environment));
        return out.toString().lines().toList();
    }

    private SettingsReport report(Map<String, String> environment) {
        return SettingsReport.of(folder, environment);
    }
}
