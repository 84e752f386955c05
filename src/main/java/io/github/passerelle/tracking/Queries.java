package io.github.passerelle.tracking;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.GroupStart;
import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.camel.redisstreams.PendingSummary;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Amounts;
import io.github.passerelle.push.Dossier;
import io.github.passerelle.push.Periods;
import io.github.passerelle.push.TillEvent;

/**
 * What can be asked about the entries of a channel.
 */
public final class Queries {

    /** In the place of a cause code, where none is known. */
    public static final String NO_CAUSE = "unknown";

    // an entry may have some megabytes
    private static final int PAGE = 50;

    private final RedisStreamsAdmin admin;
    private final Clock clock;
    private final Records records;
    private final QuarantineList quarantine;
    private final Sessions sessions;

    Queries(RedisStreamsAdmin admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
        this.records = new Records(admin);
        this.quarantine = new QuarantineList(admin, records);
        this.sessions = new Sessions(admin, records);
    }

    public Worker worker() throws InterruptedException {
        return Worker.of(admin.status());
    }

    public Overview overview() throws InterruptedException {
        StreamStatus status = admin.status();
        PendingSummary pending = admin.pendingSummary(Dossier.CAUSE);
        List<EntryStatus> open = pending.open();
        List<Instant> nextTries = open.stream().map(EntryStatus::due).filter(Objects::nonNull).toList();
        List<Dossier> failed = open.stream().map(entry -> Dossier.parse(entry.note())).flatMap(Optional::stream)
                .filter(dossier -> dossier.cause() != null).toList();
        boolean published = status.length() > 0 || !status.lastRead().equals(EntryId.MIN) || status.added() != null && status.added() > 0;
        Instant oldestOpen = open.isEmpty() ? null : open.get(0).id().time();
        Instant oldestDue = open.stream().filter(entry -> entry.state() == EntryStatus.State.DUE).findFirst().map(entry -> entry.id().time())
                .orElse(null);
        long held = open.stream().filter(entry -> entry.state() == EntryStatus.State.HELD).count();
        return new Overview(clock.instant(), Worker.of(status), published, status.waiting(), open.size() - nextTries.size() - held,
                nextTries.size(),
                nextTries.stream().min(Instant::compareTo).orElse(null), held, pending.gathered(), time(pending.oldestGathered()), Counts.of(failed.stream().map(Dossier::cause)),
                failed.stream().max(Comparator.comparingLong(Dossier::last)).map(Dossier::cause).orElse(null), causes(pending.parked()),
                oldest(oldestOpen, status.oldestWaiting()), oldest(oldestDue, status.oldestWaiting()),
                time(pending.oldestParked()), status.trimmed(),
                HeadRoom.of(status).orElse(null));
    }

    private static Instant time(EntryId id) {
        return id == null ? null : id.time();
    }

    /** @param parked with an empty word where no cause is known */
    private static Map<String, Long> causes(Map<String, Long> parked) {
        Map<String, Long> causes = new HashMap<>();
        parked.forEach((cause, count) -> causes.merge(cause.isEmpty() ? NO_CAUSE : cause, count, Long::sum));
        return Counts.sorted(causes);
    }

    /** Each may be null, and so may be what is returned. */
    private static Instant oldest(Instant one, Instant other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other)).flatMap(Optional::stream).min(Instant::compareTo).orElse(null);
    }

    /** The entries that were read, and are neither delivered nor put aside, oldest first. */
    public Listing pending(int max) throws InterruptedException {
        Worker worker = worker();
        List<EntryStatus> open = PendingList.read(admin).open();
        List<EntryStatus> first = open.subList(0, Math.min(max, open.size()));
        Map<EntryId, ParkedEntry> known = records.of(first.stream().map(EntryStatus::id).toList());
        List<TrackedEntry> entries = new ArrayList<>();
        for (EntryStatus status : first) {
            // what was noted names it; only one that never failed must be looked at itself
            Dossier content = Dossier.parse(status.note()).isPresent() ? null : content(status.id());
            new Tracer(status.id(), content, true, status, known.get(status.id())).trace().ifPresent(entries::add);
        }
        return new Listing(worker, entries, open.size());
    }

    /** The entries that are put aside, the latest first; before them those that only the pending list names. */
    public Listing quarantined(int max) throws InterruptedException {
        return quarantine.list(max);
    }

    /** The entries that are put aside for this cause, oldest first. */
    public List<EntryId> quarantinedFor(String cause) throws InterruptedException {
        return quarantine.of(cause);
    }

    /** The entries that were put aside and are no longer, and those that were discarded, the latest first. */
    public Listing closed(int max) throws InterruptedException {
        Worker worker = worker();
        List<ParkedEntry> all = records.closed();
        List<TrackedEntry> entries = all.stream().limit(max).map(record -> new Tracer(record.id(), null, true, null, record).trace())
                .flatMap(Optional::stream).toList();
        return new Listing(worker, entries, all.size());
    }

    /** Where one entry is; empty when nothing is known of it. */
    public Optional<TrackedEntry> entry(EntryId id) throws InterruptedException {
        if (!mayExist(id)) {
            return Optional.empty();
        }
        // in this order: what was read before the look at the pending list and is not in it was acknowledged
        Dossier content = content(id);
        boolean read = id.compareTo(admin.status().lastRead()) <= 0;
        EntryStatus pending = admin.pending(id).orElse(null);
        ParkedEntry record = admin.record(id).orElse(null);
        Tracer tracer = new Tracer(id, content, read, pending, record);
        return (tracer.isOutdated() ? new Tracer(id, content, read, admin.pending(id).orElse(null), record) : tracer).trace();
    }

    /** The size of the content of an entry, in bytes; empty when it is nowhere any more. */
    public Optional<Long> size(EntryId id) throws InterruptedException {
        Optional<StreamEntry> entry = mayExist(id) ? admin.entry(id) : Optional.empty();
        return entry.map(found -> found.fields().values().stream().mapToLong(value -> value.length).sum());
    }

    /** The amount of a ticket, in cents; empty for what is no ticket, and when it is unknown or its content is nowhere any more. */
    public Optional<Long> cents(EntryId id) throws InterruptedException {
        Optional<StreamEntry> entry = mayExist(id) ? admin.entry(id) : Optional.empty();
        return entry.flatMap(Amounts::totalOf);
    }

    /** When the acknowledgement of an entry last counted for a cash session, and for which; empty when none has. */
    public Optional<LastCounted> lastCounted() throws InterruptedException {
        return sessions.lastCounted();
    }

    /**
     * Where the entries are that an id names.
     *
     * @param id that of an entry, of a sale or of a cash session
     */
    public Found where(String id) throws InterruptedException {
        return new Search(admin, records, this).where(id);
    }

    /**
     * Hands over every entry that the stream holds between two places, both included, oldest first, whether it was read or not. No more than a page
     * of them is kept meanwhile.
     *
     * @param last null for the end of the stream
     */
    public void entries(EntryId first, EntryId last, Consumer<StreamEntry> each) throws InterruptedException {
        EntryId after = first.previous();
        List<StreamEntry> page;
        do {
            page = admin.entriesAfter(after, PAGE);
            for (StreamEntry entry : page) {
                if (last != null && entry.id().compareTo(last) > 0) {
                    return;
                }
                each.accept(entry);
                after = entry.id();
            }
        } while (page.size() == PAGE);
    }

    /** What the stream holds before a place. */
    public Before before(EntryId place) throws InterruptedException {
        AtomicLong count = new AtomicLong();
        Set<String> seen = new LinkedHashSet<>();
        Set<String> closed = new HashSet<>();
        entries(EntryId.MIN, place.previous(), entry -> {
            count.incrementAndGet();
            Dossier names = Dossier.ofContent(entry);
            if (names.session() != null) {
                seen.add(names.session());
            }
            if (names.session() != null && TillEvent.CLOSED.equals(names.event())) {
                closed.add(names.session());
            }
        });
        return new Before(count.get(), seen.size(), seen.stream().filter(session -> !closed.contains(session)).toList());
    }

    /** Where a person had the channel begin; empty when nobody decided. */
    public Optional<GroupStart> start() throws InterruptedException {
        return admin.start();
    }

    /** The cash sessions, the latest first. */
    public SessionListing sessions(int max) throws InterruptedException {
        return sessions.list(max);
    }

    /** One cash session; empty when nothing is known of it. */
    public Optional<TrackedSession> session(String id) throws InterruptedException {
        return sessions.session(id);
    }

    /**
     * What happened in each of the last hours, oldest first; the last one is the hour that it is.
     *
     * @param max how many; Redis keeps 7 days
     */
    public List<Period> hours(int max) throws InterruptedException {
        Instant now = Periods.hour(clock.instant());
        List<Instant> hours = oldestFirst(Stream.iterate(now, hour -> hour.minus(1, ChronoUnit.HOURS)).limit(max));
        List<Map<String, String>> counted = admin.counters(hours.stream().map(Periods::nameOfHour).toList());
        return IntStream.range(0, hours.size()).mapToObj(i -> Period.of(hours.get(i), counted.get(i))).toList();
    }

    /**
     * What happened on each of the last days in Paris, oldest first; the last one is today.
     *
     * @param max how many; Redis keeps 400
     */
    public List<Period> days(int max) throws InterruptedException {
        return diary(max).stream().map(Day::counted).toList();
    }

    /** The same, with the lines that were logged. */
    public List<Day> diary(int max) throws InterruptedException {
        LocalDate today = Periods.day(clock.instant());
        List<LocalDate> days = oldestFirst(Stream.iterate(today, day -> day.minusDays(1)).limit(max));
        List<Map<String, String>> counted = admin.counters(days.stream().map(Periods::nameOfDay).toList());
        return IntStream.range(0, days.size()).mapToObj(i -> Day.of(days.get(i), counted.get(i))).toList();
    }

    private static <T> List<T> oldestFirst(Stream<T> latestFirst) {
        List<T> list = new ArrayList<>(latestFirst.toList());
        Collections.reverse(list);
        return list;
    }

    List<EntryId> heldCloses(String session) throws InterruptedException {
        return sessions.heldCloses(session);
    }

    /** Half of all ids lie in a future so far away that Redisson cannot name them. */
    private static boolean mayExist(EntryId id) {
        return id.millis() >= 0 && id.sequence() >= 0;
    }

    private Dossier content(EntryId id) throws InterruptedException {
        Optional<StreamEntry> entry = admin.entry(id);
        return entry.map(Dossier::ofContent).orElse(null);
    }
}
