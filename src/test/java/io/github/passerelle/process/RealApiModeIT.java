package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PhpServer;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.StockApi;

/**
 * A thousand sessions into the books of a Paheko that runs elsewhere, with every fault over and over: PAHEKO_TEST_API_URL is its address with a
 * slash at the end, PAHEKO_TEST_API_USER and PAHEKO_TEST_API_PASSWORD those of a key that may write. With PAHEKO_TEST_API_DATABASE, the file of its
 * database, that is locked and made to look out of date as well. Entries of the tests stay in it: no Paheko that anybody works with.
 */
@Tag("real-paheko")
class RealApiModeIT {

    private static final Logger LOG = LoggerFactory.getLogger(RealApiModeIT.class);
    private static final int SESSIONS = 1_000;
    private static final int SESSIONS_FOR_EACH_FAULT = 16;
    /** Keeps the database to itself until its standard input ends. */
    private static final String LOCK = """
            $db = new SQLite3($argv[1]); $db->busyTimeout(60000);
            $db->exec('BEGIN EXCLUSIVE'); echo "done\\n"; fgets(STDIN); $db->exec('ROLLBACK');""";
    /** Makes it that of the version before until its standard input ends. */
    private static final String UPGRADE = """
            $db = new SQLite3($argv[1]); $db->busyTimeout(60000); $version = $db->querySingle('PRAGMA user_version');
            $db->exec('PRAGMA user_version = ' . ($version - 1)); echo "done\\n"; fgets(STDIN); $db->exec('PRAGMA user_version = ' . $version);""";

    private static String base;
    private static String user;
    private static String password;
    private static String database;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void pahekoIsThere() {
        assumeTrue(Stream.of("URL", "USER", "PASSWORD").allMatch(name -> System.getenv("PAHEKO_TEST_API_" + name) != null),
                "No real Paheko is tested: PAHEKO_TEST_API_URL, PAHEKO_TEST_API_USER and PAHEKO_TEST_API_PASSWORD are not all set");
        base = System.getenv("PAHEKO_TEST_API_URL");
        user = System.getenv("PAHEKO_TEST_API_USER");
        password = System.getenv("PAHEKO_TEST_API_PASSWORD");
        database = System.getenv("PAHEKO_TEST_API_DATABASE");
        assertThat(database == null || PhpServer.isAvailable()).as("php with sqlite3, for PAHEKO_TEST_API_DATABASE").isTrue();
    }

    @Test
    void everySessionIsBookedOnceWhateverHappens() throws Exception {
        Instant begun = Instant.now();
        RealBooks books = new RealBooks(lastTransaction());
        try (PahekoStandIn gate = PahekoStandIn.before(base);
                SessionBooking booking = new SessionBooking(gate, System.nanoTime(), SESSIONS_FOR_EACH_FAULT, process -> process
                        .api(gate, user, password)
                        // longer than Paheko needs once it has a request; than its locks last before it answers 500
                        .environment("PAHEKO_API_SETTLE_SECONDS", 4).environment("PAHEKO_PUSH_TIMEOUT_SECONDS", 12))) {
            booking.start();
            while (booking.published() < SESSIONS) {
                booking.everyFault();
                if (database != null) {
                    booking.during(() -> inDatabase(LOCK), answered(500));
                    booking.during(() -> inDatabase(UPGRADE), answered(302));
                }
                booking.assertBookedOnce(books);
            }
            booking.assertNoProcessSays(user, password);
            Map<Integer, Long> answers = new TreeMap<>();
            gate.ledger().forEach(request -> answers.merge(request.status(), 1L, Long::sum));
            LOG.info("{} sessions booked once in {} s: {} kills, {} look-ups, {} bookings; answers by status (0: none seen): {}",
                    booking.published(), Duration.between(begun, Instant.now()).toSeconds(), booking.kills(), count(gate, StockApi.LOOK_UP), count(gate, StockApi.BOOKING), answers);
        }
    }

    private static long count(PahekoStandIn gate, Predicate<Received> fits) {
        return gate.ledger().stream().filter(fits).count();
    }

    private static Predicate<Received> answered(int status) {
        return request -> request.status() == status;
    }

    /** Has PHP do something to Paheko's database; closing it has that undone. */
    private static AutoCloseable inDatabase(String code) throws IOException {
        Process php = PhpServer.run(code, database);
        assertThat(new String(php.getInputStream().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("done\n");
        return () -> {
            try (OutputStream end = php.getOutputStream()) {
                end.flush();
            }
            assertThat(php.waitFor()).isZero();
        };
    }

    private int lastTransaction() {
        return query("SELECT COALESCE(MAX(id), 0) AS last FROM acc_transactions").get(0).get("last").intValue();
    }

    private List<JsonNode> query(String sql) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "api/sql?sql=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return json.readTree(answer.body()).get("results").valueStream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** What was booked after a transaction. */
    private final class RealBooks implements Books {

        private final int after;

        RealBooks(int after) {
            this.after = after;
        }

        @Override
        public Map<String, Long> balances() {
            Map<String, Long> balances = new TreeMap<>();
            query("SELECT a.code AS account, SUM(l.debit) - SUM(l.credit) AS balance FROM acc_transactions_lines l"
                  + " INNER JOIN acc_accounts a ON a.id = l.id_account WHERE l.id_transaction > " + after + " GROUP BY a.code")
                    .forEach(row -> balances.put(row.get("account").textValue(), row.get("balance").longValue()));
            return balances;
        }

        @Override
        public Map<String, Long> references() {
            Map<String, Long> references = new TreeMap<>();
            query("SELECT reference, COUNT(*) AS times FROM acc_transactions WHERE id > " + after + " GROUP BY reference LIMIT 1000000")
                    .forEach(row -> references.put(row.get("reference").textValue(), row.get("times").longValue()));
            return references;
        }
    }
}
