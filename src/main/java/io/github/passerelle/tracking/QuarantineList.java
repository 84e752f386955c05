package io.github.passerelle.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Dossier;

/**
 * The entries that are put aside. The pending list is what counts: the list and the records of the quarantine are told to be damaged where they
 * say otherwise.
 */
final class QuarantineList {

    private final RedisStreamsAdmin admin;
    private final Records records;

    QuarantineList(RedisStreamsAdmin admin, Records records) {
        this.admin = admin;
        this.records = records;
    }

    /** Oldest first. */
    List<EntryId> of(String cause) throws InterruptedException {
        return causes(PendingList.read(admin)).entrySet().stream().filter(entry -> entry.getValue().equals(cause)).map(Map.Entry::getKey).toList();
    }

    private Map<EntryId, String> causes(PendingList pending) throws InterruptedException {
        Map<EntryId, String> causes = new LinkedHashMap<>();
        pending.parked().forEach((id, status) -> causes.put(id, cause(status.note())));
        List<EntryId> unknown = causes.keySet().stream().filter(id -> causes.get(id).equals(Queries.NO_CAUSE)).toList();
        records.of(unknown).forEach((id, record) -> causes.put(id, cause(record.note())));
        return causes;
    }

    private static String cause(String note) {
        return Dossier.parse(note).map(Dossier::cause).orElse(Queries.NO_CAUSE);
    }

    /** The latest first; before them those that the list misses. */
    Listing list(int max) throws InterruptedException {
        StreamStatus status = admin.status();
        PendingList pending = PendingList.read(admin);
        // read after the pending list: what is pending and decided meanwhile is known by its record
        boolean complete = status.parked() == pending.parked().size();
        List<ParkedEntry> listed = records.parked(complete ? max : Integer.MAX_VALUE);
        Map<EntryId, EntryStatus> statuses = pending.byId();
        List<TrackedEntry> entries = new ArrayList<>(complete ? List.of() : missing(pending, listed));
        long others = 0;
        for (ParkedEntry record : listed) {
            Optional<TrackedEntry> found = listed(record, statuses.get(record.id()));
            found.ifPresent(entries::add);
            others += found.isPresent() && !pending.parked().containsKey(record.id()) ? 1 : 0;
        }
        return new Listing(Worker.of(status), entries.subList(0, Math.min(max, entries.size())), pending.parked().size() + others);
    }

    private List<TrackedEntry> missing(PendingList pending, List<ParkedEntry> listed) throws InterruptedException {
        Set<EntryId> missing = new HashSet<>(pending.parked().keySet());
        listed.forEach(record -> missing.remove(record.id()));
        Map<EntryId, ParkedEntry> known = records.of(missing);
        return missing.stream().sorted(Comparator.reverseOrder()).map(id -> trace(pending.parked().get(id), known.get(id)))
                .filter(entry -> entry.state() == State.QUARANTINED).map(entry -> entry.with(Damage.LIST)).toList();
    }

    /** Empty when a person decided meanwhile. */
    private Optional<TrackedEntry> listed(ParkedEntry record, EntryStatus known) throws InterruptedException {
        EntryStatus status = known != null ? known : admin.pending(record.id()).orElse(null);
        TrackedEntry entry = status == null ? closed(record) : trace(status, record);
        return switch (entry.state()) {
            case QUARANTINED -> Optional.of(entry.damage() == null ? entry : named(entry));
            case REMOVED -> Optional.of(named(entry));
            case DUE, SCHEDULED -> Optional.of(named(entry.with(Damage.ROUNDS)));
            default -> Optional.empty();
        };
    }

    private static TrackedEntry trace(EntryStatus status, ParkedEntry record) {
        return new Tracer(status.id(), null, true, status, record).trace().orElseThrow();
    }

    private static TrackedEntry closed(ParkedEntry record) {
        TrackedEntry entry = new Tracer(record.id(), null, true, null, record).trace().orElseThrow();
        return entry.state() == State.REMOVED ? entry.with(Damage.ACKNOWLEDGED) : entry;
    }

    /** What was noted of it may be lost, and its content still be there. */
    private TrackedEntry named(TrackedEntry entry) throws InterruptedException {
        Dossier noted = entry.dossier();
        if (noted.key() != null || noted.cause() != null) {
            return entry;
        }
        Dossier content = admin.entry(entry.id()).map(Dossier::ofContent).orElse(Dossier.NEW);
        return entry.with(noted.named(content.event(), content.session(), content.key()));
    }
}
