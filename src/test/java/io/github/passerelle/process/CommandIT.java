package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/** The commands as a person or a script runs them: a process of its own beside the one that is at work, or alone. */
class CommandIT extends ProcessTest {

    private static final String QUARANTINE = "{" + Till.STREAM + "}:quarantine:" + Till.GROUP;

    /** What a command left behind. */
    private record Answer(int code, List<String> out, List<String> err) {
    }

    @TempDir
    Path directory;

    @Test
    void aRefusedSaleIsFoundReplayedAndDelivered() throws IOException {
        Published sale = till.publish(till.refusedTicket());
        PasserelleProcess worker = start();
        worker.awaitHealth("quarantined", health -> health.body().path("quarantined").asInt() == 1);

        Answer status = command("status");
        assertAnswered(status, 0);
        assertThat(status.out()).startsWith("Passerelle is at work. 1 entry is quarantined: a person must decide about it.", "",
                "worker       at work");
        Answer list = command("quarantine", "list");
        assertAnswered(list, 0);
        assertThat(String.join(" ", list.out()).replaceAll(" +", " ")).contains("Champ invalide : total_amount (différent de la somme des paiements)");
        assertAnswered(command("where", "b1946ac9-2f1b-4a3c-8c7d-0b8c2d3e4f5a"), 3);

        paheko.always(Behaviour.accept());
        Answer replay = command("quarantine", "replay", sale.entryId());
        assertAnswered(replay, 0);
        assertThat(replay.out()).containsExactly(sale.entryId() + "  replayed", "Replayed: 1 of 1. The worker is at work: it is sent at once.");
        awaitAllAcknowledged();
        assertThat(paheko.received(sale.key())).hasSize(2);
        JsonNode where = new ObjectMapper().readTree(String.join("\n", command("where", sale.entryId(), "--json").out()));
        assertThat(where.path("counts").toString()).isEqualTo("{\"delivered\":1}");
    }

    @Test
    void whatIsReplayedWhileNoneIsAtWorkIsSentAtTheNextStart() {
        Published sale = till.publish(till.refusedTicket());
        PasserelleProcess worker = start();
        worker.awaitHealth("quarantined", health -> health.body().path("quarantined").asInt() == 1);
        worker.kill9();
        // it ends by itself ten seconds after a kill
        redis.command("DEL", "{" + Till.STREAM + "}:leader:" + Till.GROUP);
        assertThat(command("status").out()).first().isEqualTo("Passerelle is not at work: nothing is sent. Nothing waits to be sent.");
        assertThat(command("quarantine", "replay", "--cause", "rejected").out())
                .containsExactly("Replayed: 1 of 1. No worker is at work: it is sent at the next start of Passerelle.");
        paheko.always(Behaviour.accept());
        start();
        awaitAllAcknowledged();
        assertThat(paheko.received(sale.key())).hasSize(2);
    }

    @Test
    void aSaleIsGivenUpWithAReasonInFrench() {
        assumeAccentsCanBePassedOn();
        Published sale = till.publish(till.refusedTicket());
        start().awaitHealth("quarantined", health -> health.body().path("quarantined").asInt() == 1);
        Answer blank = command("quarantine", "discard", sale.entryId(), "--author", "Zoé", "--reason", " ");
        assertThat(blank.code()).isEqualTo(2);
        assertThat(blank.out()).isEmpty();
        assertThat(blank.err()).containsExactly("The reason is empty: it is kept with the entry, for those who ask later.",
                "How it is used: java -jar passerelle.jar quarantine discard --help");
        assertThat(pending()).containsExactly(sale.entryId());

        assertAnswered(command("quarantine", "discard", sale.entryId(), "--author", "Zoé", "--reason", "déjà saisie à la main"), 0);
        assertThat(pending()).isEmpty();
        Answer shown = command("quarantine", "show", sale.entryId());
        assertAnswered(shown, 0);
        assertThat(shown.out()).anyMatch(line -> line.endsWith(" by Zoé: \"déjà saisie à la main\""));
    }

    /** A service or a cron job has no locale: what is written is UTF-8 nevertheless, and what cannot be read is not kept. */
    @Test
    void withoutALocaleAccentsAreWrittenAndNotMisread() {
        Published sale = till.publish(till.refusedTicket());
        start().awaitHealth("quarantined", health -> health.body().path("quarantined").asInt() == 1);
        PasserelleProcess.Builder list = builder().environment("LC_ALL", "C").arguments("quarantine", "show", sale.entryId());
        assertThat(run(list).out()).anyMatch(line -> line.contains("différent"));
        assumeAccentsCanBePassedOn();
        Answer discard = run(builder().environment("LC_ALL", "C")
                .arguments("quarantine", "discard", sale.entryId(), "--author", "Zoé", "--reason", "x"));
        assertThat(discard.code()).isEqualTo(2);
        assertThat(discard.err()).anyMatch(line -> line.startsWith("The author has characters that could not be read"));
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void oneLineOnStandardErrorSaysThatRedisIsAway() {
        killRedis();
        try {
            for (List<String> arguments : List.of(List.of("status"), List.of("pending"), List.of("quarantine", "list"), List.of("where", "x"),
                    List.of("quarantine", "replay", "1-1"), List.of("status", "--json"))) {
                Answer answer = command(arguments.toArray(String[]::new));
                assertThat(answer.code()).isEqualTo(1);
                assertThat(answer.out()).isEmpty();
                assertThat(answer.err()).containsExactly("Redis at " + redisServer.url() + ", stream " + Till.STREAM + ": Connection refused");
            }
        } finally {
            redisServer.restart();
        }
    }

    @Test
    void oneLineOnStandardErrorSaysThatRedisDoesNotAnswer() {
        redisServer.pause();
        try {
            Answer answer = command("status");
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out()).isEmpty();
            assertThat(answer.err()).singleElement().asString().startsWith("Redis at " + redisServer.url());
        } finally {
            redisServer.resume();
        }
    }

    @Test
    void oneLineOnStandardErrorSaysWhatRedisRefuses() {
        try (RedisServer guarded = RedisServer.start("--requirepass", "sesame-open")) {
            Answer wrong = run(builder().environment("REDIS_URL", guarded.url().replace("open", "shut")).arguments("quarantine", "list"));
            assertThat(wrong.code()).isEqualTo(1);
            assertThat(wrong.out()).isEmpty();
            assertThat(wrong.err()).singleElement().asString().contains("does not accept the password").doesNotContain("sesame");
        }
        redis.command("SET", Till.STREAM, "x");
        Answer type = command("status");
        assertThat(type.code()).isEqualTo(1);
        assertThat(type.out()).isEmpty();
        assertThat(type.err()).singleElement().asString().contains("holds no stream but another type of value");
    }

    @Test
    void oneLineOnStandardErrorSaysThatASettingIsWrong() throws IOException {
        Files.writeString(directory.resolve(".env"), "REDIS_URL=localhost\n");
        Answer answer = run(PasserelleProcess.builder().errorsApart().directory(directory).arguments("status"));
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).singleElement().asString().startsWith("REDIS_URL: ").contains("allowed: ");
    }

    @Test
    void aCommandNeedsNothingButTheSettingsAndIsQuietAtEveryLevelOfTheLog() throws IOException {
        Files.writeString(directory.resolve(".env"), "REDIS_URL=" + redisServer.url() + "\nPASSERELLE_LOG_LEVEL=TRACE\n");
        Answer answer = run(PasserelleProcess.builder().errorsApart().directory(directory).arguments("quarantine", "list"));
        assertAnswered(answer, 0);
        assertThat(answer.out()).containsExactly("Nothing is quarantined.");
        assertThat(redis.command("KEYS", "*")).as("asking creates nothing").asList().isEmpty();
    }

    @Test
    void theCheckLooksAtAllAndDisturbsNobody() throws IOException {
        Published sale = till.publish(till.ticket());
        PasserelleProcess worker = start();
        awaitAllAcknowledged();
        Answer check = command("check");
        assertAnswered(check, 0);
        assertThat(check.out()).contains("ok       The plugin accepts the secret.", "ok       Passerelle is at work.", "All is as it should be.");
        assertThat(paheko.accepted()).containsOnlyKeys(sale.key());
        assertThat(paheko.ledger()).last().satisfies(request -> assertThat(request.body()).isEmpty());
        assertThat(worker.linesWith("WARN")).isEmpty();

        paheko.stop();
        redisServer.pause();
        try {
            Answer alone = command("check", "--json");
            assertThat(alone.code()).isEqualTo(1);
            assertThat(new ObjectMapper().readTree(String.join("\n", alone.out())).findValuesAsText("code")).as("each by itself")
                    .containsExactly("settings", "paheko_unreachable", "redis_unreachable");
        } finally {
            redisServer.resume();
        }
    }

    @Test
    void twoReplaysAtOnceAreOne() {
        Published sale = till.publish(till.refusedTicket());
        PasserelleProcess worker = start();
        worker.awaitHealth("quarantined", health -> health.body().path("quarantined").asInt() == 1);
        stop(worker);
        PasserelleProcess one = start(builder().arguments("quarantine", "replay", sale.entryId()));
        PasserelleProcess two = start(builder().arguments("quarantine", "replay", sale.entryId()));
        assertThat(List.of(one.waitFor(STOP_LIMIT), two.waitFor(STOP_LIMIT))).containsOnly(0);
        assertThat(List.of(one, two)).filteredOn(process -> process.lines().contains(sale.entryId() + "  replayed")).hasSize(1);
        assertThat(List.of(one, two)).filteredOn(process -> process.lines().get(0).contains("nothing to do: it was replayed at")).hasSize(1);
        assertThat(redis.command("ZCARD", QUARANTINE)).isEqualTo(0L);
        paheko.always(Behaviour.accept());
        start();
        awaitAllAcknowledged();
        assertThat(paheko.received(sale.key())).hasSize(2);
    }

    /** Without a locale of its own, the JVM of the tests cannot hand an accent to another process. */
    private static void assumeAccentsCanBePassedOn() {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")));
    }

    private static void assertAnswered(Answer answer, int code) {
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.out()).isNotEmpty().allMatch(line -> line.length() <= 100).noneMatch(line -> line.contains("\"level\""));
    }

    private Answer command(String... arguments) {
        return run(builder().arguments(arguments));
    }

    private PasserelleProcess.Builder builder() {
        return application().errorsApart().environment("PASSERELLE_LOG_LEVEL", "TRACE").environment("LC_ALL", "C.UTF-8");
    }

    private Answer run(PasserelleProcess.Builder builder) {
        PasserelleProcess process = start(builder);
        int code = process.waitFor(STOP_LIMIT);
        return new Answer(code, process.lines(), process.errorLines());
    }
}
