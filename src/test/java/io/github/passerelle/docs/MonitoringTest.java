package io.github.passerelle.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Ports;
import io.github.passerelle.fixture.Scrape;

/** What docs/monitoring.md and the files beside it say, against what the application serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringTest {

    private static final Path DOCS = PasserelleProcess.repository().resolve("docs");
    private static final Path RULES = DOCS.resolve("monitoring/alerts.yml");
    private static final Path RULE_TESTS = DOCS.resolve("monitoring/alerts.test.yml");
    private static final Path DASHBOARD = DOCS.resolve("monitoring/dashboard.json");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(passerelle_\\w+)` \\| (\\w+) \\| ([^|]+) \\|([^|]*)\\|");
    /** A metric in a query, with the labels it is asked for. */
    private static final Pattern SELECTOR = Pattern.compile("([A-Za-z_:][\\w:]*)\\s*(?:\\{([^}]*)})");
    private static final Pattern NAME = Pattern.compile("\\b[a-z_]+_[\\w:]+\\b");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|ignoring|on)\\s*\\(([^)]*)\\)");
    /** Prometheus adds it to whatever it reads. */
    private static final String INSTANCE = "instance";
    private static final Set<String> FUNCTIONS = Set.of("histogram_quantile", "min_over_time");

    private Scrape scrape;

    @BeforeAll
    void start() throws IOException {
        // all metrics are there from the beginning, with Redis or without
        try (PasserelleApp app = PasserelleApp.builder().setting("REDIS_URL", "redis://127.0.0.1:" + Ports.free()).start()) {
            scrape = app.scrape();
        }
    }

    @Test
    void theTableHoldsWhatIsExposedAndNothingElse() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(DOCS.resolve("monitoring.md"))).results().toList()) {
            Set<String> labels = Pattern.compile("`(\\w+)`").matcher(row.group(4)).results().map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented.put(row.group(1), row.group(2) + " " + labels)).as(row.group(1)).isNull();
            if (Set.of("seconds", "entries", "ratio").contains(row.group(3))) {
                assertThat(row.group(1)).endsWith("_" + row.group(3).replace("seconds", row.group(1).endsWith("_max") ? "seconds_max" : "seconds"));
            }
        }
        Map<String, String> exposed = new TreeMap<>();
        scrape.types().forEach((name, type) -> {
            if (name.startsWith("passerelle_")) {
                exposed.put(name, type + " " + labels(name));
            }
        });
        assertThat(exposed).hasSizeGreaterThan(10);
        assertThat(documented).isEqualTo(exposed);
    }

    /** The labels of a metric, or of what a histogram consists of. */
    private Set<String> labels(String metric) {
        return scrape.samples().stream()
                .filter(sample -> sample.name().equals(metric) || "histogram".equals(scrape.types().get(metric))
                        && List.of("_bucket", "_count", "_sum").stream().anyMatch(part -> sample.name().equals(metric + part)))
                .flatMap(sample -> sample.labels().keySet().stream()).filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyQueryAsksForWhatIsThere() throws IOException {
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(20);
        assertThat(queries).allSatisfy(this::asksForWhatIsThere);
    }

    private void asksForWhatIsThere(String query) {
        String withoutTexts = query.replaceAll("\"[^\"]*\"|\\[[^]]*]", "");
        Set<String> names = NAME.matcher(withoutTexts).results().map(MatchResult::group).filter(name -> !FUNCTIONS.contains(name))
                .collect(Collectors.toSet());
        assertThat(names).as(query).isNotEmpty();
        Set<String> known = scrape.samples().stream().map(Scrape.Sample::name).collect(Collectors.toSet());
        assertThat(known).as(query).containsAll(names);
        for (MatchResult selector : SELECTOR.matcher(query).results().toList()) {
            Map<String, String> wanted = MATCHER.matcher(selector.group(2)).results()
                    .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
            assertThat(wanted).as(query).isNotEmpty();
            assertThat(scrape.samples()).as(query)
                    .anyMatch(sample -> sample.name().equals(selector.group(1)) && sample.labels().entrySet().containsAll(wanted.entrySet()));
        }
        Set<String> labels = scrape.samples().stream().filter(sample -> names.contains(sample.name()))
                .flatMap(sample -> sample.labels().keySet().stream()).collect(Collectors.toCollection(HashSet::new));
        labels.add(INSTANCE);
        for (MatchResult grouping : GROUPING.matcher(query).results().toList()) {
            assertThat(labels).as(query).containsAll(Arrays.stream(grouping.group(1).split(",")).map(String::strip)
                    .filter(label -> !label.isEmpty()).toList());
        }
    }

    @Test
    void aQueryForWhatIsNotThereWouldBeNoticed() {
        for (String wrong : List.of("passerelle_waiting > 0", "sum by (reason) (passerelle_failed_tries_total)",
                "passerelle_role{role=\"leader\"} == 1", "rate(passerelle_deliveries_total{result=\"delivered\"}[5m])", "vector(1)")) {
            assertThat(catchThrowable(() -> asksForWhatIsThere(wrong))).as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void everyAlertSaysWhatIsWrongAndNamesItsRunbook() throws IOException {
        String page = Files.readString(DOCS.resolve("monitoring.md"));
        Set<String> anchors = Files.readString(DOCS.resolve("operations.md")).lines().filter(line -> line.startsWith("## "))
                .map(line -> "docs/operations.md#" + line.substring(3).toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
        for (Map<?, ?> alert : alerts()) {
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            Object severity = ((Map<?, ?>) alert.get("labels")).get("severity");
            assertThat(severity).as("%s", alert).isIn("critical", "warning");
            assertThat((String) annotations.get("summary")).as("%s", alert).endsWith(".");
            assertThat(anchors).contains((String) annotations.get("runbook"));
            assertThat(page).contains("| `" + alert.get("alert") + "` | " + severity + " |");
            assertThat(page.lines().filter(line -> line.startsWith("| `" + alert.get("alert") + "`")).findFirst().orElseThrow())
                    .contains("(" + ((String) annotations.get("runbook")).replace("docs/", "") + ")");
        }
    }

    @Test
    void everyAlertIsSeenToFireAndNotToFire() throws IOException {
        Set<String> fire = new TreeSet<>();
        Set<String> keepStill = new TreeSet<>();
        for (Object test : (List<?>) yaml(RULE_TESTS).get("tests")) {
            for (Object look : (List<?>) ((Map<?, ?>) test).get("alert_rule_test")) {
                Map<?, ?> expected = (Map<?, ?>) look;
                (expected.containsKey("exp_alerts") ? fire : keepStill).add((String) expected.get("alertname"));
            }
        }
        Set<String> names = alerts().stream().map(alert -> (String) alert.get("alert")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(fire).isEqualTo(names);
        assertThat(keepStill).isEqualTo(names);
    }

    @Test
    void theRulesPassTheirTests() throws Exception {
        promtool("check", "rules", RULES.toString());
        promtool("test", "rules", RULE_TESTS.toString());
    }

    @Test
    void prometheusUnderstandsEveryQueryOfTheDashboard(@TempDir Path folder) throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        List<String> queries = dashboardQueries();
        for (int i = 0; i < queries.size(); i++) {
            rules.append("      - record: query_").append(i).append("\n        expr: '").append(queries.get(i).replace("$__rate_interval", "5m"))
                    .append("'\n");
        }
        Path file = Files.writeString(folder.resolve("dashboard.yml"), rules);
        promtool("check", "rules", file.toString());
    }

    @Test
    void theDashboardAsksThePrometheusThatIsChosen() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
        assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
        List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panels::add);
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("description").asText()).isNotBlank();
            assertThat(panel.get("targets")).isNotEmpty();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt()).isLessThanOrEqualTo(24);
        });
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>(dashboardQueries());
        alerts().forEach(alert -> queries.add((String) alert.get("expr")));
        return queries;
    }

    private static List<String> dashboardQueries() throws IOException {
        return new ObjectMapper().readTree(Files.readString(DASHBOARD)).findValuesAsText("expr");
    }

    private static List<Map<?, ?>> alerts() throws IOException {
        List<Map<?, ?>> alerts = new ArrayList<>();
        for (Object group : (List<?>) yaml(RULES).get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                alerts.add((Map<?, ?>) rule);
            }
        }
        assertThat(alerts).isNotEmpty();
        return alerts;
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static void promtool(String... arguments) throws Exception {
        assumeTrue(isThere(), "promtool is not installed: in Debian it comes with the package prometheus");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
