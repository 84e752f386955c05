package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.RawHttp;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/** The plugin secret and the password of Redis: nowhere in anything that the application says, at the most talkative level that there is. */
class SecrecyIT {

    private static final String SECRET = "plugin-secret-7f3a9c";
    private static final String TOKEN = "admin-token-5b2d17aa";
    private static final String WRONG_TOKEN = "admin-token-that-is-wrong-90c3";
    private static final String PASSWORD = "redis-password-b81e44";
    private static final String WRONG_PASSWORD = "redis-password-that-is-wrong-2c70";

    private final RedisServer redisServer = RedisServer.start("--requirepass", PASSWORD);
    private final PahekoStandIn paheko = PahekoStandIn.start(SECRET);
    private Redis redis;
    private Till till;

    @BeforeEach
    void connect() {
        redis = redisServer.connect();
        till = new Till(redis, 4711);
    }

    @AfterEach
    void tearDown() {
        paheko.close();
        redis.close();
        redisServer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "json", "text" })
    void saysNoSecretWhileItDeliversFailsLosesRedisAndStops(String format) throws IOException {
        String echo = "votre secret " + SECRET + " n'est pas le bon";
        try (PasserelleProcess application = application().environment("PASSERELLE_LOG_FORMAT", format).start()) {
            application.awaitHealthy();
            till.publish(till.ticket());
            paheko.awaitAccepted(1);
            paheko.answerNext(1, Behaviour.answer(Answer.error(422, echo)))
                    .answerNext(1, Behaviour.answer(Answer.of(400, "text/plain", echo)))
                    .answerNext(1, Behaviour.answer(Answer.error(401, echo).with("X-Echo", SECRET)))
                    .answerNext(1, Behaviour.answer(Answer.html(404, echo)))
                    .answerNext(1, Behaviour.redirect("https://paheko.invalid/?secret=" + SECRET))
                    .answerNext(1, Behaviour.answer(Answer.html(200, echo)))
                    .answerNext(1, Behaviour.answer(Answer.error(429, echo)))
                    .answerNext(1, Behaviour.answer(Answer.error(503, echo))).answerNext(1, Behaviour.reset())
                    .answerNext(1, Behaviour.neverAnswer()).answerNext(1, Behaviour.cutInHead())
                    .answerNext(1, Behaviour.answer(Answer.of(201, "text/plain; charset=" + SECRET, echo)));
            for (int i = 0; i < 9; i++) {
                till.publish(till.ticket());
            }
            paheko.awaitRequests(13);
            redis.xadd(Till.STREAM, "event", "pos.ticket.created", "payload", "this is no JSON");
            Health health = application.awaitHealth("the unreadable one last", answer -> answer.text("last_error").equals("unreadable"));
            assertThat(health.body().toString()).doesNotContain(SECRET, PASSWORD);
            assertThat(keptInRedis()).anyMatch(text -> text.contains("\"cause\":\"rejected\"")).noneMatch(text -> text.contains(SECRET));

            redisServer.kill();
            redis.close();
            application.awaitHealth("Redis is missed", answer -> answer.status() == 503);
            assertPagesKeepSecrets(application);
            redisServer.restart();
            application.awaitHealthy();
            assertPagesKeepSecrets(application);
            till.publish(till.ticket());
            paheko.awaitRequests(14);
            application.sigterm();
            application.waitFor(ProcessTest.STOP_LIMIT);
            assertThat(application.lines().size()).as("it was talkative").isGreaterThan(1000);
            assertThat(application.linesWith("shutdown")).as("to its end").isNotEmpty();
            assertKept(application);
        }
    }

    @Test
    void saysNoSecretWhenRedisRefusesThePassword() throws IOException {
        try (PasserelleProcess application = application()
                .environment("REDIS_URL", redisServer.url().replace(PASSWORD, WRONG_PASSWORD)).start()) {
            application.awaitHealth("Redis refuses", health -> health.status() == 503);
            application.awaitLine(line -> line.contains("Cannot read stream") && line.contains("WRONGPASS"), ProcessTest.STOP_LIMIT);
            assertPagesKeepSecrets(application);
            application.sigterm();
            application.waitFor(ProcessTest.STOP_LIMIT);
            assertKept(application);
        }
    }

    @Test
    void saysNoSecretWhenTheStartFails(@TempDir Path directory) throws IOException {
        for (Map.Entry<String, String> wrong : List.of(Map.entry("REDIS_URL", redisServer.url() + "/zero"),
                Map.entry("REDIS_URL", redisServer.url().replace(PASSWORD, PASSWORD + " ^")),
                Map.entry("PAHEKO_PLUGIN_URL", paheko.url().replace("//", "//shop:" + SECRET + "@")),
                Map.entry("PAHEKO_PLUGIN_URL", SECRET))) {
            assertKeptAtFailedStart(application().environment(wrong.getKey(), wrong.getValue()), wrong.getKey());
        }

        PasserelleProcess.copyShipped(directory);
        Files.writeString(directory.resolve(".env"), "PAHEKO_PLUGIN_SECRET " + SECRET + "\nREDIS_URL " + redisServer.url() + "\n");
        assertKeptAtFailedStart(application().directory(directory), ".env");

        Files.delete(directory.resolve(".env"));
        Path route = directory.resolve("routes/push-caisse.camel.yaml");
        Files.writeString(route, Files.readString(route).replace("              httpMethod: POST\n",
                "              httpMethod: \"{{passerelle:PAHEKO_PLUGIN_SECRET}}\"\n"));
        assertKeptAtFailedStart(application().directory(directory), "httpMethod");
    }

    private PasserelleProcess.Builder application() {
        return PasserelleProcess.builder().jvmOptions("-XX:TieredStopAtLevel=1").redis(redisServer)
                .environment("PAHEKO_PLUGIN_URL", paheko.url()).environment("PAHEKO_PLUGIN_SECRET", SECRET)
                .environment("PASSERELLE_ADMIN_TOKEN", TOKEN)
                .environment("PAHEKO_PUSH_BACKOFF_SECONDS", "0.1").environment("PAHEKO_PUSH_TIMEOUT_SECONDS", "0.3")
                .environment("PAHEKO_PUSH_PROBE_SECONDS", "0.1").environment("PAHEKO_PUSH_PROBE_MAX_SECONDS", "0.1")
                .environment("PASSERELLE_LOG_LEVEL", "TRACE");
    }

    /** Everything that lies there beside the stream. */
    private List<String> keptInRedis() {
        List<String> kept = new ArrayList<>();
        for (Object key : (List<?>) redis.command("KEYS", "*")) {
            if (redis.command("TYPE", key).equals("hash")) {
                ((List<?>) redis.command("HGETALL", key)).forEach(value -> kept.add(Redis.text(value)));
            }
        }
        return kept;
    }

    private static void assertKeptAtFailedStart(PasserelleProcess.Builder builder, String named) {
        try (PasserelleProcess application = builder.start()) {
            assertThat(application.waitFor(ProcessTest.STOP_LIMIT)).isEqualTo(1);
            assertThat(application.linesWith("\"level\":\"ERROR\"")).anyMatch(line -> line.contains(named));
            assertKept(application);
        }
    }

    private static void assertPagesKeepSecrets(PasserelleProcess application) throws IOException {
        for (String page : List.of("/health", "/observe/health", "/observe/health/ready", "/observe/metrics", "/", "/api/state", "/api/quarantine",
                "/api/sessions", "/api/history", "/api/where?id=1-0")) {
            assertThat(application.get(page).body()).as(page).isNotEmpty().doesNotContain(SECRET, PASSWORD, WRONG_PASSWORD, TOKEN);
        }
        for (String token : List.of(TOKEN, WRONG_TOKEN)) {
            assertThat(RawHttp.of("POST /api/replay").header("Host", "localhost").header("X-Admin-Token", token).json("{\"entry\":\"1-0\"}")
                    .send(application.httpPort()).body()).isNotEmpty().doesNotContain(token);
        }
    }

    private static void assertKept(PasserelleProcess application) {
        assertThat(application.lines()).isNotEmpty();
        for (String secret : List.of(SECRET, PASSWORD, WRONG_PASSWORD, TOKEN, WRONG_TOKEN)) {
            assertThat(application.linesWith(secret)).isEmpty();
        }
    }
}
