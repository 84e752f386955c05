package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.passerelle.camel.redisstreams.CountedName;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.push.Dossier;
import io.github.passerelle.push.Expected;
import io.github.passerelle.push.SessionLedger;

/**
 * The cash sessions: what their ledgers count, together with what is still on its way. The ledgers are read last, so that what is delivered
 * meanwhile is not missed.
 */
final class Sessions {

    private static final int PAGE = 500;
    // hours and days are counted as well
    private static final int LATEST = 10;

    private final RedisStreamsAdmin admin;
    private final Records records;

    Sessions(RedisStreamsAdmin admin, Records records) {
        this.admin = admin;
        this.records = records;
    }

    /** The latest first: by the time when anything of a session was published or delivered last. */
    SessionListing list(int max) throws InterruptedException {
        Worker worker = Worker.of(admin.status());
        Map<String, SessionEntries> entries = new SessionScan(admin, records, session -> true).scan(false);
        Map<String, Instant> counted = counted();
        Map<String, Instant> latest = new HashMap<>(counted);
        entries.forEach((id, found) -> latest.merge(id, found.latest(), (one, other) -> one.isAfter(other) ? one : other));
        List<String> ids = latest.entrySet().stream()
                .sorted(Map.Entry.<String, Instant> comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(max)
                .map(Map.Entry::getKey).toList();
        List<TrackedSession> sessions = new ArrayList<>();
        for (String id : ids) {
            sessions.add(session(id, entries.getOrDefault(id, new SessionEntries()), ledger(id), counted.get(id)));
        }
        return new SessionListing(worker, sessions, latest.size());
    }

    /** Empty when nothing is known of it. */
    Optional<TrackedSession> session(String id) throws InterruptedException {
        SessionEntries entries = entries(id);
        SessionLedger ledger = ledger(id);
        Instant counted = counted().get(id);
        return ledger.isEmpty() && entries.isEmpty() && counted == null ? Optional.empty() : Optional.of(session(id, entries, ledger, counted));
    }

    /** The entries that close it and are held, oldest first. There are several where the till published the close more than once. */
    List<EntryId> heldCloses(String id) throws InterruptedException {
        return entries(id).heldCloses().stream().map(TrackedEntry::id).toList();
    }

    private SessionEntries entries(String id) throws InterruptedException {
        // what the ledger does not tell may still stand in the stream
        boolean wholeStream = ledger(id).opened().isEmpty();
        return new SessionScan(admin, records, id::equals).scan(wholeStream).getOrDefault(id, new SessionEntries());
    }

    private SessionLedger ledger(String id) throws InterruptedException {
        return SessionLedger.of(admin.counters(SessionLedger.NAME + id));
    }

    /** Among the latest names that are counted; empty when none of them is a session. */
    Optional<LastCounted> lastCounted() throws InterruptedException {
        return admin.counted(0, LATEST).stream().filter(name -> name.name().startsWith(SessionLedger.NAME)).findFirst()
                .map(name -> new LastCounted(name.at(), name.name().substring(SessionLedger.NAME.length())));
    }

    /** When the acknowledgement of an entry last counted for a session. */
    private Map<String, Instant> counted() throws InterruptedException {
        Map<String, Instant> counted = new HashMap<>();
        int read = 0;
        List<CountedName> page;
        do {
            page = admin.counted(read, PAGE);
            page.stream().filter(name -> name.name().startsWith(SessionLedger.NAME))
                    .forEach(name -> counted.put(name.name().substring(SessionLedger.NAME.length()), name.at()));
            read += PAGE;
        } while (page.size() == PAGE);
        return counted;
    }

    /** @param counted when something last counted for it; null when nothing tells */
    private TrackedSession session(String id, SessionEntries entries, SessionLedger ledger, Instant counted) throws InterruptedException {
        TrackedEntry close = ledger.isClosed() ? delivered(ledger.closed().orElse(null), id) : entries.close().orElse(null);
        boolean lost = ledger.isEmpty() && (counted != null || entries.hasDelivered());
        EntryId opened = ledger.opened().or(() -> entries.opening().map(TrackedEntry::id)).orElse(null);
        EntryId closed = ledger.closed().or(() -> Optional.ofNullable(close).map(TrackedEntry::id)).orElse(null);
        List<TrackedEntry> decided = new ArrayList<>(entries.decided());
        if (close != null && close.decided() != null && decided.stream().noneMatch(entry -> entry.id().equals(close.id()))) {
            decided.add(close);
        }
        Instant latest = Stream.of(Optional.ofNullable(counted), Optional.ofNullable(entries.latest())).flatMap(Optional::stream)
                .max(Comparator.naturalOrder()).orElse(null);
        return new TrackedSession(id, state(entries, ledger, close, opened), ledger.type(), time(opened), time(closed), latest,
                entries.tickets(lost ? null : ledger.tickets()), books(ledger, lost, close), close, entries.undelivered(), List.copyOf(decided));
    }

    private static SessionState state(SessionEntries entries, SessionLedger ledger, TrackedEntry close, EntryId opened) {
        if (ledger.isClosed() || entries.isCloseDelivered()) {
            return SessionState.CLOSED;
        }
        if (close == null) {
            return opened == null ? SessionState.UNKNOWN : SessionState.OPEN;
        }
        return switch (close.state()) {
            case HELD -> SessionState.HELD;
            case QUARANTINED -> SessionState.REFUSED;
            case WAITING, DUE, SCHEDULED, REPLAYED, RELEASED, COLLECTED -> SessionState.CLOSING;
            case DISCARDED, REMOVED -> SessionState.ABANDONED;
            case DELIVERED -> SessionState.CLOSED;
        };
    }

    /** What is kept of a decision about it is found by its id even when the stream does not hold it any more. */
    private TrackedEntry delivered(EntryId close, String session) throws InterruptedException {
        if (close == null) {
            return null;
        }
        Dossier names = Dossier.NEW.named(SessionEntries.CLOSED, session, SessionEntries.CLOSED + ":" + session);
        return new Tracer(close, names, true, null, admin.record(close).orElse(null)).trace().orElse(null);
    }

    private Books books(SessionLedger ledger, boolean lost, TrackedEntry close) throws InterruptedException {
        Expected expected = ledger.expected().orElse(null);
        if (expected == null && close != null) {
            expected = admin.entry(close.id()).map(Expected::of).orElse(null);
        }
        String totals = expected == null ? null : ledger.totals(expected, admin.rolledBackAt().orElse(null));
        return lost ? new Books(null, null, null, null, Map.of(), expected, totals, null, null, false)
                : new Books(ledger.lines(), ledger.cents(), ledger.unreadable(), ledger.skipped(), ledger.payments(), expected, totals,
                        ledger.totalsAtClose(), ledger.url(), ledger.isBookedTwice());
    }

    private static Instant time(EntryId id) {
        return id == null ? null : id.time();
    }
}
