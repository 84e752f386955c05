package io.github.passerelle.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.RawHttp;
import io.github.passerelle.fixture.RawHttp.Response;
import io.github.passerelle.push.ChannelTest;

/** Who may ask the page for what, looked at without a browser: what a browser would never send is sent here. */
class PageSafetyTest extends ChannelTest {

    private static final String TOKEN = "right-token-right-token";
    private static final List<String> READS = List.of("/", "/page/page.js", "/api/state", "/api/quarantine", "/api/sessions", "/api/history",
            "/api/where?id=1-0");
    private static final List<String> CHANGES = List.of("/api/enter", "/api/replay", "/api/discard", "/api/release");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PasserelleApp app;

    private PasserelleApp.Builder withToken() {
        return app().setting("PASSERELLE_ADMIN_TOKEN", TOKEN).setting("PASSERELLE_HTTP_ALLOWED_HOSTS", "caisse.example.org");
    }

    private RawHttp get(String path) {
        return RawHttp.of("GET " + path).header("Host", "localhost:" + app.port());
    }

    private RawHttp post(String path) {
        return RawHttp.of("POST " + path).header("Host", "localhost:" + app.port());
    }

    private Response send(RawHttp request) {
        return request.send(app.port());
    }

    private static String error(Response response) throws IOException {
        return JSON.readTree(response.body()).path("error").asText();
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws IOException {
        app = start(withToken());
        for (String path : Stream.concat(READS.stream(), Stream.of("/page/none.js")).toList()) {
            Response answer = send(get(path));
            assertThat(answer.header("Content-Security-Policy")).as(path).containsExactly("default-src 'none'; script-src 'self'; style-src 'self';"
                    + " connect-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'");
            assertThat(answer.header("X-Content-Type-Options")).as(path).containsExactly("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).containsExactly("no-referrer");
            assertThat(answer.header("Cache-Control")).as(path).containsExactly(path.startsWith("/api") || path.contains("none") ? "no-store" : "no-cache");
            assertThat(answer.header("Access-Control-Allow-Origin")).as(path).isEmpty();
        }
        assertThat(send(get("/")).header("Content-Type")).containsExactly("text/html; charset=utf-8");
        assertThat(send(get("/")).body()).doesNotContain("style=").doesNotContainPattern("<script>|\\son[a-z]+=|https?:");
        String tag = send(get("/page/page.css")).header("ETag").get(0);
        assertThat(send(get("/page/page.css").header("If-None-Match", tag)).status()).isEqualTo(304);
    }

    @Test
    void everyFileOfThePageIsServedAndNothingElse() throws IOException {
        app = start();
        try (Stream<Path> files = Files.list(PasserelleProcess.repository().resolve("src/main/resources/page"))) {
            for (String name : files.map(file -> file.getFileName().toString()).filter(file -> !file.equals("index.html")).toList()) {
                assertThat(send(get("/page/" + name)).status()).as(name).isEqualTo(200);
            }
        }
        String page = send(get("/")).body() + send(get("/page/page.css")).body();
        assertThat(page).contains("/page/lib/pico.min.css", "/page/lib/chart.umd.min.js");
        for (String library : List.of("/page/lib/pico.min.css", "/page/lib/chart.umd.min.js")) {
            assertThat(send(get(library)).body()).as(library).hasSizeGreaterThan(50_000);
        }
        for (String path : List.of("/page/", "/page/index.html", "/page/../application.properties", "/page/..%2f..%2fapplication.properties",
                "/page/%2e%2e/%2e%2e/logback.xml", "/page//page.js", "/page/lib/", "/page/texts.js%00.css", "/index.html", "/api", "/api/", "/api/none",
                "/.env", "/page/....//....//.env")) {
            Response answer = send(get(path));
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).hasSizeLessThan(200).doesNotContain("camel.", "io.github");
        }
    }

    @Test
    void onlyTheNamesOfThisMachineAndThoseThatAreSetAreAnswered() throws IOException {
        app = start(withToken());
        int port = app.port();
        for (String host : List.of("localhost", "localhost:" + port, "LOCALHOST:1", "127.0.0.1:" + port, "[::1]:" + port, "caisse.example.org",
                "Caisse.Example.Org:443")) {
            assertThat(RawHttp.of("GET /api/state").header("Host", host).send(port).status()).as(host).isEqualTo(200);
        }
        for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:" + port, "localhost@evil.example",
                "evil.example#localhost", "", "localhost/", "caisse.example.org.evil.example", "0.0.0.0:" + port, "192.168.1.7")) {
            for (String path : READS) {
                assertThat(RawHttp.of("GET " + path).header("Host", host).send(port).status()).as(host + path).isIn(400, 403);
            }
            Response change = RawHttp.of("POST /api/enter").header("Host", host).header("X-Admin-Token", TOKEN).json("{}").send(port);
            assertThat(change.status()).as(host).isIn(400, 403);
        }
        assertThat(RawHttp.of("GET /api/state").send(port).status()).as("none").isIn(400, 403);
        assertThat(RawHttp.of("GET /api/state").header("Host", "localhost").header("Host", "evil.example").send(port).status()).as("two").isIn(400, 403);
        assertThat(RawHttp.of("GET /api/state?Host=localhost").header("Host", "evil.example").send(port).status()).as("in the query").isIn(400, 403);
        assertThat(RawHttp.of("GET /api/state").header("Host", "evil.example").header("X-Forwarded-Host", "localhost").send(port).status()).isEqualTo(403);
        // what watches the process is no browser
        for (String path : List.of("/health", "/observe/health/live", "/observe/metrics")) {
            assertThat(RawHttp.of("GET " + path).header("Host", "monitor.example").send(port).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void otherSitesMayLinkToThePageAndNothingElse() {
        app = start(withToken());
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(send(get("/").header("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "navigate")).status()).as("a link").isEqualTo(200);
            assertThat(send(get("/").header("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "no-cors")).status()).isEqualTo(403);
            assertThat(send(get("/page/page.js").header("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "no-cors")).status()).isEqualTo(403);
            assertThat(send(get("/api/state").header("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "cors")).status()).isEqualTo(403);
            assertThat(send(get("/api/state").header("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "navigate")).status()).isEqualTo(403);
        }
        assertThat(send(get("/api/state").header("Sec-Fetch-Site", "same-origin")).status()).isEqualTo(200);
        for (String path : CHANGES) {
            int port = app.port();
            for (String origin : List.of("http://evil.example", "null", "http://localhost:1", "http://localhost", "http://localhost:" + port + ".evil.example",
                    "http://127.0.0.1:" + port, "")) {
                assertThat(send(post(path).header("Origin", origin).header("X-Admin-Token", TOKEN).json("{}")).status()).as(path + " " + origin)
                        .isEqualTo(403);
            }
            assertThat(send(post(path).header("Sec-Fetch-Site", "cross-site").header("X-Admin-Token", TOKEN).json("{}")).status()).isEqualTo(403);
            assertThat(send(post(path).header("Origin", "http://localhost:" + port).header("Origin", "http://evil.example").header("X-Admin-Token", TOKEN)
                    .json("{}")).status()).isEqualTo(403);
        }
        Response preflight = send(RawHttp.of("OPTIONS /api/discard").header("Host", "localhost:" + app.port()).header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "x-admin-token"));
        assertThat(preflight.status()).isEqualTo(405);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(send(post("/api/enter").header("Origin", "http://localhost:" + app.port()).header("X-Admin-Token", TOKEN).json("{}")).status()).isEqualTo(200);
        assertThat(send(post("/api/enter").header("Origin", "https://caisse.example.org").header("X-Admin-Token", TOKEN).json("{}")).status())
                .as("behind a proxy that puts its own Host").isEqualTo(200);
    }

    @Test
    void nothingIsChangedWithoutTheToken() throws Exception {
        app = start(withToken());
        Published refused = till.publish(till.refusedTicket());
        untilQuarantined(refused);
        String order = "{\"entry\":\"" + refused.entryId() + "\",\"author\":\"Ana\",\"reason\":\"typed twice\"}";
        try (LogLines log = new LogLines()) {
            assertThat(error(send(post("/api/discard").json(order)))).isEqualTo("token_missing");
            assertThat(error(send(post("/api/discard").header("X-Admin-Token", "").json(order)))).isEqualTo("token_missing");
            assertThat(error(send(post("/api/discard").header("X-Admin-Token", TOKEN).header("X-Admin-Token", TOKEN).json(order)))).as("twice")
                    .isEqualTo("token_missing");
            assertThat(error(send(post("/api/discard").header("Authorization", "Bearer " + TOKEN).json(order)))).isEqualTo("token_missing");
            assertThat(send(post("/api/discard?X-Admin-Token=" + TOKEN).json(order)).status()).as("in the address").isEqualTo(400);
            assertThat(send(post("/api/discard").json(order.replace("{", "{\"token\":\"" + TOKEN + "\","))).status()).as("in the body").isEqualTo(403);
            assertThat(send(RawHttp.of("GET /api/discard").header("Host", "localhost").header("X-Admin-Token", TOKEN)).status()).isEqualTo(405);
            assertThat(send(post("/api/discard").header("X-Admin-Token", TOKEN).header("Content-Type", "text/plain").body(order)).status()).isEqualTo(415);
            assertThat(send(post("/api/discard").header("X-Admin-Token", TOKEN).header("Content-Type", "application/x-www-form-urlencoded").body(order))
                    .status()).isEqualTo(415);
            assertThat(quarantineRecord(refused.entryId())).containsEntry("state", "PARKED");
            for (int i = 1; i <= 5; i++) {
                assertThat(error(send(post("/api/discard").header("X-Admin-Token", TOKEN + i).json(order)))).isEqualTo("token_wrong");
            }
            for (String token : List.of(TOKEN, "wrong-again-wrong-again")) {
                Response locked = send(post("/api/discard").header("X-Admin-Token", token).json(order));
                assertThat(locked.status()).isEqualTo(429);
                assertThat(Integer.parseInt(locked.header("Retry-After").get(0))).isBetween(1, 60);
            }
            assertThat(quarantineRecord(refused.entryId())).containsEntry("state", "PARKED");
            assertThat(log.all()).noneMatch(line -> line.contains(TOKEN)).anyMatch(line -> line.contains("wrong admin tokens"));
        }
    }

    @Test
    void withoutATokenInTheSettingsNobodyMayChangeAnything() throws Exception {
        app = start();
        assertThat(JSON.readTree(send(get("/api/state")).body()).get("may_decide").booleanValue()).isFalse();
        for (String path : CHANGES) {
            for (String token : List.of("", "anything-anything", PahekoStandIn.SECRET)) {
                Response answer = send(post(path).header("X-Admin-Token", token).json("{}"));
                assertThat(answer.status()).isEqualTo(403);
                assertThat(error(answer)).isEqualTo("token_not_set");
            }
        }
    }

    @Test
    void whatIsMalformedGetsAPlainAnswer() throws Exception {
        app = start(withToken());
        for (String body : List.of("", "{", "[]", "7", "null", "\"x\"", "{\"entry\":", "[".repeat(20_000))) {
            Response answer = send(post("/api/discard").header("X-Admin-Token", TOKEN).json(body));
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(error(answer)).as(body).isEqualTo("json");
        }
        String why = ",\"author\":\"Ana\",\"reason\":\"x\"}";
        for (String entry : List.of("7", "{}", "null", "\"\"", "\"x\"", "\"1-2-3\"", "\"-1-0\"", "\"99999999999999999999999-0\"")) {
            Response answer = send(post("/api/discard").header("X-Admin-Token", TOKEN).json("{\"entry\":" + entry + why));
            assertThat(answer.status()).as(entry).isEqualTo(400);
            assertThat(error(answer)).as(entry).isEqualTo("entry");
        }
        for (String path : List.of("/api/discard", "/api/replay")) {
            JsonNode unknown = JSON.readTree(send(post(path).header("X-Admin-Token", TOKEN).json("{\"entry\":\"1-1\"" + why)).body());
            assertThat(unknown.get("result").asText()).isEqualTo("unknown");
            assertThat(unknown.get("ok").booleanValue()).isFalse();
        }
        JsonNode unknown = JSON.readTree(send(post("/api/release").header("X-Admin-Token", TOKEN).json("{\"session\":\"none\"" + why)).body());
        assertThat(unknown.get("result").asText()).isEqualTo("unknown");
        for (String missing : List.of("{\"entry\":\"1-1\"}", "{\"entry\":\"1-1\",\"author\":\"Ana\"}", "{\"entry\":\"1-1\",\"author\":\"Ana\",\"reason\":\" \"}",
                "{\"entry\":\"1-1\",\"author\":\"" + "a".repeat(101) + "\",\"reason\":\"x\"}")) {
            assertThat(error(send(post("/api/discard").header("X-Admin-Token", TOKEN).json(missing)))).as(missing).isEqualTo("why");
        }
        assertThat(send(post("/api/discard").header("X-Admin-Token", TOKEN).json("{\"reason\":\"" + "x".repeat(70_000) + "\"}")).status()).isEqualTo(413);
        for (String query : List.of("?id=", "?id=" + "x".repeat(201), "", "?id=a&id=b", "?id=a&x=b", "?other=a")) {
            assertThat(send(get("/api/where" + query)).status()).as(query).isEqualTo(400);
        }
        assertThat(send(get("/api/where?id=%3Cscript%3E")).body()).contains("\"found\":false");
        for (String method : List.of("POST", "PUT", "DELETE", "TRACE")) {
            assertThat(send(RawHttp.of(method + " /").header("Host", "localhost")).status()).as(method).isEqualTo(405);
            assertThat(send(RawHttp.of(method + " /api/state").header("Host", "localhost")).status()).as(method).isEqualTo(405);
        }
    }

    @Test
    void whatComesWithARequestDoesNotGoBackWithItsAnswer() {
        app = start();
        for (String path : List.of("/", "/api/state", "/page/page.js", "/page/none")) {
            Response answer = send(get(path).header("X-Evil", "1").header("Set-Cookie", "a=b").header("CamelHttpResponseCode", "418"));
            assertThat(answer.status()).as(path).isIn(200, 404);
            assertThat(answer.head()).as(path).noneMatch(line -> line.toLowerCase().matches("(x-evil|set-cookie|camel).*"));
        }
    }

    @Test
    void neitherNotesNorSecretsAreShown() throws Exception {
        app = start(withToken());
        Published refused = till.publish(till.refusedTicket().with("\"note\": (null|\"[^\"]*\")", "\"note\": \"Chez Mme Durand, 3 rue Haute\""));
        untilQuarantined(refused);
        String shown = send(get("/api/quarantine")).body() + send(get("/api/sessions")).body() + send(get("/api/state")).body()
                       + send(get("/api/where?id=" + refused.entryId())).body();
        assertThat(shown).contains(refused.entryId()).doesNotContain("Durand", TOKEN, PahekoStandIn.SECRET);
    }

    @Test
    void whileRedisHangsEveryQuestionIsAnsweredWithThatAndNothingIsSaidToBeDone() throws Exception {
        app = start(withToken());
        Published refused = till.publish(till.refusedTicket());
        untilQuarantined(refused);
        String order = "{\"entry\":\"" + refused.entryId() + "\",\"author\":\"Ana\",\"reason\":\"typed twice\"}";
        assertThat(send(get("/api/state")).status()).isEqualTo(200);
        server.pause();
        try {
            until("it is noticed", () -> send(get("/api/state")).status() == 503);
            Response state = send(get("/api/state"));
            assertThat(JSON.readTree(state.body()).get("known").booleanValue()).isFalse();
            assertThat(JSON.readTree(state.body()).has("findings")).isFalse();
            assertThat(JSON.readTree(state.body()).get("may_decide").booleanValue()).isTrue();
            for (String path : List.of("/api/quarantine", "/api/sessions", "/api/history", "/api/where?id=1-0")) {
                // an answer that is a little older does for a while
                until(path + " is unknown", () -> send(get(path)).status() == 503);
                assertThat(error(send(get(path)))).as(path).isEqualTo("unknown");
            }
            Response decision = send(post("/api/replay").header("X-Admin-Token", TOKEN).json(order));
            assertThat(decision.status()).isEqualTo(503);
            assertThat(error(decision)).isEqualTo("unknown");
            assertThat(send(get("/")).status()).as("the page itself needs no Redis").isEqualTo(200);
        } finally {
            server.resume();
        }
        until("it answers again", () -> send(get("/api/state")).status() == 200);
        assertThat(error(send(post("/api/discard").header("X-Admin-Token", TOKEN).json(order)))).isEmpty();
    }
}
