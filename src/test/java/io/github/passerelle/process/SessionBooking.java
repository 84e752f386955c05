package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.StockApi;
import io.github.passerelle.fixture.Till;

/**
 * Cash sessions on their way into the books through Paheko's own API: one process at work, one that stands by, and what can go wrong on that way,
 * each fault at a moment of its own. When a fault returns, all that was published is booked and acknowledged.
 */
final class SessionBooking implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    // as mapping.json.example has it
    private static final Map<String, String> ACCOUNTS = Map.of("especes", "530", "cheque", "5112", "cb", "512");
    private static final String SALES = "7073";

    // without an append-only file: it comes back from a kill with what was saved
    private final RedisServer server = RedisServer.start("--appendonly", "no");
    private final Redis redis = server.connect();
    private final ObjectMapper json = new ObjectMapper();
    private final List<PasserelleProcess> started = new ArrayList<>();
    private final List<CashSession> published = new ArrayList<>();
    private final PahekoStandIn paheko;
    private final Till till;
    private final int sessions;
    private final UnaryOperator<PasserelleProcess.Builder> settings;
    private PasserelleProcess active;
    private PasserelleProcess standby;
    private int kills;

    /**
     * @param paheko   a Paheko, or what stands before it
     * @param seed     the same seed gives the same sessions
     * @param sessions how many are published for each fault
     * @param settings the address of Paheko, and waits that suit it
     */
    SessionBooking(PahekoStandIn paheko, long seed, int sessions, UnaryOperator<PasserelleProcess.Builder> settings) {
        this.paheko = paheko;
        this.till = new Till(redis, seed);
        this.sessions = sessions;
        this.settings = settings;
    }

    void start() {
        active = process();
        awaitRole(active, "active");
        standby = process();
        awaitRole(standby, "standby");
    }

    private PasserelleProcess process() {
        PasserelleProcess process = settings.apply(PasserelleProcess.builder().redis(server)
                .jvmOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dcamel.component.redis-streams.configuration.block=300",
                        "-Dcamel.component.redis-streams.configuration.leaseDuration=1500")
                .environment("PAHEKO_PUSH_BACKOFF_SECONDS", 0.1).environment("PAHEKO_PUSH_MAX_RETRIES", 2)
                .environment("PAHEKO_PUSH_REPLAY_SECONDS", 0.3).environment("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 1)
                .environment("PAHEKO_PUSH_PROBE_SECONDS", 0.1).environment("PAHEKO_PUSH_PROBE_MAX_SECONDS", 0.3)).start();
        started.add(process);
        return process;
    }

    private static void awaitRole(PasserelleProcess process, String role) {
        process.awaitHealth(role, health -> health.text("role").equals(role));
    }

    // -- the faults -----------------------------------------------------------------------------------------------------------------------------

    void killWhileEntriesAreCollected() {
        findRoles();
        List<CashSession> half = make();
        int before = half.stream().mapToInt(session -> session.events().size() - 1).sum();
        half.forEach(session -> session.events().subList(0, session.events().size() - 1).forEach(till::publish));
        active.awaitHealth("all are collected", health -> health.text("collected").equals(String.valueOf(before)));
        kill();
        half.forEach(session -> till.publish(session.closed()));
        awaitBooked();
    }

    void killDuringTheLookUp() {
        Hold hold = hold(StockApi.LOOK_UP, UnaryOperator.identity());
        publish();
        hold.awaitHeld();
        kill();
        hold.release();
        awaitBooked();
    }

    /** The answer to the look-up is there, and nobody reads it any more. */
    void killBetweenTheLookUpAndTheBooking() {
        Hold hold = hold(StockApi.LOOK_UP, Behaviour::acceptThen);
        publish();
        hold.awaitHeld();
        active.sigstop();
        hold.release();
        kill();
        awaitBooked();
    }

    /** Paheko has not committed it yet when the next process asks, and does so while that one waits. */
    void killWhilePahekoIsStillAtTheBooking() {
        Hold hold = hold(StockApi.BOOKING, UnaryOperator.identity());
        publish();
        hold.awaitHeld();
        PasserelleProcess next = standby;
        int postings = postings();
        kill();
        until("the next one waits, or books", () -> next.linesWith("\"cause\":\"in_doubt\"").findAny().isPresent() || postings() > postings);
        hold.release();
        awaitBooked();
    }

    void killBetweenTheBookingAndItsAnswer() {
        Hold hold = hold(StockApi.BOOKING, Behaviour::acceptThen);
        publish();
        hold.awaitHeld();
        kill();
        hold.release();
        awaitBooked();
    }

    void killBetweenTheBookingAndItsAcknowledgement() {
        findRoles();
        redis.command("ACL", "SETUSER", "default", "-xack");
        publish();
        active.awaitLine(line -> line.contains("did not take its acknowledgement"), PATIENCE);
        kill();
        redis.command("ACL", "SETUSER", "default", "+xack");
        awaitBooked();
    }

    /** It gets its answer and books what it has begun, or nothing. */
    void stopDuringTheLookUp() {
        stopDuring(StockApi.LOOK_UP);
    }

    void stopDuringTheBooking() {
        stopDuring(StockApi.BOOKING);
    }

    private void stopDuring(Predicate<Received> step) {
        Hold hold = hold(step, UnaryOperator.identity());
        publish();
        hold.awaitHeld();
        active.sigterm();
        active.awaitLine(line -> line.contains("Waiting as there are still"), PATIENCE);
        hold.release();
        assertThat(active.waitFor(ProcessTest.STOP_LIMIT)).isEqualTo(ProcessTest.EXIT_AFTER_SIGTERM);
        takeOver();
        awaitBooked();
    }

    /** A machine that sleeps, and wakes up with an answer to its look-up that was true once. */
    void freezeDuringTheLookUp() {
        // what Paheko answers is settled when the question comes
        Hold hold = hold(StockApi.LOOK_UP, Behaviour::acceptThen);
        publish();
        hold.awaitHeld();
        PasserelleProcess frozen = active;
        frozen.sigstop();
        hold.release();
        awaitBooked();
        int postings = postings();
        long lines = tries(frozen);
        frozen.sigcont();
        until("it has given up, or books", () -> tries(frozen) > lines || postings() > postings);
        awaitRole(frozen, "standby");
        active = standby;
        standby = frozen;
        awaitBooked();
    }

    private static long tries(PasserelleProcess process) {
        return process.linesWith("\"duration_ms\"").count() + process.linesWith("\"outcome\":\"failed\"").count();
    }

    void loseTheAnswersToBookings() {
        paheko.when(StockApi.BOOKING, 1, Behaviour.acceptThen(Behaviour.neverAnswer()));
        paheko.when(StockApi.BOOKING, 1, Behaviour.acceptThen(Behaviour.reset()));
        paheko.when(StockApi.LOOK_UP, 1, Behaviour.neverAnswer());
        publish();
        awaitBooked();
    }

    void answerThatTheDatabaseIsLocked() {
        paheko.when(StockApi.BOOKING, 3, Behaviour.databaseLocked());
        paheko.when(StockApi.LOOK_UP, 2, Behaviour.databaseLocked());
        publish();
        awaitBooked();
    }

    void answerThatPahekoIsUpgraded() {
        paheko.when(request -> true, 2, Behaviour.redirect(paheko.base() + "admin/upgrade.php"));
        paheko.when(request -> true, 1, Behaviour.htmlPage());
        publish();
        awaitBooked();
    }

    /**
     * Something is the matter with Paheko itself, from the moment when the next booking comes until one answer has shown it.
     *
     * @param begin returns what ends it
     */
    void during(Callable<AutoCloseable> begin, Predicate<Received> shown) throws Exception {
        Hold hold = hold(StockApi.BOOKING, UnaryOperator.identity());
        publish();
        hold.awaitHeld();
        int before = paheko.ledger().size();
        AutoCloseable trouble = begin.call();
        try (trouble) {
            hold.release();
            // the one that was held is the last of those before
            until("it shows", () -> paheko.ledger().stream().skip(before - 1L).anyMatch(shown));
        }
        awaitBooked();
    }

    /** Redis forgets acknowledgements, and sessions that are booked; the process that could remember dies with it. */
    void rollRedisBack() {
        Hold hold = hold(StockApi.BOOKING, UnaryOperator.identity());
        publish();
        hold.awaitHeld();
        redis.command("SAVE");
        hold.release();
        awaitBooked();
        publish();
        awaitBooked();
        killActive();
        server.kill();
        redis.close();
        server.restart();
        takeOver();
        until("what it had forgotten is acknowledged again", () -> lastRead().equals(lastAdded()) && pending().isEmpty());
        awaitBooked();
    }

    /** All of them, one after the other. */
    void everyFault() {
        killWhileEntriesAreCollected();
        killDuringTheLookUp();
        killBetweenTheLookUpAndTheBooking();
        killWhilePahekoIsStillAtTheBooking();
        killBetweenTheBookingAndItsAnswer();
        killBetweenTheBookingAndItsAcknowledgement();
        stopDuringTheLookUp();
        stopDuringTheBooking();
        freezeDuringTheLookUp();
        loseTheAnswersToBookings();
        answerThatTheDatabaseIsLocked();
        answerThatPahekoIsUpgraded();
        rollRedisBack();
    }

    /** A Redis that came back without the lease gives it to whoever asks first. */
    private void findRoles() {
        until("one is at work and the other stands by", () -> {
            if (isRole(standby, "active") && isRole(active, "standby")) {
                PasserelleProcess other = active;
                active = standby;
                standby = other;
            }
            return isRole(active, "active") && isRole(standby, "standby");
        });
    }

    private static boolean isRole(PasserelleProcess process, String role) {
        try {
            return role.equals(process.health().text("role"));
        } catch (IOException e) {
            // it is only starting
            return false;
        }
    }

    /** The one that takes over is there before, as nothing is held for longer than the channel waits for an answer. */
    private Hold hold(Predicate<Received> step, UnaryOperator<Behaviour> around) {
        findRoles();
        Hold hold = new Hold(Behaviour.normal());
        paheko.when(step, 1, around.apply(hold));
        return hold;
    }

    /** The other one takes over, and one more is started to stand by. */
    private void kill() {
        killActive();
        takeOver();
    }

    private void killActive() {
        active.kill9();
        kills++;
    }

    private void takeOver() {
        active = standby;
        standby = process();
    }

    // -- the sales ------------------------------------------------------------------------------------------------------------------------------

    private List<CashSession> make() {
        List<CashSession> made = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            made.add(till.session(1 + i % 9));
        }
        published.addAll(made);
        return made;
    }

    void publish() {
        make().forEach(till::publish);
    }

    int published() {
        return published.size();
    }

    int kills() {
        return kills;
    }

    private int postings() {
        return (int) paheko.ledger().stream().filter(StockApi.BOOKING).count();
    }

    // -- what must be so afterwards ----------------------------------------------------------------------------------------------------------------

    void awaitBooked() {
        until("all is read and acknowledged", () -> lastRead().equals(lastAdded()) && pending().isEmpty());
    }

    /** Every session stands in the books once, and their balances are those of the sales. */
    void assertBookedOnce(Books books) {
        Map<String, Long> references = books.references();
        assertThat(references.entrySet().stream().filter(entry -> entry.getValue() != 1)).as("booked more than once").isEmpty();
        assertThat(references.keySet()).containsExactlyInAnyOrderElementsOf(published.stream().filter(this::hasAmounts)
                .map(session -> "RECYCLIC-SESSION-" + session.id()).toList());
        assertThat(books.balances()).isEqualTo(sold());
    }

    /** As it is, or as it is sent. */
    void assertNoProcessSays(String user, String password) {
        String sent = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        assertThat(started).allSatisfy(process -> assertThat(process.lines()).isNotEmpty()
                .noneMatch(line -> line.contains(password) || line.contains(sent)));
    }

    private boolean hasAmounts(CashSession session) {
        return session.tickets().stream().anyMatch(ticket -> ticket.amountCents() != 0);
    }

    /** Worked out from what the till published, by nothing of the product. */
    private Map<String, Long> sold() {
        Map<String, Long> sold = new TreeMap<>();
        published.stream().flatMap(session -> session.tickets().stream()).map(SaleEvent::payload).forEach(payload -> {
            JsonNode ticket = read(payload);
            ticket.get("payments").forEach(payment -> add(sold, ACCOUNTS.get(payment.get("payment_method").textValue()),
                    payment.get("amount").longValue()));
            add(sold, SALES, -ticket.get("total_amount").longValue());
        });
        return sold;
    }

    private static void add(Map<String, Long> sums, String account, long cents) {
        if (cents != 0) {
            sums.merge(account, cents, Long::sum);
        }
    }

    private JsonNode read(byte[] payload) {
        try {
            return json.readTree(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> pending() {
        return redis.xpending(Till.STREAM, Till.GROUP);
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
            if (name.equals(Redis.text(namesAndValues.get(i)))) {
                return Redis.text(namesAndValues.get(i + 1));
            }
        }
        throw new AssertionError("Redis does not tell " + name);
    }

    /** What the process at work said last tells why it did not come to that. */
    private void until(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
        } catch (ConditionTimeoutException e) {
            List<String> lines = active.lines();
            throw new AssertionError(what + ", pending: " + pending().size() + "\n"
                                     + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())), e);
        }
    }

    @Override
    public void close() {
        started.forEach(PasserelleProcess::close);
        redis.close();
        server.close();
    }
}
