package io.github.passerelle.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoPlugin;
import io.github.passerelle.fixture.PahekoPlugin.Row;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PhpServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** What the tests have in the place of Paheko answers as the plugin does, run by PHP: the same requests go to both. */
class StandInIT {

    private static final String SECRET = "a secret # of '; DROP TABLE \"words\"";
    private static final String TICKET = "pos.ticket.created";
    private static final String OPENED = "pos.session.opened";
    private static final String CLOSED = "pos.session.closed";
    private static final String SALE = """
            {"event": "pos.ticket.created", "sale_id": "t1", "cash_session_id": "s1", "total_amount": 1250, "note": null, "sale_date": null,
             "items": [{"total_price": 1000}, {"total_price": 250}],
             "payments": [{"payment_method": "especes", "amount": 1000}, {"payment_method": "cb", "amount": 250}]}""";
    private static final String OPENING = "{\"session_id\": \"s1\", \"opened_at\": \"2026-11-21T08:00:00Z\", \"initial_amount\": 5000}";
    private static final String CLOSE = "{\"session_id\": \"s1\", \"closed_at\": \"2026-11-21T18:00:00+01:00\", \"total_sales\": 1250,"
                                        + " \"total_items\": 2, \"closing_amount\": 1, \"actual_amount\": 1, \"variance_comment\": null}";

    @TempDir
    private static Path folder;
    private static Path code;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Request> table = new ArrayList<>();

    /** One request of the table. */
    private record Request(String what, String method, String path, Map<String, String> headers, byte[] body) {

        @Override
        public String toString() {
            return what + ": " + method + " " + path + " " + headers + " " + new String(body, 0, Math.min(300, body.length), StandardCharsets.UTF_8);
        }
    }

    /** What an answer is compared by; when the first of two bodies came is told to the second. */
    private record Said(int status, String type, String version, String allow, String cache, String body) {

        static Said of(HttpResponse<String> answer) {
            boolean page = answer.statusCode() == 404;
            return new Said(answer.statusCode(), header(answer, "Content-Type").replaceFirst(";.*", ""), header(answer, "X-Recyclic-Plugin-Version"),
                    header(answer, "Allow"), page ? "" : header(answer, "Cache-Control"),
                    page ? answer.body().substring(0, 9) : answer.body().replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "(time)"));
        }

        private static String header(HttpResponse<String> answer, String name) {
            return answer.headers().firstValue(name).orElse("");
        }
    }

    @BeforeAll
    static void phpIsThere() {
        assumeTrue(PhpServer.isAvailable(), "The stand-in for Paheko is not compared with the plugin: this machine has no php with sqlite3");
        code = PahekoPlugin.unpack(folder);
    }

    @Test
    void bothAnswerTheSame() throws Exception {
        bodies();
        fields();
        dates();
        keys();
        secrets();
        otherWays();
        aWholeSession();
        assertThat(table).hasSizeGreaterThan(150);
        try (PahekoPlugin plugin = PahekoPlugin.start(code, folder.resolve("compared.sqlite")).withSecret(SECRET);
                PahekoStandIn standIn = PahekoStandIn.start(SECRET)) {
            List<String> different = new ArrayList<>();
            for (Request request : table) {
                Said real = Said.of(send(plugin.at(request.path()), request));
                Said stoodIn = Said.of(send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standIn.port() + request.path())), request));
                if (!real.equals(stoodIn)) {
                    different.add(request + "\n  plugin:   " + real + "\n  stand-in: " + stoodIn);
                }
            }
            assertThat(different).as("answered otherwise, of " + table.size()).isEmpty();
            assertThat(standIn.accepted().keySet()).as("what was taken").containsExactlyElementsOf(plugin.rows().stream().map(Row::key).toList());
            assertThat(plugin.rows()).allSatisfy(row -> assertThat(standIn.accepted().get(row.key()).body()).isEqualTo(row.body()));
        }
    }

    @Test
    void bothRefuseEverybodyWhileThereIsNoSecret() throws Exception {
        Request request = request("no secret", TICKET, "k", SALE);
        try (PahekoPlugin plugin = PahekoPlugin.start(code, folder.resolve("bare.sqlite")); PahekoStandIn standIn = PahekoStandIn.start("")) {
            Said real = Said.of(send(plugin.at(request.path()), request));
            assertThat(real.status()).isEqualTo(401);
            assertThat(Said.of(send(HttpRequest.newBuilder(URI.create(standIn.url())), request))).isEqualTo(real);
        }
    }

    private void bodies() {
        for (String body : List.of("", " ", "\n\t\r ", "[]", "[{}]", "\"x\"", "1", "true", "null", "{", "}", "{}x", "{} {}", "{\"a\":}", "{'a':1}",
                "{\"a\":1,}",
                "\uFEFF{}", " {} ", "{\"a\":NaN}", "{\"a\":01}", "// x\n{}", "<xml/>", "a=b", "{\"a\":\"\t\"}", "\u0000", "\u00a0")) {
            add(request("body", TICKET, TICKET + ":t0", body));
            add(request("body", "x.other", "entry:" + table.size() + "-0", body));
        }
        add(request("nine megabytes", "x.other", "entry:9-9", " ".repeat(9_000_000)));
        add(request("as large as it may be", "x.other", "entry:9-8", "{\"a\":\"" + "x".repeat(8 * 1024 * 1024 - 8) + "\"}"));
        add(request("a byte more", "x.other", "entry:9-7", "{\"a\":\"" + "x".repeat(8 * 1024 * 1024 - 8) + "\"} "));
        byte[] broken = { '{', '"', 'a', '"', ':', '"', (byte) 0xff, (byte) 0xc3, '"', '}' };
        add(new Request("broken UTF-8", "POST", PahekoPlugin.PATH, headers("x.other", "entry:9-6"), broken));
        add(request("deep", "x.other", "entry:9-5", "{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}"));
    }

    private void fields() {
        String[] changes = { "\"sale_id\": \"t1\", | ", "\"t1\" | 1", "\"t1\" | \"t2\"", "\"t1\" | \"\"", "\"t1\" | \" \\t\"", "\"t1\" | null",
                "\"s1\" | null", "\"s1\" | [\"s1\"]", "\"s1\" | \"'; DROP TABLE plugin_recyclic_events; --\"",
                "\"s1\" | \"\\ud83d\\ude42 \\\"é\\\"\"",
                "\"note\": null | \"note\": {}", "\"note\": null | \"note\": \"\"", "\"note\": null | \"note\": \"'; DROP TABLE x; \uD83D\uDE42\"",
                "1250 | \"1250\"", "1250 | 1250.0", "1250 | 1.25e3", "1250 | -1250", "1250 | 99999999999999999999", "1250 | null", "1250 | true",
                "1250 | 0", "\"total_price\": 250 | \"total_price\": 251", "\"total_price\": 250 | \"total_price\": []",
                "\"amount\": 250 | \"amount\": 9223372036854775807", "\"amount\": 250 | \"amount\": 9223372036854775808",
                "\"amount\": 250 | \"amount\": true", "\"amount\": 250 | \"amount\": 249", "\"payment_method\": \"cb\", | ",
                "\"payment_method\": \"cb\" | \"payment_method\": \"\"", "\"payment_method\": \"cb\" | \"payment_method\": 3",
                "{\"total_price\": 250} | 250", "{\"total_price\": 250} | []", "{\"total_price\": 250} | null", "{\"total_price\": 250} | {}",
                "\"items\": [ | \"items\": 1, \"x\": [", "\"items\": [ | \"items\": {}, \"x\": [", "\"items\": [ | \"items\": null, \"x\": [",
                "[{\"total_price\": 1000}, {\"total_price\": 250}] | {\"0\": {\"total_price\": 1250}}",
                "[{\"total_price\": 1000}, {\"total_price\": 250}] | {\"1\": {\"total_price\": 1250}}",
                "[{\"total_price\": 1000}, {\"total_price\": 250}] | []", "\"payments\": [ | \"payments\": \"x\", \"y\": [",
                "\"event\": \"pos.ticket.created\" | \"event\": \"other\"", "\"event\": \"pos.ticket.created\" | \"event\": 1",
                "\"event\": \"pos.ticket.created\" | \"event\": null" };
        // those that are taken are no longer new when they come again
        for (String change : changes) {
            String[] parts = change.split(" \\| ", -1);
            String body = replaced(SALE, parts[0], parts[1]);
            add(request(change, TICKET, TICKET + ":t1", body));
            add(request(change, TICKET, "entry:" + table.size() + "-1", body));
        }
        for (String change : List.of("\"s1\" | 1", "\"s1\" | \"s2\"", "5000 | 50.5", "5000 | \"5000\"", "\"initial_amount\" | \"x\"",
                "\"opened_at\" | \"x\"", "\"session_id\" | \"x\"", "\"2026-11-21T08:00:00Z\" | 1")) {
            String[] parts = change.split(" \\| ");
            add(request(change, OPENED, OPENED + ":s1", replaced(OPENING, parts[0], parts[1])));
        }
        for (String change : List.of("\"s1\" | \"s2\"", "1250 | \"1250\"", "\"total_items\": 2 | \"total_items\": 2.5",
                "\"total_items\": 2 | \"x\": 2",
                "\"closing_amount\": 1 | \"closing_amount\": \"1\"", "\"actual_amount\": 1 | \"actual_amount\": -1", "\"closed_at\" | \"x\"",
                "\"variance_comment\": null | \"variance_comment\": 4")) {
            String[] parts = change.split(" \\| ");
            add(request(change, CLOSED, CLOSED + ":s1", replaced(CLOSE, parts[0], parts[1])));
        }
    }

    private void dates() {
        for (String date : List.of("hier", "", "2026-11-21", "2026-11-21T08:00:00", "2026-11-21 08:00:00Z", "2026-11-21T08:00Z",
                "2026-11-21T08:00:00.5Z",
                "2026-11-21T08:00:00.123456789Z", "2026-11-21T08:00:00.1234567890Z", "2026-11-21T08:00:00+0100", "2026-11-21T08:00:00+01:00",
                "2026-11-21T08:00:00+1", "2026-02-31T08:00:00Z", "2026-02-31T99:00:00Z", "2026-13-01T08:00:00Z", "2026-11-32T08:00:00Z",
                "2026-00-00T08:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T25:00:00Z", "2026-11-21T08:60:00Z", "2026-11-21T08:00:60Z",
                "2026-11-21T08:00:61Z", "2026-11-21T08:00:00Z\\n", "0000-01-01T00:00:00Z", "2026-11-21T08:00:00+24:00", "2026-11-21T08:00:00+25:00",
                "2026-11-21T08:00:00+14:60", "2026-11-21t08:00:00z")) {
            add(request("date", OPENED, "entry:" + table.size() + "-2", replaced(OPENING, "2026-11-21T08:00:00Z", date)));
        }
    }

    private void keys() {
        add(request("new", TICKET, TICKET + ":t1", SALE));
        add(request("known", TICKET, TICKET + ":t1", SALE));
        add(request("other bytes", TICKET, TICKET + ":t1", SALE + " "));
        add(request("other type", "x.other", TICKET + ":t1", SALE));
        add(request("known again", TICKET, TICKET + ":t1", SALE));
        add(request("unknown event", "pos.refund.created", "entry:5-0", "{\"amount\": \"?\"}"));
        add(request("an id of another session", OPENED, OPENED + ":s9", OPENING));
        for (String wrong : List.of("", "a b", "é", "'; DROP TABLE x", "x".repeat(200), "x".repeat(201), "a/b", "\"a\"")) {
            add(request("key", TICKET, wrong, SALE));
            add(request("type", wrong, "entry:" + table.size() + "-3", SALE));
        }
        for (String missing : List.of("Idempotency-Key", "X-Recyclic-Event", "X-Request-Id", "Content-Type")) {
            Map<String, String> headers = headers(TICKET, "entry:" + table.size() + "-4");
            headers.remove(missing);
            add(new Request("without " + missing, "POST", PahekoPlugin.PATH, headers, bytes(SALE)));
        }
    }

    private void secrets() {
        List<String> secrets = new ArrayList<>(List.of("another", "", " ", SECRET + ".", SECRET.substring(1), "' OR 1=1 --", SECRET.toUpperCase(),
                " " + SECRET, SECRET + " \t", "\"" + SECRET + "\"", "é", "a".repeat(4000)));
        secrets.addAll(Collections.nCopies(3, "again"));
        for (String secret : secrets) {
            Map<String, String> headers = headers("x.other", "entry:" + table.size() + "-5");
            headers.put("X-Paheko-Secret", secret);
            add(new Request("secret", "POST", PahekoPlugin.PATH, headers, bytes("{}")));
            add(new Request("secret", "POST", PahekoPlugin.PATH, headers, new byte[0]));
        }
        Map<String, String> none = headers(TICKET, TICKET + ":t1");
        none.remove("X-Paheko-Secret");
        add(new Request("no secret", "POST", PahekoPlugin.PATH, none, bytes(SALE)));
    }

    private void otherWays() {
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            add(new Request("method", method, PahekoPlugin.PATH, headers(TICKET, TICKET + ":t1"), bytes(SALE)));
            add(new Request("method without a secret", method, PahekoPlugin.PATH, Map.of(), new byte[0]));
        }
        for (String path : List.of("/p/recyclic/push.php", "/p/recyclic/push?x=1", "/p/recyclic/push.php?x=1", "/p/recyclic/push?x=/admin/p/",
                "/p/recyclic/pushed", "/p/recyclic/push/", "/p/recyclic/x/push")) {
            add(new Request("path", "POST", path, headers("x.other", "entry:" + table.size() + "-6"), bytes("{}")));
        }
    }

    private void aWholeSession() {
        CashSession session = new Till(null, 5).session(5);
        for (int i = 0; i < 2; i++) {
            for (SaleEvent event : session.events()) {
                add(new Request("a session", "POST", PahekoPlugin.PATH, headers(event.type(), event.key()), event.payload()));
            }
        }
        SaleEvent refused = new Till(null, 6).refusedTicket();
        add(new Request("a ticket that is refused", "POST", PahekoPlugin.PATH, headers(refused.type(), refused.key()), refused.payload()));
    }

    private void add(Request request) {
        table.add(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder to, Request request) throws Exception {
        request.headers().forEach(to::header);
        return http.send(to.method(request.method(), BodyPublishers.ofByteArray(request.body())).build(), BodyHandlers.ofString());
    }

    private static Request request(String what, String type, String key, String body) {
        return new Request(what, "POST", PahekoPlugin.PATH, headers(type, key), bytes(body));
    }

    private static Map<String, String> headers(String type, String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Paheko-Secret", SECRET);
        headers.put("X-Recyclic-Event", type);
        headers.put("Idempotency-Key", key);
        headers.put("X-Request-Id", "1763640000000-0");
        return headers;
    }

    private static String replaced(String text, String good, String bad) {
        assertThat(text).contains(good);
        return text.replace(good, bad);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
