package io.github.passerelle.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.StockApi;
import io.github.passerelle.settings.ApiSettings;
import io.github.passerelle.settings.SettingsReport;

/**
 * The check against a Paheko that runs elsewhere: PAHEKO_TEST_API_URL is its address, PAHEKO_TEST_API_USER and PAHEKO_TEST_API_PASSWORD those of a
 * key that may write and no more. It must have the usual French chart, and a year that is open today.
 */
@Tag("real-paheko")
class RealPahekoCheckIT {

    private static final List<String> TABLES = List.of("acc_transactions", "acc_transactions_lines", "acc_years", "acc_accounts", "users", "files");

    @TempDir
    private Path folder;

    @BeforeAll
    static void pahekoIsThere() {
        assumeTrue(Stream.of("URL", "USER", "PASSWORD").allMatch(name -> System.getenv("PAHEKO_TEST_API_" + name) != null),
                "No real Paheko is looked at: PAHEKO_TEST_API_URL, PAHEKO_TEST_API_USER and PAHEKO_TEST_API_PASSWORD are not all set");
    }

    @Test
    void findsWhatItFindsAtTheStandInAndChangesNothing() throws Exception {
        SettingsReport real = report(System.getenv("PAHEKO_TEST_API_URL"), System.getenv("PAHEKO_TEST_API_USER"),
                System.getenv("PAHEKO_TEST_API_PASSWORD"));
        Map<String, String> before = content(real);
        List<Finding> found = look(real);
        assertThat(content(real)).isEqualTo(before);
        assertThat(found).extracting(Finding::level).containsOnly(Level.OK);
        try (PahekoStandIn paheko = PahekoStandIn.start()) {
            assertThat(found).extracting(Finding::code).containsExactlyElementsOf(look(report(paheko.base(), StockApi.USER, StockApi.PASSWORD)).stream()
                    .map(Finding::code).map(code -> code.equals("paheko_clock_unknown") ? "paheko_clock" : code).toList());
        }
    }

    private SettingsReport report(String url, String user, String password) {
        return SettingsReport.of(folder, Map.of("PAHEKO_MODE", "api", "PAHEKO_API_URL", url, "PAHEKO_API_USER", user, "PAHEKO_API_PASSWORD", password,
                "PAHEKO_API_MAPPING", "mapping.json.example"));
    }

    private static List<Finding> look(SettingsReport report) {
        return new ApiCheck(report, report.usable(), Clock.systemUTC()).look();
    }

    /** How much is in each table, and its end. */
    private static Map<String, String> content(SettingsReport report) throws Exception {
        ApiSettings api = report.usable().api().orElseThrow();
        Map<String, String> content = new TreeMap<>();
        try (ChannelHttp http = new ChannelHttp(report.usable(), Clock.systemUTC())) {
            for (String table : TABLES) {
                HttpAnswer answer = http.send(new HttpQuestion("GET", api.url() + "/api/sql", "sql=SELECT COUNT(*) AS rows_count, MAX(id) AS latest"
                        + " FROM " + table, Map.of("Authorization", api.authorization()), ""), api.timeout());
                assertThat(answer.status()).as(table + ": " + new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
                content.put(table, new String(answer.body(), StandardCharsets.UTF_8));
            }
        }
        return content;
    }
}
