package io.github.passerelle.process;

import static io.github.passerelle.fixture.TcpLine.Direction.TO_CLIENT;
import static io.github.passerelle.fixture.TcpLine.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.TcpLine;
import io.github.passerelle.fixture.Till;

/**
 * One process meets one fault of Redis after the other: each is told by {@code /health}, and when Redis is well the process goes on by itself.
 * How soon is written to the log of the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
class RedisFaultsIT {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFaultsIT.class);
    private static final String PASSWORD = "first-secret-41";

    private RedisServer server;
    private Redis redis;
    private TcpLine line;
    private PahekoStandIn paheko;
    private PasserelleProcess application;
    private Till till;
    private final List<Published> sales = new ArrayList<>();
    private String fault;
    private int linesBefore;
    private long well;

    /** It keeps what was saved, and after a restart loads it so slowly that it can be seen doing so. */
    @BeforeAll
    void startAll() {
        server = RedisServer.embedded("--requirepass", PASSWORD, "--appendonly", "no", "--key-load-delay", "1000",
                "--loading-process-events-interval-bytes", "1024");
        redis = server.connect();
        line = TcpLine.to(server.port());
        paheko = PahekoStandIn.start();
        till = new Till(redis, 4711);
        application = PasserelleProcess.builder().jvmOptions("-XX:TieredStopAtLevel=1").receiver(paheko)
                .environment("REDIS_URL", "redis://:" + PASSWORD + "@127.0.0.1:" + line.port()).start();
    }

    @AfterAll
    void stopAll() {
        application.close();
        line.close();
        paheko.close();
        redis.close();
        server.close();
    }

    @BeforeEach
    void isWellBefore(TestInfo test) {
        linesBefore = application.lines().size();
        fault = test.getTestMethod().orElseThrow().getName();
        application.awaitHealthy();
        paheko.forget();
        sales.clear();
        publish();
        awaitAccepted();
        awaitNothingPending();
    }

    @AfterEach
    void nothingIsLostSentTwiceOrAcknowledgedUnseen() {
        awaitAccepted();
        LOG.info("{}: went on {} ms after Redis was well", fault, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - well));
        awaitNothingPending();
        application.awaitHealthy();
        LOG.info("{}: /health ok {} ms after Redis was well", fault, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - well));
        assertThat(paheko.ledger()).extracting(Received::key).containsExactlyInAnyOrderElementsOf(sales.stream().map(Published::key).toList());
    }

    @Test
    void connectionsAreCut() {
        line.cut();
        publish();
        well();
    }

    @Test
    void connectionsAreForgottenWithoutAWord() {
        line.forget(TO_SERVER, TO_CLIENT);
        publish();
        well();
    }

    @Test
    void connectionsThatRedisHearsAndIsNotHeardOn() {
        line.forget(TO_CLIENT);
        publish();
        well();
    }

    @Test
    void connectionsThatRedisDoesNotHearThoughItIsHeard() {
        line.forget(TO_SERVER);
        publish();
        well();
    }

    /**
     * The others stay good: Redis gives the next sale to the one that waits, and nothing else tells that nobody got it. It is the first test,
     * as after another fault the pending list is looked through once more anyway.
     */
    @Test
    @Order(1)
    void theConnectionThatWaitsForSalesIsForgottenWithoutAWord() {
        until("it waits", () -> line.forgetWhereTheClientLastSaid("XREADGROUP") > 0);
        publish();
        well();
    }

    @Test
    void aNetworkThatSwallowsAll() throws Exception {
        line.lose(TO_SERVER, TO_CLIENT);
        publish();
        awaitError();
        awaitTold("no answer from Redis in time");
        line.mend();
        well();
    }

    @Test
    void aNetworkThatSwallowsTheAnswers() throws Exception {
        line.lose(TO_CLIENT);
        publish();
        awaitError();
        line.mend();
        well();
    }

    @Test
    void redisIsFrozen() throws Exception {
        server.pause();
        awaitError();
        awaitTold("no answer from Redis in time");
        server.resume();
        well();
        publish();
    }

    @Test
    void redisIsRestartedAndLoadsItsData() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            redis.command("SET", "other:" + i, i);
        }
        publish();
        awaitAccepted();
        awaitNothingPending();
        redis.command("SAVE");
        server.kill();
        redis.close();
        CompletableFuture<Void> loading = CompletableFuture.runAsync(server::restart);
        until("it loads", this::isLoading);
        awaitError();
        assertThat(isLoading()).as("loads still").isTrue();
        loading.join();
        well();
        redis.command("EVAL", "for n = 0, 2999 do redis.call('DEL', 'other:' .. n) end", 0);
        publish();
    }

    @Test
    void redisIsRestartedEmpty() throws Exception {
        redis.flushall();
        redis.command("SAVE");
        publish();
        awaitAccepted();
        server.kill();
        redis.close();
        awaitError();
        server.restart();
        well();
        publish();
    }

    @Test
    void redisIsFlushed() {
        redis.flushall();
        well();
        publish();
    }

    @Test
    void redisBecomesAReplica() throws Exception {
        try (RedisServer other = RedisServer.embedded("--masterauth", PASSWORD, "--repl-diskless-sync-delay", "0"); Redis primary = other.connect()) {
            redis.command("CONFIG", "SET", "repl-diskless-sync-delay", 0);
            primary.command("REPLICAOF", "127.0.0.1", server.port());
            until("the other one has it all", () -> replication(primary).contains("master_link_status:up"));
            primary.command("REPLICAOF", "NO", "ONE");
            redis.command("REPLICAOF", "127.0.0.1", other.port());
            sales.add(new Till(primary, 4712).publish(till.ticket()));
            awaitTold("READONLY");
            awaitError();
            until("the sale is here as well", () -> replication(redis).contains("master_link_status:up")
                    && redis.xlen(Till.STREAM) == primary.xlen(Till.STREAM));
            redis.command("REPLICAOF", "NO", "ONE");
            well();
        }
    }

    @Test
    void thePasswordIsChangedAndChangedBack() throws Exception {
        redis.command("CONFIG", "SET", "requirepass", "second-secret-42");
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        publish();
        awaitTold("");
        awaitError();
        redis.command("CONFIG", "SET", "requirepass", PASSWORD);
        well();
        assertThat(application.lines()).noneMatch(text -> text.contains(PASSWORD) || text.contains("second-secret"));
    }

    @Test
    void somethingElseIsInThePlaceOfTheStream() throws Exception {
        redis.command("RENAME", Till.STREAM, "aside");
        redis.command("SET", Till.STREAM, "no stream");
        awaitTold("WRONGTYPE");
        awaitError();
        redis.command("RENAME", "aside", Till.STREAM);
        well();
        publish();
    }

    /** What is in the stream needs no memory to be delivered. */
    @Test
    void redisIsAtItsMemoryLimit() throws Exception {
        publish();
        redis.command("CONFIG", "SET", "maxmemory", 1);
        awaitAccepted();
        awaitNothingPending();
        application.awaitHealthy();
        redis.command("CONFIG", "SET", "maxmemory", 0);
        well();
        publish();
    }

    private void publish() {
        sales.add(till.publish(till.ticket()));
    }

    /** From now on the application could go on. */
    private void well() {
        well = System.nanoTime();
    }

    private void awaitAccepted() {
        until("all sales are in the books", () -> sales.stream().allMatch(sale -> paheko.accepted().containsKey(sale.key())));
    }

    private void awaitNothingPending() {
        until("nothing is pending", () -> redis.xpending(Till.STREAM, Till.GROUP).isEmpty());
    }

    private void awaitTold(String reason) {
        until("it tells: " + reason, () -> application.lines().stream().skip(linesBefore)
                .anyMatch(text -> text.contains("Cannot read stream") && text.contains(reason)));
    }

    private boolean isLoading() {
        try {
            redis.command("PING");
            return false;
        } catch (Redis.RedisError e) {
            return e.getMessage().startsWith("LOADING");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void awaitError() {
        Health health = application.awaitHealth("push_worker error", answer -> answer.status() == 503);
        assertThat(health.text("push_worker")).isEqualTo("error");
        assertThat(health.text("status")).isEqualTo("error");
    }

    private static String replication(Redis server) {
        return Redis.text(server.command("INFO", "replication"));
    }

    private static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
