package io.github.passerelle.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.PasserelleProcess;

/** What the documentation says of the settings is what {@link Setting} does. */
class ConfigurationDocTest {

    private static final Path ROOT = PasserelleProcess.repository();
    private static final Pattern EXAMPLE_LINE = Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$");

    /** Name, default, allowed, meaning of each setting in the tables of docs/configuration.md. */
    private record Row(String name, String defaultValue, String allowed) {
    }

    @Test
    void everySettingStandsOnceInTheConfigurationPageInTheOrderOfTheCode() throws IOException {
        assertThat(rows()).extracting(Row::name).containsExactlyElementsOf(names());
    }

    @Test
    void theConfigurationPageNamesTheDefaults() throws IOException {
        for (Row row : rows()) {
            String value = Setting.valueOf(row.name()).defaultValue();
            String expected = value == null ? "none" : value.isEmpty() ? "empty" : "`" + value + "`";
            assertThat(row.defaultValue()).describedAs(row.name()).isEqualTo(expected);
        }
    }

    @Test
    void theConfigurationPageSaysWhatIsAllowedInTheWordsOfTheErrorMessage() throws IOException {
        for (Row row : rows()) {
            Throwable refusal = catchThrowable(() -> Setting.valueOf(row.name()).read("\u00e9, which no setting takes"));
            if (refusal != null) {
                String words = refusal.getMessage();
                assertThat(row.allowed().replace("`", "")).describedAs(row.name())
                        .isEqualTo(words.substring(words.lastIndexOf("allowed: ") + "allowed: ".length()));
            }
        }
    }

    @Test
    void everySettingStandsOnceInTheExampleWithItsDefault() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            expected.put(setting.name(), setting.defaultValue() == null ? "" : setting.defaultValue());
        }
        List<MatchResult> lines = EXAMPLE_LINE.matcher(example()).results().toList();
        assertThat(lines).extracting(line -> line.group(1)).containsExactlyElementsOf(names());
        assertThat(lines.stream().collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)))).isEqualTo(expected);
    }

    @Test
    void theExampleChangesNothingAsItIsNorWithEveryLineMadeEffective(@TempDir Path folder) throws IOException {
        for (String text : List.of(example(), EXAMPLE_LINE.matcher(example()).replaceAll("$1=$2"))) {
            Files.writeString(folder.resolve(".env"), text);
            Settings read = Settings.of(Settings.readDotenv(folder), Map.of());
            Settings defaults = Settings.of(Map.of(), Map.of());
            for (String name : names()) {
                assertThat(read.get(name)).describedAs(name).isEqualTo(defaults.get(name));
            }
        }
    }

    @Test
    void valuesOfDotenvAreReadAsThePageSays(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(".env"), """
                # a comment

                QUOTED="two words # and a sign"
                COMMENTED=value # a comment
                SINGLE='x'
                NOT_ESCAPED="a\\nb"
                """);
        assertThat(Settings.readDotenv(folder)).containsOnly(Map.entry("QUOTED", "two words # and a sign"), Map.entry("COMMENTED", "value"),
                Map.entry("SINGLE", "'x'"), Map.entry("NOT_ESCAPED", "a\\nb"));

        Files.writeString(folder.resolve(".env"), "export PASSERELLE_LOG_LEVEL=DEBUG\n");
        assertThatThrownBy(() -> Settings.readDotenv(folder)).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(".env, line 1: ");
    }

    @Test
    void secondsComeOutInMilliseconds() {
        Settings settings = Settings.of(Map.of(), Map.of("PAHEKO_PUSH_BACKOFF_SECONDS", "1.5"));
        assertThat(settings.get("PAHEKO_PUSH_BACKOFF_SECONDS")).isEqualTo("1500");
        assertThat(settings.get("PAHEKO_PUSH_TIMEOUT_SECONDS")).isEqualTo("15000");
    }

    @Test
    void theDerivedNamesOfThePageExist() throws IOException {
        List<String> derived = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|").matcher(page()).results().map(row -> row.group(1)).toList();
        assertThat(derived).containsExactly("push-configured", "plugin-configured", "api-configured", "push-route", "push-address", "api-authorization",
                "api-mapping", "redis-address", "redis-user", "redis-password");

        Settings settings = Settings.of(Map.of(), Map.of("REDIS_URL", "redis://till:p%23w@redis.example:6380/2",
                "PAHEKO_PLUGIN_URL", "https://paheko.example/p/recyclic/push.php"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("settings", settings);
            PasserellePropertiesFunction function = new PasserellePropertiesFunction();
            function.setCamelContext(context);
            assertThat(derived.stream().map(function::apply)).containsExactly("false", "false", "false", "push-caisse",
                    "https://paheko.example/p/recyclic/push.php", "Basic Og==", "", "redis://redis.example:6380/2", "till", "p#w");
            assertThat(function.apply("PAHEKO_PLUGIN_SECRET")).isEmpty();
            assertThatCode(() -> function.apply("NOT_A_SETTING")).hasMessageContaining("PAHEKO_PLUGIN_URL");
        }
    }

    private static List<String> names() {
        return Arrays.stream(Setting.values()).map(Setting::name).toList();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<String> lines = page().lines()) {
            lines.filter(line -> line.matches("\\| `[A-Z_]+` \\|.*")).forEach(line -> {
                String[] cells = line.split("\\|");
                rows.add(new Row(cells[1].strip().replace("`", ""), cells[2].strip(), cells[3].strip()));
            });
        }
        return rows;
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/configuration.md"));
    }

    private static String example() throws IOException {
        return Files.readString(ROOT.resolve(".env.example"));
    }
}
