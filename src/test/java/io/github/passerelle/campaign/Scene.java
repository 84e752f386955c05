package io.github.passerelle.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/** Everything that one act needs, new for each: a real Redis, the gate before it, a receiver, tills, and who decides about quarantine. */
final class Scene implements AutoCloseable {

    private static final String PASSWORD = "campaign-password-7c04";

    private final RedisServer server;
    private final Redis redis;
    private final RedisGate gate;
    private final PahekoStandIn paheko = PahekoStandIn.start();
    private final ProducerLedger sold = new ProducerLedger();
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final List<Long> memory = new CopyOnWriteArrayList<>();
    private final Crew crew;
    private final Clerk clerk;
    private final Load load;
    private final Random random;
    private final Patience patience;
    private final StreamState state;
    private final Set<String> gone = new HashSet<>();
    private final Set<String> dropped = new HashSet<>();
    private Trouble trouble = new Trouble(0, 0, List.of());
    private int faults;
    private boolean invisible;

    /** @param redisArguments of redis-server, besides those of the fixture */
    Scene(long seed, Patience patience, String... redisArguments) {
        List<String> arguments = new ArrayList<>(List.of("--requirepass", PASSWORD));
        arguments.addAll(List.of(redisArguments));
        this.random = new Random(seed);
        this.patience = patience;
        this.server = RedisServer.embedded(arguments.toArray(String[]::new));
        this.redis = server.connect();
        this.state = new StreamState(redis);
        this.gate = new RedisGate(server.port());
        this.crew = new Crew("redis://:" + PASSWORD + "@127.0.0.1:" + gate.port(), paheko, List.of(PASSWORD, PahekoStandIn.SECRET), incidents::add);
        this.clerk = new Clerk("redis://127.0.0.1:" + server.port(), null, PASSWORD, id -> isHopeless(sold.entry(id)));
        this.load = new Load(new Till(redis, seed), sold, random);
    }

    private boolean isHopeless(Sold entry) {
        return entry != null && trouble.isRefusedForGood(entry.key());
    }

    RedisServer server() {
        return server;
    }

    Redis redis() {
        return redis;
    }

    RedisGate gate() {
        return gate;
    }

    PahekoStandIn paheko() {
        return paheko;
    }

    Crew crew() {
        return crew;
    }

    Load load() {
        return load;
    }

    Clerk clerk() {
        return clerk;
    }

    Random random() {
        return random;
    }

    ProducerLedger sold() {
        return sold;
    }

    /** Samples of the worker's resident memory, in KiB. */
    List<Long> memory() {
        return memory;
    }

    /** From now on some sales have bad luck with the receiver. */
    void trouble(Trouble more) {
        trouble = more;
        paheko.always(more);
    }

    void incident(Incident incident) {
        incidents.add(incident);
    }

    /** Counts what was broken on purpose, besides kills. */
    void fault() {
        faults++;
    }

    /** Tries may be made that the receiver does not see. */
    void triesAreInvisible() {
        invisible = true;
    }

    void await(String what, BooleanSupplier condition) {
        patience.await(what, alive(condition));
    }

    /** For what may take longer than usual. */
    void await(String what, Duration limit, BooleanSupplier condition) {
        patience.await(what, limit, alive(condition));
    }

    private BooleanSupplier alive(BooleanSupplier condition) {
        return () -> {
            crew.checkAlive();
            return condition.getAsBoolean();
        };
    }

    int requests() {
        return paheko.ledger().size();
    }

    /** Waits until the receiver has seen this many requests more. */
    void awaitMoreRequests(int more) {
        int wanted = requests() + more;
        await(more + " more requests", () -> requests() >= wanted);
    }

    /** Kills Redis, starts it again, and looks what it does not know any more before the worker can speak to it. */
    void killRedis() {
        long since = System.nanoTime();
        server.kill();
        redis.close();
        gate.shut();
        server.restart();
        noteLosses(since);
        gate.open();
        fault();
    }

    private void noteLosses(long since) {
        Set<String> held = state.entries();
        sold.all().stream().map(Sold::id).filter(id -> !held.contains(id)).forEach(gone::add);
        Set<String> pending = new HashSet<>(state.pending());
        String read = state.lastRead();
        Set<String> takenBack = gate.acknowledgements().all().stream()
                .filter(id -> held.contains(id) && (pending.contains(id) || StreamState.isAfter(id, read))).collect(Collectors.toSet());
        gate.acknowledgements().forget(takenBack);
        if (!takenBack.isEmpty() || !held.containsAll(sold.all().stream().map(Sold::id).toList())) {
            // what Redis did not take before its end, the worker has acknowledged again
            incidents.add(new Incident("Redis took back acknowledgements", since, System.nanoTime(), takenBack.size()));
        }
    }

    /** Empties Redis: what was published until now, and not sent yet, is lost by it. */
    void flush() {
        redis.flushall();
        sold.all().stream().map(Sold::id).forEach(gone::add);
        fault();
    }

    /** What the stream does not hold any more, and was not delivered, was trimmed. */
    void noteTrim() {
        Set<String> held = state.entries();
        sold.all().stream().map(Sold::id).filter(id -> !held.contains(id)).forEach(dropped::add);
    }

    /** Closes all sessions, waits until everything is through, and decides about what is in quarantine. */
    void settle() {
        load.finish();
        crew.one();
        await("everything to be read and acknowledged", () -> {
            if (state.hasUnread()) {
                return false;
            }
            if (state.pending().isEmpty()) {
                return true;
            }
            clerk.decide();
            return false;
        });
        crew.alive().forEach(crew::end);
        if (!dropped.isEmpty()) {
            // what was dropped unread is counted when all is read, at a start or within a minute
            crew.one();
            await("what was trimmed to be counted", () -> state.trimmedUnread() > 0);
            crew.alive().forEach(crew::end);
        }
    }

    Facts facts() {
        ReceiverLedger received = ReceiverLedger.of(paheko.ledger());
        List<Sold> all = sold.all();
        Set<String> trimmed = undelivered(dropped, received);
        trimmed.addAll(clerk.trimmed());
        Set<String> disturbed = all.stream().filter(entry -> gone.contains(entry.id()) || trimmed.contains(entry.id()))
                .map(Sold::session).collect(Collectors.toSet());
        Map<String, Map<String, String>> counted = new LinkedHashMap<>();
        all.stream().map(Sold::session).distinct().forEach(session -> counted.put(session, state.counted(session)));
        return new Facts(all, received, List.copyOf(incidents), trouble.losesAnswers(), trouble.isVisible() && !invisible,
                clerk.quarantined(), clerk.discarded(), trimmed, state.trimmedUnread(), undelivered(gone, received), !gone.isEmpty(), disturbed,
                state.pending(), state.unread(), counted,
                Map.of("tickets", state.countedInDays("tickets"), "cents", state.countedInDays("cents")), crew.secretsSaid(), List.copyOf(memory));
    }

    private Set<String> undelivered(Set<String> ids, ReceiverLedger received) {
        return ids.stream().filter(id -> received.firstDelivery(sold.entry(id).key()) == null).collect(Collectors.toSet());
    }

    int faults() {
        return faults + trouble.made();
    }

    @Override
    public void close() {
        crew.close();
        clerk.close();
        gate.close();
        paheko.close();
        redis.close();
        server.close();
    }
}
