package io.github.passerelle.camel.redisstreams;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;

/** What the tests of the component share: one real Redis, and a stream and applications of each test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class StreamTest {

    RedisServer server;
    Redis redis;
    String stream;
    private RedisStreamsAdmin admin;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int count;

    @BeforeAll
    void startRedis() {
        server = RedisServer.start();
        redis = server.connect();
    }

    @BeforeEach
    void ownStream(TestInfo test) {
        stream = "s:" + test.getTestMethod().orElseThrow().getName() + ":" + count++;
    }

    @AfterEach
    void closeApplications() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        open.clear();
        admin = null;
    }

    @AfterAll
    void stopRedis() {
        redis.close();
        server.close();
    }

    void killRedis() {
        server.kill();
        // the test's own connections are gone as well
        redis.close();
        admin = null;
    }

    <T extends AutoCloseable> T closing(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    StreamApp start(Processor step) throws Exception {
        return start("", step);
    }

    StreamApp start(String options, Processor step) throws Exception {
        return closing(StreamApp.start(server.url(), stream, options, step));
    }

    /** Adds entries with a single field {@code n}. */
    List<String> add(int entries) {
        return IntStream.range(0, entries).mapToObj(n -> redis.xadd(stream, "n", n)).toList();
    }

    /** The same in one step, so that a consumer finds all of them or none. */
    List<String> addTogether(int entries) {
        return ((List<?>) redis.command("EVAL", """
                local ids = {}
                for n = 1, ARGV[1] do ids[n] = redis.call('XADD', KEYS[1], '*', 'n', n) end
                return ids""", 1, stream, entries)).stream().map(Redis::text).toList();
    }

    /** Lets the consumer's namesake of an earlier process read all new entries and end without acknowledging one. */
    void readByAnEarlierProcess() {
        createGroup();
        redis.command("XREADGROUP", "GROUP", StreamApp.GROUP, "camel", "COUNT", 100_000, "STREAMS", stream, ">");
    }

    void createGroup() {
        try {
            redis.command("XGROUP", "CREATE", stream, StreamApp.GROUP, "0", "MKSTREAM");
        } catch (Redis.RedisError e) {
            // it is there
        }
    }

    List<String> pending() {
        return redis.xpending(stream, StreamApp.GROUP);
    }

    /** The records of rounds; field and value alternate. */
    List<String> dueRecords() {
        return ((List<?>) redis.command("HGETALL", "{" + stream + "}:due")).stream().map(Redis::text).toList();
    }

    RedisStreamsConfiguration configuration() {
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(server.url());
        configuration.setTimeout(3_000);
        configuration.setStream(stream);
        configuration.setGroup(StreamApp.GROUP);
        return configuration;
    }

    /** A look at the test's stream from outside. */
    RedisStreamsAdmin admin() {
        if (admin == null) {
            admin = closing(RedisStreamsAdmin.connect(configuration()));
        }
        return admin;
    }

    /** An entry that is pending under this consumer's name without its knowledge, as when the answer to a read was lost. */
    String lostByAnAnswer() {
        return Redis.text(redis.command("EVAL", """
                local id = redis.call('XADD', KEYS[1], '*', 'n', 'lost')
                redis.call('XREADGROUP', 'GROUP', ARGV[1], 'camel', 'STREAMS', KEYS[1], '>')
                return id""", 1, stream, StreamApp.GROUP));
    }

    /** A key beside the stream. */
    String key(String name) {
        return "{" + stream + "}:" + name;
    }

    /** Writes a record of rounds. */
    void setRecord(String id, String record) {
        redis.command("HSET", key("due"), StreamApp.GROUP + " " + id, record);
    }

    static EntryId id(String id) {
        return EntryId.parse(id);
    }

    static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
