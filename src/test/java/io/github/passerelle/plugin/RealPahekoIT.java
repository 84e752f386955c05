package io.github.passerelle.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoPlugin;
import io.github.passerelle.fixture.PahekoPlugin.Row;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.PhpServer;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/**
 * The plugin in a Paheko that runs elsewhere: PAHEKO_TEST_URL is the address of the push, PAHEKO_TEST_SECRET its secret, and
 * PAHEKO_TEST_DATABASE the file of Paheko's database. Events of the tests stay in it: no Paheko that anybody works with.
 */
@Tag("real-paheko")
class RealPahekoIT {

    private static final int SESSIONS = 10;
    private static final int TICKETS = 100;
    private static final int KILLS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Takes the database for a while, now and then for longer than the sender waits, and changes nothing; ends with its standard input. */
    private static final String WRITER = """
            $db = new SQLite3($argv[1]);
            $db->busyTimeout(60000);
            stream_set_blocking(STDIN, false);
            for ($i = 0; !feof(STDIN); $i++) {
                $db->exec('BEGIN IMMEDIATE');
                usleep($i % 20 === 3 ? 2500000 : 20000);
                $db->exec('ROLLBACK');
                usleep(250000);
                fgets(STDIN);
            }""";

    private static URI address;
    private static String secret;
    private static Path database;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    @BeforeAll
    static void pahekoIsThere() {
        assumeTrue(Stream.of("URL", "SECRET", "DATABASE").allMatch(name -> System.getenv("PAHEKO_TEST_" + name) != null),
                "No real Paheko is tested: PAHEKO_TEST_URL, PAHEKO_TEST_SECRET and PAHEKO_TEST_DATABASE are not all set (docs/paheko.md)");
        address = URI.create(System.getenv("PAHEKO_TEST_URL"));
        secret = System.getenv("PAHEKO_TEST_SECRET");
        database = Path.of(System.getenv("PAHEKO_TEST_DATABASE"));
        assertThat(database).isRegularFile();
        assertThat(PhpServer.isAvailable()).as("php with sqlite3").isTrue();
    }

    @Test
    void answersAsItDoesByItself() throws Exception {
        SaleEvent ticket = ticket();
        assertThat(post(ticket.key(), ticket.payloadText())).isEqualTo(201);
        assertThat(post(ticket.key(), ticket.payloadText())).isEqualTo(200);
        assertThat(post(ticket.key(), ticket.payloadText() + " ")).isEqualTo(409);
        assertThat(post(ticket().key(), ticket.payloadText())).isEqualTo(422);
        assertThat(post(ticket.key(), "{}")).isEqualTo(422);
        assertThat(post(ticket.key(), "[]")).isEqualTo(400);
        assertThat(post(ticket.key(), "")).isEqualTo(400);
        assertThat(post(ticket.key(), " ".repeat(9_000_000))).isEqualTo(413);
        assertThat(rows(List.of(ticket))).singleElement().satisfies(row -> assertThat(row.body()).isEqualTo(ticket.payload()));
    }

    @Test
    void takesNothingWithoutTheSecretAndOnlyByPost() throws Exception {
        SaleEvent ticket = ticket();
        for (String wrong : List.of("", "wrong", secret + ".")) {
            HttpResponse<String> answer = send(request(address, ticket.key()).setHeader("X-Paheko-Secret", wrong), "POST", ticket.payloadText());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        }
        for (String method : List.of("GET", "HEAD", "PUT", "PATCH", "DELETE")) {
            HttpResponse<String> answer = send(request(address, ticket.key()), method, ticket.payloadText());
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        }
        assertThat(rows(List.of(ticket))).isEmpty();
    }

    @Test
    void anAddressBesideItIsAPageThatIsNotFound() throws Exception {
        for (String wrong : List.of("/p/recyclic/nothing", "/plugin/recyclic/push", "/p/nobody/push")) {
            HttpResponse<String> answer = send(request(address.resolve(wrong), "k"), "POST", "{}");
            assertThat(answer.statusCode()).as(wrong).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        }
    }

    @Test
    void aThousandWrongSecretsLockNobodyOut() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(send(request(address, "k").setHeader("X-Paheko-Secret", "guessed " + i), "POST", "{}").statusCode()).isEqualTo(401);
        }
        SaleEvent ticket = ticket();
        assertThat(post(ticket.key(), ticket.payloadText())).isEqualTo(201);
    }

    @Test
    void aThousandTicketsArriveOnceThroughKillsTimeoutsAndAnotherWriter() throws Exception {
        try (RedisServer server = RedisServer.start(); Redis redis = server.connect()) {
            Till till = new Till(redis, UUID.randomUUID().getMostSignificantBits());
            List<CashSession> sessions = Stream.generate(() -> till.session(TICKETS)).limit(SESSIONS).toList();
            sessions.forEach(till::publish);
            List<SaleEvent> events = sessions.stream().flatMap(session -> session.events().stream()).toList();
            List<String> log = new ArrayList<>();
            Process writer = PhpServer.run(WRITER, database.toString());
            try {
                for (int kill = 1; kill <= KILLS; kill++) {
                    try (PasserelleProcess application = application(server)) {
                        int enough = kill * events.size() / (KILLS + 1);
                        Awaitility.await(enough + " events").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                                .until(() -> received(sessions) >= enough);
                        application.kill9();
                        log.addAll(application.lines());
                    }
                }
                try (PasserelleProcess application = application(server)) {
                    Awaitility.await("all events").atMost(PATIENCE).pollInterval(Duration.ofMillis(500))
                            .until(() -> received(sessions) >= events.size());
                    application.awaitHealth("all acknowledged", health -> health.body().toString().contains("\"waiting\":0,\"pending\":0,\"held\":0"));
                    log.addAll(application.lines());
                }
                assertThat(writer.isAlive()).as("the other writer").isTrue();
            } finally {
                writer.getOutputStream().close();
                writer.waitFor();
            }
            assertThat(log).as("time-outs").anyMatch(line -> line.contains("paheko_timeout"));
            assertThat(redis.xpending(Till.STREAM, Till.GROUP)).isEmpty();
            Map<String, byte[]> received = rows(events).stream().collect(Collectors.toMap(Row::key, Row::body));
            assertThat(received.keySet()).containsExactlyInAnyOrderElementsOf(events.stream().map(SaleEvent::key).toList());
            assertThat(events).allSatisfy(event -> assertThat(received.get(event.key())).as(event.key()).isEqualTo(event.payload()));
            assertThat(number("SUM(CASE WHEN type = 'pos.ticket.created' THEN amount END)", sessions))
                    .isEqualTo(events.stream().mapToLong(SaleEvent::amountCents).sum());
        }
    }

    private PasserelleProcess application(RedisServer redis) throws IOException {
        return PasserelleProcess.builder().directory(PasserelleProcess.copyShipped(Files.createDirectories(folder.resolve("run")))).redis(redis)
                .environment("PAHEKO_PLUGIN_URL", address).environment("PAHEKO_PLUGIN_SECRET", secret).environment("PAHEKO_ALLOW_HTTP", true)
                .environment("PAHEKO_PUSH_TIMEOUT_SECONDS", 2).environment("PAHEKO_PUSH_BACKOFF_SECONDS", 0.2)
                .environment("PAHEKO_PUSH_REPLAY_SECONDS", 1).environment("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 2).start();
    }

    /** The rows of these events, each as often as it is there. */
    private static List<Row> rows(List<SaleEvent> events) {
        Set<String> keys = events.stream().map(SaleEvent::key).collect(Collectors.toSet());
        return PahekoPlugin.rows(database).stream().filter(row -> keys.contains(row.key())).toList();
    }

    /** How many events of these sessions are there. */
    private static long received(List<CashSession> sessions) {
        return number("COUNT(*)", sessions);
    }

    private static long number(String expression, List<CashSession> sessions) {
        String ids = sessions.stream().map(CashSession::id).collect(Collectors.joining("','", "'", "'"));
        return Long.parseLong(PhpServer.output("$db = new SQLite3($argv[1], SQLITE3_OPEN_READONLY); $db->busyTimeout(30000);"
                                               + " echo $db->querySingle(\"SELECT $argv[2] FROM plugin_recyclic_events WHERE session IN ($argv[3])\");",
                database.toString(), expression, ids));
    }

    private static SaleEvent ticket() {
        return new Till(null, UUID.randomUUID().getMostSignificantBits()).ticket();
    }

    private int post(String key, String body) throws Exception {
        HttpResponse<String> answer = send(request(address, key), "POST", body);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return answer.statusCode();
    }

    private static HttpRequest.Builder request(URI to, String key) {
        return HttpRequest.newBuilder(to).header("Content-Type", "application/json").header("X-Paheko-Secret", secret)
                .header("X-Recyclic-Event", "pos.ticket.created").header("Idempotency-Key", key).header("X-Request-Id", "1763640000000-0");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String method, String body) throws Exception {
        return http.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
