package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.settings.Settings;

/** What those share who ask and decide: a real Redis and a receiver for each class; a stream, a till and the application for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class TrackingTest {

    protected static final Why BY_MARIE = Why.required("entered by hand", "Marie");

    protected RedisServer server;
    protected Redis redis;
    protected PahekoStandIn paheko;
    protected String stream;
    protected Till till;
    protected Tracking tracking;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int count;

    @BeforeAll
    void startWorld() {
        server = RedisServer.start();
        redis = server.connect();
        paheko = PahekoStandIn.start();
    }

    @BeforeEach
    void ownStream(TestInfo test) {
        stream = "tracking:" + test.getTestMethod().orElseThrow().getName() + ":" + ++count;
        till = new Till(redis, stream, count);
        paheko.normal().forget();
        tracking = closing(Tracking.connect(settings()));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        open.clear();
    }

    @AfterAll
    void stopWorld() {
        paheko.close();
        redis.close();
        server.close();
    }

    protected <T extends AutoCloseable> T closing(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    /** What a command run beside the application would read. */
    protected Settings settings() {
        return Settings.of(Map.of(), Map.of("REDIS_URL", server.url(), "REDIS_STREAM_PUSH_CAISSE", stream, "PAHEKO_PLUGIN_URL", paheko.url(),
                "PAHEKO_PLUGIN_SECRET", PahekoStandIn.SECRET));
    }

    /** The shipped application on this test's stream, with rounds so far apart that only the first one takes place. */
    protected PasserelleApp.Builder app() {
        return PasserelleApp.builder().redis(server).receiver(paheko).stream(stream).setting("PAHEKO_PUSH_MAX_RETRIES", 0)
                .setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600);
    }

    protected PasserelleApp start(PasserelleApp.Builder builder) {
        return closing(builder.start());
    }

    protected PasserelleApp start() {
        return start(app());
    }

    /** Publishes a ticket that the plugin refuses, and waits until it is put aside; the application must be at work. */
    protected Published quarantinedTicket() throws Exception {
        Published sale = till.publish(till.refusedTicket());
        until("quarantined", () -> state(sale) == State.QUARANTINED);
        return sale;
    }

    /** Publishes a ticket that fails once for a reason that may pass; the application must be at work. */
    protected Published pendingTicket() throws Exception {
        paheko.answerNext(1, Behaviour.answer(503));
        Published sale = till.publish(till.ticket());
        until("pending", () -> state(sale) == State.SCHEDULED);
        return sale;
    }

    protected Published deliveredTicket() throws Exception {
        Published sale = till.publish(till.ticket());
        until("delivered", () -> state(sale) == State.DELIVERED);
        return sale;
    }

    protected static EntryId id(Published sale) {
        return EntryId.parse(sale.entryId());
    }

    protected TrackedEntry entry(Published sale) throws InterruptedException {
        return tracking.queries().entry(id(sale)).orElse(null);
    }

    protected State state(Published sale) throws InterruptedException {
        TrackedEntry entry = entry(sale);
        return entry == null ? null : entry.state();
    }

    protected static String saleId(Published sale) {
        return sale.key().substring(sale.key().indexOf(':') + 1);
    }

    protected List<String> pending() {
        return redis.xpending(stream, Till.GROUP);
    }

    /** The key of the quarantine of this test's stream. */
    protected String quarantine() {
        return "{" + stream + "}:quarantine:" + Till.GROUP;
    }

    protected String record(Published sale) {
        return quarantine() + ":" + sale.entryId();
    }

    /** The key of the hash in which something is counted. */
    protected String counted(String name) {
        return "{" + stream + "}:counted:" + Till.GROUP + ":" + name;
    }

    /** Writes what is counted under a name. */
    protected void write(String name, Object... fieldsAndValues) {
        redis.command(Stream.concat(Stream.of("HSET", counted(name)), Stream.of(fieldsAndValues)).toArray());
    }

    /** After this, as far as anybody can see, no application is at work. */
    protected void stop(PasserelleApp app) throws Exception {
        app.close();
        // otherwise it may take up to ten seconds until it ends by itself
        redis.command("DEL", "{" + stream + "}:leader:" + Till.GROUP);
        assertThat(tracking.queries().worker().atWork()).isFalse();
    }

    protected static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    /** What several decide at the same moment. */
    @SafeVarargs
    protected static <T> List<T> atOnce(Callable<T>... decisions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(decisions.length);
        CyclicBarrier together = new CyclicBarrier(decisions.length);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> decision : decisions) {
                futures.add(threads.submit(() -> {
                    together.await();
                    return decision.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
