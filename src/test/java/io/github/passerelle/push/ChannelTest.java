package io.github.passerelle.push;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** What the tests of the channel share: a real Redis and a receiver for each class, a stream, a till and applications for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class ChannelTest {

    private static final Comparator<String> BY_AGE = Comparator.comparing((String id) -> Long.valueOf(id.split("-")[0]))
            .thenComparing(id -> Long.valueOf(id.split("-")[1]));

    protected RedisServer server;
    protected Redis redis;
    protected PahekoStandIn paheko;
    protected String stream;
    protected Till till;
    private final List<PasserelleApp> open = new ArrayList<>();
    private int count;

    @BeforeAll
    protected void startWorld() {
        server = RedisServer.start();
        redis = server.connect();
        paheko = PahekoStandIn.start();
    }

    @BeforeEach
    protected void ownStream(TestInfo test) {
        stream = "push:" + test.getTestMethod().orElseThrow().getName() + ":" + ++count;
        till = new Till(redis, stream, count);
        paheko.normal().forget();
    }

    @AfterEach
    protected void closeApplications() {
        open.forEach(PasserelleApp::close);
        open.clear();
    }

    @AfterAll
    protected void stopWorld() {
        paheko.close();
        redis.close();
        server.close();
    }

    /** The shipped application on this test's stream, with quick settings. */
    protected PasserelleApp.Builder app() {
        return PasserelleApp.builder().redis(server).receiver(paheko).stream(stream);
    }

    /** With rounds so far apart that only the first one takes place, unless a pause ends. */
    protected PasserelleApp.Builder oneRound() {
        return app().setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600);
    }

    protected PasserelleApp start(PasserelleApp.Builder builder) {
        PasserelleApp app = builder.start();
        open.add(0, app);
        return app;
    }

    protected PasserelleApp start() {
        return start(app());
    }

    protected Published publishTicket() {
        return till.publish(till.ticket());
    }

    protected List<String> pending() {
        return redis.xpending(stream, Till.GROUP);
    }

    protected boolean acknowledged(Published sale) {
        return paheko.received(sale.key()).size() > 0 && !pending().contains(sale.entryId());
    }

    /** Publishes one more ticket and waits until it was delivered and acknowledged: whatever stood before it in the queue has been looked at. */
    protected Published untilNextSaleIsDelivered() {
        Published next = publishTicket();
        until("the next sale is delivered", () -> paheko.accepted().containsKey(next.key()) && acknowledged(next));
        return next;
    }

    protected void untilAcknowledged(Published... sales) {
        until("acknowledged", () -> {
            for (Published sale : sales) {
                if (!acknowledged(sale)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** A round ends when its record is in Redis: from then on the entry waits for the next one. */
    protected void untilRoundEnded(Published sale) {
        until("the end of the round", () -> round(sale) != null && Long.parseLong(round(sale).split(" ")[1]) > 0);
    }

    /** The record of an entry's rounds, null before the first try has failed. */
    protected String round(Published sale) {
        return round(sale.entryId());
    }

    protected String round(String entryId) {
        Object record = redis.command("HGET", "{" + stream + "}:due", Till.GROUP + " " + entryId);
        return record == null ? null : Redis.text(record);
    }

    /** What is remembered of an entry from round to round. */
    protected Dossier remembered(Published sale) {
        String record = round(sale);
        return record == null ? Dossier.NEW : Dossier.parse(record.split(" ", 4)[3]).orElseThrow();
    }

    /** In how many milliseconds from now the next round of an entry may begin. */
    protected long millisToNextRound(Published sale) {
        return Long.parseLong(round(sale).split(" ", 3)[1]) - System.currentTimeMillis();
    }

    /** The ids of the entries in quarantine, oldest entry first. */
    protected List<String> quarantined() {
        return ((List<?>) redis.command("ZRANGE", quarantine(), 0, -1)).stream().map(Redis::text).sorted(BY_AGE).toList();
    }

    protected void untilQuarantined(Published... sales) {
        until("quarantined", () -> quarantined().containsAll(Stream.of(sales).map(Published::entryId).toList()));
    }

    /** What the quarantine keeps of an entry: state, rounds, parkedAt and so on. */
    protected Map<String, String> quarantineRecord(String entryId) {
        return hash(quarantine() + ":" + entryId);
    }

    /** What was counted of a cash session. */
    protected Map<String, String> ledger(String session) {
        return hash(ledgerKey(session));
    }

    protected String ledgerKey(String session) {
        return "{" + stream + "}:counted:" + Till.GROUP + ":session:" + session;
    }

    private Map<String, String> hash(String key) {
        Map<String, String> record = new HashMap<>();
        List<?> fields = (List<?>) redis.command("HGETALL", key);
        for (int i = 0; i < fields.size(); i += 2) {
            record.put(Redis.text(fields.get(i)), Redis.text(fields.get(i + 1)));
        }
        return record;
    }

    /** What the quarantine keeps of the tries of an entry. */
    protected Dossier dossier(Published sale) {
        return dossier(sale.entryId());
    }

    protected Dossier dossier(String entryId) {
        return Dossier.parse(quarantineRecord(entryId).get("note")).orElseThrow();
    }

    /** The copy of an entry's field in the quarantine. */
    protected byte[] quarantinedField(String entryId, String field) {
        return (byte[]) redis.command("HGET", quarantine() + ":" + entryId + ":entry", field);
    }

    private String quarantine() {
        return "{" + stream + "}:quarantine:" + Till.GROUP;
    }

    protected static Predicate<Received> of(SaleEvent sale) {
        return request -> request.key().equals(sale.key());
    }

    protected static long millisBetween(Received one, Received next) {
        return TimeUnit.NANOSECONDS.toMillis(next.nanos() - one.nanos());
    }

    protected static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
