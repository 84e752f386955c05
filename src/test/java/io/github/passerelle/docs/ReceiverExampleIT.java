package io.github.passerelle.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.PhpServer;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** The receiver of docs/receiver.md, run by a real PHP. */
class ReceiverExampleIT {

    private static final Path SCRIPT = PasserelleProcess.repository().resolve("docs/examples/push.php");
    private static final String PATH = "/p/recyclic/push.php";
    private static final String SECRET = "a secret # of three words";
    private static final String KEY = "pos.ticket.created:0b6d6a52-6f0c-4a54-8b75-2a3a5b7a3b11";
    private static final byte[] SALE = "{\"sale_id\": \"0b6d6a52\",  \"note\": \"caf\\u00e9\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private Path database;
    private PhpServer php;
    private final HttpClient http = HttpClient.newHttpClient();

    /** One line of the example's table. */
    private record Row(String key, String type, String entry, byte[] body) {
    }

    @BeforeAll
    static void phpIsThere() {
        assumeTrue(PhpServer.isAvailable(), "The example of docs/receiver.md is not tested: this machine has no php with pdo_sqlite");
    }

    @BeforeEach
    void start() {
        database = folder.resolve("events.sqlite");
        php = start(SECRET, database);
    }

    @AfterEach
    void stop() {
        php.close();
    }

    private static PhpServer start(String secret, Path database) {
        return PhpServer.start(SCRIPT, Map.of("PUSH_SECRET", secret, "PUSH_DATABASE", database.toString()));
    }

    @Test
    void booksASaleOnceHoweverOftenItComes() throws Exception {
        HttpResponse<String> first = post(request(KEY, SECRET), SALE);
        HttpResponse<String> again = post(request(KEY, SECRET), SALE);
        assertThat(List.of(first.statusCode(), again.statusCode())).containsExactly(201, 200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo(KEY);
            assertThat(row.type()).isEqualTo("pos.ticket.created");
            assertThat(row.entry()).isEqualTo("1763640000000-0");
            assertThat(row.body()).isEqualTo(SALE);
        });
    }

    @Test
    void refusesWhatIsNoSaleOfThisTill() throws Exception {
        assertThat(post(request(KEY, "another secret"), SALE).statusCode()).isEqualTo(401);
        assertThat(post(request(KEY, SECRET + "."), SALE).statusCode()).isEqualTo(401);
        assertThat(post(plain().header("Idempotency-Key", KEY), SALE).statusCode()).isEqualTo(401);
        assertThat(post(request(KEY, SECRET), bytes("[1]")).statusCode()).isEqualTo(400);
        assertThat(post(request(KEY, SECRET), bytes("{\"sale_id\": ")).statusCode()).isEqualTo(400);
        assertThat(post(request(KEY, SECRET), new byte[0]).statusCode()).isEqualTo(400);
        assertThat(post(plain().header("X-Paheko-Secret", SECRET), SALE).statusCode()).isEqualTo(400);
        HttpResponse<String> get = http.send(request(KEY, SECRET).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(database).doesNotExist();
    }

    @Test
    void refusesEverybodyWhileItHasNoSecret() throws Exception {
        try (PhpServer bare = start("", database)) {
            URI address = URI.create(bare.url(PATH));
            assertThat(post(request(KEY, SECRET).uri(address), SALE).statusCode()).isEqualTo(401);
            assertThat(post(plain().uri(address).header("Idempotency-Key", KEY), SALE).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void asksForPatienceWhileTheDatabaseIsLocked() throws Exception {
        post(request("first", SECRET), SALE);
        Process lock = PhpServer.run("$d = new PDO('sqlite:' . $argv[1]); $d->exec('BEGIN EXCLUSIVE'); echo 'locked'; fgets(STDIN);",
                database.toString());
        try (OutputStream release = lock.getOutputStream()) {
            assertThat(lock.getInputStream().readNBytes(6)).asString().isEqualTo("locked");
            HttpResponse<String> busy = post(request(KEY, SECRET), SALE);
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("Retry-After")).hasValue("5");
            release.write('\n');
        } finally {
            lock.destroy();
        }
        lock.waitFor();
        assertThat(post(request(KEY, SECRET), SALE).statusCode()).isEqualTo(201);
    }

    @Test
    void aFaultIsNoDelivery() throws Exception {
        try (PhpServer broken = start(SECRET, folder.resolve("missing").resolve("events.sqlite"))) {
            assertThat(post(request(KEY, SECRET).uri(URI.create(broken.url(PATH))), SALE).statusCode()).isEqualTo(500);
        }
    }

    @Test
    void takesASessionFromTheStream() throws Exception {
        try (RedisServer server = RedisServer.start(); Redis redis = server.connect()) {
            Till till = new Till(redis, 5);
            CashSession session = till.session(5);
            till.publish(session);
            SaleEvent late = till.ticket();
            try (PasserelleProcess application = application(server, SECRET)) {
                till.publish(session.tickets().get(3));
                application.awaitHealth("all delivered", health -> settled(health.body().toString()) && rows().size() == 7);
                assertThat(application.linesWith("Delivered to Paheko")).hasSize(8);
            }
            assertThat(rows()).extracting(Row::key).containsExactlyElementsOf(session.events().stream().map(SaleEvent::key).toList());
            assertThat(rows()).extracting(Row::type).containsExactlyElementsOf(session.events().stream().map(SaleEvent::type).toList());
            assertThat(rows()).zipSatisfy(session.events(), (row, event) -> assertThat(row.body()).isEqualTo(event.payload()));

            try (PasserelleProcess application = application(server, "a wrong secret")) {
                till.publish(late);
                application.awaitHealth("refused", health -> health.text("last_error").equals("unauthorized"));
                assertThat(rows()).hasSize(7);
            }
            assertThat(redis.xpending(Till.STREAM, Till.GROUP)).hasSize(1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean settled(String health) {
        return health.contains("\"waiting\":0,\"pending\":0");
    }

    private PasserelleProcess application(RedisServer redis, String secret) {
        return PasserelleProcess.builder().directory(PasserelleProcess.copyShipped(folder.resolve("run"))).redis(redis)
                .environment("PAHEKO_PLUGIN_URL", php.url(PATH)).environment("PAHEKO_PLUGIN_SECRET", secret).start();
    }

    /** The request as docs/receiver.md shows it. */
    private HttpRequest.Builder request(String key, String secret) {
        return plain().header("X-Paheko-Secret", secret).header("Idempotency-Key", key);
    }

    private HttpRequest.Builder plain() {
        return HttpRequest.newBuilder(URI.create(php.url(PATH))).version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json").header("X-Recyclic-Event", "pos.ticket.created")
                .header("X-Request-Id", "1763640000000-0");
    }

    private HttpResponse<String> post(HttpRequest.Builder request, byte[] body) throws IOException, InterruptedException {
        return http.send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<Row> rows() {
        return PhpServer.output("""
                foreach ((new PDO('sqlite:' . $argv[1]))->query('SELECT key, type, entry, hex(body) FROM events ORDER BY rowid') as $row) {
                    echo "$row[0]\t$row[1]\t$row[2]\t$row[3]\n";
                }""", database.toString()).lines().map(line -> line.split("\t"))
                .map(cells -> new Row(cells[0], cells[1], cells[2], HexFormat.of().parseHex(cells[3]))).toList();
    }
}
