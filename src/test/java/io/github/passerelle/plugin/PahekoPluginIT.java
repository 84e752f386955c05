package io.github.passerelle.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoPlugin;
import io.github.passerelle.fixture.PahekoPlugin.Row;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.PhpServer;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** The plugin's own PHP, run by PHP. */
class PahekoPluginIT {

    private static final String SECRET = "a secret # of '; DROP TABLE \"words\"";
    private static final String HOSTILE = "=1+1 <script>alert(\\\"x\\\")</script> '; DROP TABLE plugin_recyclic_events; -- \\ud83d\\ude42 \u00e9";
    private static final String TICKET = """
            {"event": "pos.ticket.created", "sale_id": "t1", "cash_session_id": "s1", "total_amount": 1250, "note": null, "sale_date": null,
             "items": [{"total_price": 1000}, {"total_price": 250}],
             "payments": [{"payment_method": "especes", "amount": 1000}, {"payment_method": "cb", "amount": 250}]}""";

    @TempDir
    private static Path folder;
    private static Path code;

    @TempDir
    private Path own;
    private Path database;
    private PahekoPlugin plugin;
    private final ObjectMapper json = new ObjectMapper();

    @BeforeAll
    static void phpIsThere() {
        assumeTrue(PhpServer.isAvailable(), "The plugin for Paheko is not tested: this machine has no php with sqlite3");
        code = PahekoPlugin.unpack(folder);
    }

    @BeforeEach
    void start() {
        database = own.resolve("association.sqlite");
        plugin = PahekoPlugin.start(code, database).withSecret(SECRET);
    }

    @AfterEach
    void stop() {
        plugin.close();
    }

    @Test
    void takesAnEventOnceHoweverOftenItComes() throws Exception {
        HttpResponse<String> first = post("pos.ticket.created:t1", TICKET);
        HttpResponse<String> again = post("pos.ticket.created:t1", TICKET);
        HttpResponse<String> elsewhere = plugin.send(headers(plugin.at("/p/recyclic/push.php?x=1"), "pos.ticket.created", "pos.ticket.created:t1")
                .POST(HttpRequest.BodyPublishers.ofString(TICKET)));
        HttpResponse<String> query = plugin.send(headers(plugin.at("/p/recyclic/push?x=/admin/p/"), "pos.ticket.created", "pos.ticket.created:t1")
                .POST(HttpRequest.BodyPublishers.ofString(TICKET)));
        assertThat(List.of(first.statusCode(), again.statusCode(), elsewhere.statusCode(), query.statusCode())).containsExactly(201, 200, 200, 200);
        assertThat(List.of(first, again)).allSatisfy(
                answer -> assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json"));
        assertThat(message(first)).isEqualTo("Événement reçu");
        assertThat(first.headers().firstValue("X-Recyclic-Plugin-Version")).isPresent();
        assertThat(plugin.rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo("pos.ticket.created:t1");
            assertThat(row.type()).isEqualTo("pos.ticket.created");
            assertThat(row.entry()).isEqualTo("1763640000000-0");
            assertThat(row.body()).isEqualTo(bytes(TICKET));
        });
    }

    @Test
    void isNowhereElse() {
        for (String other : List.of("/p/recyclic/pushed", "/p/recyclic/push/", "/p/recyclic/x/push", "/admin/p/recyclic/push")) {
            assertThat(plugin.send(headers(plugin.at(other), "pos.ticket.created", "pos.ticket.created:t1")
                    .POST(HttpRequest.BodyPublishers.ofString(TICKET))).statusCode()).as(other).isEqualTo(404);
        }
    }

    @Test
    void keepsTheFirstOfTwoBodiesUnderOneKeyAndSaysSo() throws Exception {
        post("pos.ticket.created:t1", TICKET);
        HttpResponse<String> other = post("pos.ticket.created:t1", TICKET.replace("\"note\": null", "\"note\": \"other\""));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(message(other)).contains("Un autre contenu a déjà été reçu", "« pos.ticket.created:t1 »", "le premier est conservé");
        assertThat(post("x.other", "pos.ticket.created:t1", TICKET).statusCode()).isEqualTo(409);
        assertThat(plugin.rows()).extracting(Row::body).containsExactly(bytes(TICKET));
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "PUT", "HEAD", "DELETE", "PATCH" })
    void allowsPostOnly(String method) {
        HttpResponse<String> answer = plugin.send(headers(plugin.at(PahekoPlugin.PATH), "pos.ticket.created", "k")
                .method(method, HttpRequest.BodyPublishers.ofString(TICKET)));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        assertThat(plugin.rows()).isEmpty();
    }

    @Test
    void refusesWhoDoesNotKnowTheSecretAndTellsNothing() {
        for (String wrong : List.of("another", SECRET + ".", SECRET.substring(1), "' OR 1=1 --", "")) {
            HttpResponse<String> answer = plugin.send(plugin.at(PahekoPlugin.PATH).header("X-Paheko-Secret", wrong)
                    .header("Idempotency-Key", "k").header("X-Recyclic-Event", "x").POST(HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
            assertThat(answer.headers().firstValue("X-Recyclic-Plugin-Version")).isEmpty();
        }
        assertThat(plugin.send(plugin.at(PahekoPlugin.PATH).POST(HttpRequest.BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(401);
        assertThat(plugin.rows()).isEmpty();
    }

    @Test
    void refusesEverybodyWhileThereIsNoSecret() throws Exception {
        try (PahekoPlugin bare = PahekoPlugin.start(code, own.resolve("bare.sqlite"))) {
            HttpResponse<String> answer = bare.send(headers(bare.at(PahekoPlugin.PATH), "x", "k").POST(HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(message(answer)).contains("Aucun secret");
            assertThat(bare.send(bare.at(PahekoPlugin.PATH).header("X-Paheko-Secret", "").POST(HttpRequest.BodyPublishers.ofString("{}")))
                    .statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aThousandWrongSecretsChangeNothingAndAreNotLogged() {
        for (int i = 0; i < 1000; i++) {
            HttpResponse<String> answer = plugin.send(plugin.at(PahekoPlugin.PATH).header("X-Paheko-Secret", "guessed-" + i)
                    .POST(HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(post("pos.ticket.created:t1", TICKET).statusCode()).isEqualTo(201);
        assertThat(plugin.log()).contains("Accepted").doesNotContain("guessed-", SECRET);
    }

    @Test
    void theSecretIsNowhereInTheDatabase() throws Exception {
        assertThat(Files.readString(database, StandardCharsets.ISO_8859_1)).contains("secret_sha256").doesNotContain("DROP TABLE");
    }

    @Test
    void aSecretThatNoHeaderCanCarryIsNotTaken() throws Exception {
        for (String bad : List.of("", "too short", "  fifteen chars.  ", "é".repeat(20), "🙂 and more than sixteen", "two\nlines and more letters")) {
            HttpResponse<String> answer = plugin.configure(bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(json.readTree(answer.body()).get("errors").get(0).asText()).startsWith("Le secret");
        }
        assertThat(post("pos.ticket.created:t1", TICKET).statusCode()).as("the old one holds").isEqualTo(201);
        plugin.withSecret("  blanks at the ends are cut \t");
        assertThat(post("pos.ticket.created:t1", TICKET).statusCode()).isEqualTo(401);
        assertThat(plugin.send(plugin.at(PahekoPlugin.PATH).header("X-Paheko-Secret", "blanks at the ends are cut")
                .header("Idempotency-Key", "pos.ticket.created:t1").header("X-Recyclic-Event", "pos.ticket.created")
                .POST(HttpRequest.BodyPublishers.ofString(TICKET))).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsNoJsonObject() throws Exception {
        for (String body : List.of("", "  \n", "[1]", "\"text\"", "1", "null", "true", "{\"a\": ", "{} x", "\ufeff{}", "{\"a\":".repeat(600))) {
            HttpResponse<String> answer = post("x.other", "entry:1-0", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(message(answer)).startsWith(body.isBlank() ? "Le corps de la requête est vide" : "Corps de la requête illisible");
        }
        assertThat(plugin.rows()).isEmpty();
    }

    @Test
    void refusesARequestWithoutItsHeaders() throws Exception {
        assertThat(message(post("pos.ticket.created", "a key with blanks", TICKET))).isEqualTo("En-tête Idempotency-Key absent ou incorrect");
        assertThat(message(post("x y", "k", TICKET))).isEqualTo("En-tête X-Recyclic-Event absent ou incorrect");
        HttpResponse<String> bare = plugin.send(plugin.at(PahekoPlugin.PATH).header("X-Paheko-Secret", SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(TICKET)));
        assertThat(bare.statusCode()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsTooLargeAndTakesTheLargestThatPasserelleSends() throws Exception {
        String largest = "{\"a\":\"" + "x".repeat(8 * 1024 * 1024 - 8) + "\"}";
        assertThat(post("x.other", "entry:1-0", largest).statusCode()).isEqualTo(201);
        assertThat(post("x.other", "entry:2-0", largest + " ").statusCode()).isEqualTo(413);
        HttpResponse<String> nine = post("x.other", "entry:3-0", " ".repeat(9_000_000));
        assertThat(nine.statusCode()).isEqualTo(413);
        assertThat(message(nine)).isEqualTo("Événement trop volumineux : 8 Mio au plus");
        assertThat(plugin.rows()).extracting(Row::key).containsExactly("entry:1-0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"sale_id\": \"t1\", | | Champ manquant : sale_id",
            "\"sale_id\": \"t1\" | \"sale_id\": 1 | Champ invalide : sale_id (texte attendu)",
            "\"sale_id\": \"t1\" | \"sale_id\": \"t2\" | Champ invalide : sale_id (autre que dans l'en-tête Idempotency-Key)",
            "\"cash_session_id\": \"s1\" | \"cash_session_id\": null | Champ manquant : cash_session_id",
            "\"cash_session_id\": \"s1\" | \"cash_session_id\": [\"s1\"] | Champ invalide : cash_session_id (texte attendu)",
            "\"note\": null | \"note\": {} | Champ invalide : note (texte attendu)",
            "\"sale_date\": null | \"sale_date\": \"hier\" | Champ invalide : sale_date (date ISO 8601 avec fuseau horaire attendue)",
            "\"sale_date\": null | \"sale_date\": \"2026-02-31T99:00:00Z\" | Champ invalide : sale_date (date ISO 8601 avec fuseau horaire attendue)",
            "\"total_amount\": 1250 | \"total_amount\": \"1250\" | Champ invalide : total_amount (nombre entier de centimes attendu)",
            "\"total_amount\": 1250 | \"total_amount\": 1250.0 | Champ invalide : total_amount (nombre entier de centimes attendu)",
            "\"total_amount\": 1250 | \"total_amount\": -1250 | Champ invalide : total_amount (nombre entier de centimes attendu)",
            "\"total_amount\": 1250 | \"total_amount\": 99999999999999999999 | Champ invalide : total_amount (nombre entier de centimes attendu)",
            "\"total_price\": 250 | \"total_price\": 251 | Champ invalide : total_amount (différent de la somme des articles)",
            "\"amount\": 250 | \"amount\": 9223372036854775807 | Champ invalide : total_amount (différent de la somme des paiements)",
            "\"amount\": 250 | \"amount\": true | Champ invalide : payments[1].amount (nombre entier de centimes attendu)",
            "\"payment_method\": \"cb\", | | Champ manquant : payments[1].payment_method",
            "{\"total_price\": 250} | 250 | Champ invalide : items[1] (objet attendu)",
            "\"items\": [ | \"items\": 1, \"x\": [ | Champ invalide : items (liste attendue)",
            "\"event\": \"pos.ticket.created\" | \"event\": \"other\" | Champ invalide : event (autre que l'en-tête X-Recyclic-Event)",
    })
    void namesTheFieldThatIsWrong(String good, String bad, String message) throws Exception {
        assertThat(TICKET).contains(good);
        HttpResponse<String> answer = post("pos.ticket.created:t1", TICKET.replace(good, bad == null ? "" : bad));
        assertThat(message(answer)).isEqualTo(message);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(plugin.rows()).isEmpty();
        assertThat(post("pos.ticket.created:t1", TICKET).statusCode()).as("the key was not kept with the refusal").isEqualTo(201);
    }

    /** The till may learn to say more before Paheko does, and an id that no header can carry has the entry as its key. */
    @Test
    void keepsEventsThatItDoesNotKnow() throws Exception {
        assertThat(post("pos.refund.created", "entry:5-0", "{\"amount\": \"?\"}").statusCode()).isEqualTo(201);
        byte[] broken = { '{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}' };
        assertThat(plugin.send(headers(plugin.at(PahekoPlugin.PATH), "x.other", "entry:6-0").POST(HttpRequest.BodyPublishers.ofByteArray(broken)))
                .statusCode()).isEqualTo(201);
        assertThat(post("pos.ticket.created", "entry:7-0", TICKET.replace("\"t1\"", "\"a b\"")).statusCode()).isEqualTo(201);
        assertThat(plugin.rows()).extracting(Row::key).containsExactly("entry:5-0", "entry:6-0", "entry:7-0");
        assertThat(plugin.rows().get(1).body()).isEqualTo(broken);
        assertThat(page("").at("/totals/others").asInt()).isEqualTo(2);
    }

    @Test
    void oneOfManyAtOnceIsNewAndTheOthersAreKnown() throws Exception {
        try (PahekoPlugin second = PahekoPlugin.start(code, database); PahekoPlugin third = PahekoPlugin.start(code, database)) {
            List<PahekoPlugin> servers = List.of(plugin, second, third);
            for (int round = 0; round < 5; round++) {
                String body = TICKET.replace("t1", "r" + round);
                String key = "pos.ticket.created:r" + round;
                List<Integer> answers = atOnce(IntStream.range(0, 12).<Callable<Integer>>mapToObj(i -> () -> servers.get(i % 3)
                        .send(headers(servers.get(i % 3).at(PahekoPlugin.PATH), "pos.ticket.created", key)
                                .POST(HttpRequest.BodyPublishers.ofString(body))).statusCode()).toList());
                assertThat(answers).containsOnlyOnce(201).containsOnly(200, 201);
            }
        }
        assertThat(plugin.rows()).extracting(Row::key).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void asksForPatienceWhileAnotherWritesToTheDatabase() throws Exception {
        Process lock = PhpServer.run("$d = new SQLite3($argv[1]); $d->exec('BEGIN IMMEDIATE'); echo 'locked'; fgets(STDIN);", database.toString());
        try (OutputStream release = lock.getOutputStream()) {
            assertThat(lock.getInputStream().readNBytes(6)).asString().isEqualTo("locked");
            HttpResponse<String> busy = post("pos.ticket.created:t1", TICKET);
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(message(busy)).isEqualTo("La base de données de Paheko est occupée");
            release.write('\n');
        } finally {
            lock.destroy();
        }
        lock.waitFor();
        assertThat(post("pos.ticket.created:t1", TICKET).statusCode()).isEqualTo(201);
    }

    @Test
    void aFaultIsNoDelivery() throws Exception {
        PhpServer.output("$d = new SQLite3($argv[1]); $d->exec('DROP TABLE plugin_recyclic_events; CREATE TABLE plugin_recyclic_events"
                         + " (key, session, type, body, received)');", database.toString());
        HttpResponse<String> answer = post("pos.ticket.created:t1", TICKET);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(message(answer)).isEqualTo("L'événement n'a pas pu être enregistré");
        assertThat(plugin.log()).contains("has no column named").doesNotContain(SECRET);
    }

    @Test
    void showsTheTreasurerWhatCameAndWhatDoesNotAddUp() throws Exception {
        CashSession good = new Till(null, 1).session(3);
        good.events().forEach(this::deliver);
        CashSession lost = new Till(null, 2).session(3);
        lost.events().stream().filter(event -> event != lost.tickets().get(1)).forEach(this::deliver);
        CashSession unopened = new Till(null, 3).session(2);
        unopened.events().stream().skip(1).forEach(this::deliver);
        CashSession running = new Till(null, 4).session(2);
        running.events().stream().limit(2).forEach(this::deliver);

        JsonNode page = page("");
        assertThat(page.at("/totals/sessions").asInt()).isEqualTo(4);
        assertThat(page.at("/totals/tickets").asInt()).isEqualTo(3 + 2 + 2 + 1);
        assertThat(page.at("/totals/total").asLong()).isEqualTo(total(good) + total(lost) - lost.tickets().get(1).amountCents() + total(unopened)
                                                               + running.tickets().get(0).amountCents());
        assertThat(List.of(page.at("/totals/wrong").asInt(), page.at("/totals/differing").asInt(), page.at("/totals/unopened").asInt(),
                page.at("/totals/unclosed").asInt())).containsExactly(2, 1, 1, 1);
        assertThat(session(page, good).get("state").asText()).isEqualTo("complète");
        assertThat(session(page, lost).get("difference").asLong()).isEqualTo(-lost.tickets().get(1).amountCents()).isNegative();
        assertThat(session(page, lost).get("state").asText()).startsWith("total différent de la clôture");
        assertThat(session(page, unopened).get("state").asText()).isEqualTo("ouverture manquante");
        assertThat(session(page, running).get("state").asText()).isEqualTo("pas encore clôturée");
        assertThat(page("?wrong=1").get("sessions").findValuesAsText("session")).containsExactlyInAnyOrder(lost.id(), unopened.id());
        assertThat(page("tickets.php?session=" + good.id()).get("tickets")).hasSize(3);
        assertThat(page("tickets.php?session=nobody").get("tickets")).isEmpty();
        assertThat(csv("?export=csv")).hasSize(1 + 4).first().asString().startsWith("\ufeffSession;Ouverture;");
        assertThat(csv("tickets.php?export=csv")).hasSize(1 + 8);
        assertThat(csv("?export=csv&wrong=1")).hasSize(1 + 2);
    }

    @Test
    void showsThePagesToWhoMaySeeTheBooksOnly() {
        for (String page : List.of("", "tickets.php", "?export=csv", "tickets.php?export=csv")) {
            assertThat(plugin.show(page, "accounting=0,config=9").statusCode()).as(page).isEqualTo(403);
            assertThat(plugin.show(page, "accounting=1").statusCode()).as(page).isEqualTo(200);
        }
        assertThat(plugin.show("config.php", "accounting=9,config=1").statusCode()).isEqualTo(403);
        assertThat(plugin.show("config.php", "config=9").body()).doesNotContain(SECRET.substring(0, 8));
    }

    @Test
    void aHostileTextStaysAText() throws Exception {
        String hostile = TICKET.replace("\"s1\"", "\"" + HOSTILE + "\"").replace("especes", HOSTILE);
        assertThat(post("pos.ticket.created", "pos.ticket.created:t1", hostile).statusCode()).isEqualTo(201);
        assertThat(plugin.rows()).singleElement().satisfies(row -> assertThat(row.body()).isEqualTo(bytes(hostile)));
        JsonNode ticket = page("tickets.php").get("tickets").get(0);
        assertThat(ticket.get("session").asText()).isEqualTo(json.readTree("\"" + HOSTILE + "\"").asText());
        assertThat(csv("tickets.php?export=csv").get(1)).contains("\"'=1+1 <script>").doesNotContain(";=", "\"=");
    }

    @Test
    void takesASessionFromTheStream() throws Exception {
        try (RedisServer server = RedisServer.start(); Redis redis = server.connect()) {
            Till till = new Till(redis, 5);
            CashSession session = till.session(5);
            till.publish(session);
            try (PasserelleProcess application = application(server)) {
                till.publish(session.tickets().get(3));
                application.awaitHealth("all delivered", health -> settled(health.body().toString()) && plugin.rows().size() == 7);
                assertThat(application.linesWith("Delivered to Paheko")).hasSize(8);
                till.publish(session.tickets().get(2).with("\"operator_id\": \"", "\"operator_id\": \"x"));
                application.awaitHealth("in quarantine", health -> health.body().at("/quarantined").asInt() == 1);
                assertThat(application.linesWith("Un autre contenu")).isNotEmpty();
            }
            assertThat(plugin.rows()).extracting(Row::key).containsExactlyElementsOf(session.events().stream().map(SaleEvent::key).toList());
            assertThat(plugin.rows()).extracting(Row::type).containsExactlyElementsOf(session.events().stream().map(SaleEvent::type).toList());
            assertThat(plugin.rows()).zipSatisfy(session.events(), (row, event) -> assertThat(row.body()).isEqualTo(event.payload()));
        }
    }

    @Test
    void theCheckFindsItAndLeavesNothingBehind() throws Exception {
        post("pos.ticket.created:t1", TICKET);
        byte[] before = Files.readAllBytes(database);
        try (RedisServer server = RedisServer.start(); Redis redis = server.connect()) {
            assertThat(check(server, Map.of(), 0)).contains("ok       The plugin accepts the secret.",
                    "ok       The clock of Paheko agrees with the one here (less than 5 s apart).").anyMatch(line -> line.startsWith(
                            "ok       The plugin has the version of this release: "));
            assertThat(check(server, Map.of("PAHEKO_PLUGIN_SECRET", "another secret of 16"), 1)).contains("error    The secret is not accepted (401).");
            assertThat(check(server, Map.of("PAHEKO_PLUGIN_URL", plugin.url() + "ed"), 1))
                    .anyMatch(line -> line.startsWith("error    There is no plugin at ") && line.endsWith("(404)."));
            assertThat(redis.command("DBSIZE")).isEqualTo(0L);
        }
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        assertThat(plugin.log()).doesNotContain(SECRET);
    }

    private List<String> check(RedisServer redis, Map<String, String> changes, int code) throws Exception {
        Path directory = PasserelleProcess.copyShipped(own.resolve("check-" + System.nanoTime()));
        try (PasserelleProcess check = PasserelleProcess.builder().directory(directory).redis(redis)
                .environment("PAHEKO_PLUGIN_URL", plugin.url()).environment("PAHEKO_PLUGIN_SECRET", SECRET).environment(changes)
                .arguments("check").start()) {
            assertThat(check.waitFor(Duration.ofSeconds(60))).as(check.lines().toString()).isEqualTo(code);
            assertThat(check.lines().toString()).doesNotContain(SECRET);
            return check.lines();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean settled(String health) {
        return health.contains("\"waiting\":0,\"pending\":0");
    }

    private static long total(CashSession session) {
        return session.tickets().stream().mapToLong(SaleEvent::amountCents).sum();
    }

    private PasserelleProcess application(RedisServer redis) {
        return PasserelleProcess.builder().directory(PasserelleProcess.copyShipped(own.resolve("run"))).redis(redis)
                .environment("PAHEKO_PLUGIN_URL", plugin.url()).environment("PAHEKO_PLUGIN_SECRET", SECRET).start();
    }

    private void deliver(SaleEvent event) {
        HttpResponse<String> answer = post(event.type(), event.key(), event.payloadText());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpResponse<String> post(String key, String body) {
        return post("pos.ticket.created", key, body);
    }

    private HttpResponse<String> post(String type, String key, String body) {
        return plugin.send(headers(plugin.at(PahekoPlugin.PATH), type, key).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The request as docs/receiver.md shows it. */
    private static HttpRequest.Builder headers(HttpRequest.Builder request, String type, String key) {
        return request.header("Content-Type", "application/json").header("X-Paheko-Secret", SECRET).header("X-Recyclic-Event", type)
                .header("Idempotency-Key", key).header("X-Request-Id", "1763640000000-0");
    }

    private String message(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return json.readTree(answer.body()).get("message").asText();
    }

    /** What a page is made from. */
    private JsonNode page(String page) throws Exception {
        HttpResponse<String> answer = plugin.show(page, "accounting=1");
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode session(JsonNode page, CashSession session) {
        for (JsonNode row : page.get("sessions")) {
            if (row.get("session").asText().equals(session.id())) {
                return row;
            }
        }
        throw new AssertionError("no session " + session.id() + " in " + page);
    }

    private List<String> csv(String page) {
        return plugin.show(page, "accounting=1").body().lines().toList();
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
