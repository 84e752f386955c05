package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** What the tests of the process share: a Redis for the class, a receiver and a till for each test, and an end for every process started. */
abstract class ProcessTest {

    /** What the documentation promises. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    /** What a JVM exits with after a SIGTERM, in good order or not. */
    static final int EXIT_AFTER_SIGTERM = 143;

    static RedisServer redisServer;

    final List<PasserelleProcess> started = new ArrayList<>();
    Redis redis;
    PahekoStandIn paheko;
    Till till;

    @BeforeAll
    static void startRedis() {
        redisServer = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redisServer.close();
    }

    @BeforeEach
    void setUp() {
        redis = redisServer.connect();
        redis.flushall();
        paheko = PahekoStandIn.start();
        till = new Till(redis, 4711);
    }

    @AfterEach
    void tearDown() {
        started.forEach(PasserelleProcess::close);
        paheko.close();
        redis.close();
    }

    /** The application, pointed at both, with waits that suit a test; a later setting of the same name wins. */
    PasserelleProcess.Builder application() {
        // a start after a kill waits for the end of the lease, and a stop for the read under way
        return PasserelleProcess.builder().jvmOptions("-XX:TieredStopAtLevel=1", "-Dcamel.component.redis-streams.configuration.block=300",
                "-Dcamel.component.redis-streams.configuration.leaseDuration=2000").redis(redisServer).receiver(paheko)
                .environment("PAHEKO_PUSH_BACKOFF_SECONDS", "0.1");
    }

    PasserelleProcess start(PasserelleProcess.Builder builder) {
        PasserelleProcess application = builder.start();
        started.add(application);
        return application;
    }

    PasserelleProcess start() {
        return start(application());
    }

    List<Published> publishTickets(int count) {
        List<Published> published = new ArrayList<>();
        for (SaleEvent ticket : till.session(count).tickets()) {
            published.add(till.publish(ticket));
        }
        return published;
    }

    List<String> pending() {
        return redis.xpending(Till.STREAM, Till.GROUP);
    }

    void stop(PasserelleProcess application) {
        application.sigterm();
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(EXIT_AFTER_SIGTERM);
    }

    void killRedis() {
        redisServer.kill();
        redis.close();
    }

    /** Waits until every entry of the stream was read by the group and acknowledged. */
    /** What is read is looked at first: what is read in between is pending then. */
    void awaitAllAcknowledged() {
        Awaitility.await("everything read and acknowledged").atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50)).until(() -> lastRead().equals(lastAdded()) && pending().isEmpty());
    }

    /** Every one of them is in the books, and went over the wire once. */
    void assertSentExactlyOnce(List<Published> sales) {
        assertThat(paheko.ledger()).extracting(Received::key).containsExactlyElementsOf(sales.stream().map(Published::key).toList());
        assertThat(paheko.accepted()).containsOnlyKeys(sales.stream().map(Published::key).toArray(String[]::new));
    }

    private String lastAdded() {
        return field((List<?>) redis.command("XINFO", "STREAM", Till.STREAM), "last-generated-id");
    }

    private String lastRead() {
        List<?> groups = (List<?>) redis.command("XINFO", "GROUPS", Till.STREAM);
        return groups.isEmpty() ? "" : field((List<?>) groups.get(0), "last-delivered-id");
    }

    private static String field(List<?> namesAndValues, String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (name.equals(new String((byte[]) namesAndValues.get(i), StandardCharsets.UTF_8))) {
                return Redis.text(namesAndValues.get(i + 1));
            }
        }
        throw new AssertionError("Redis does not tell " + name);
    }
}
