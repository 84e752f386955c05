package io.github.passerelle.tracking;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Dossier;

/** Finds the entries that an id names: in the stream, in the pending list, and among those that are or were put aside. */
final class Search {

    // an entry may have some megabytes
    private static final int PAGE = 50;

    private final RedisStreamsAdmin admin;
    private final Records records;
    private final Queries queries;
    private final SortedMap<EntryId, Dossier> found = new TreeMap<>();

    Search(RedisStreamsAdmin admin, Records records, Queries queries) {
        this.admin = admin;
        this.records = records;
        this.queries = queries;
    }

    Found where(String id) throws InterruptedException {
        Optional<EntryId> entryId = entryId(id);
        if (entryId.isPresent()) {
            return new Found(Found.What.ENTRY, queries.worker(), queries.entry(entryId.get()).stream().toList());
        }
        lookThroughStream(id);
        // in this order: what was read before the look at the pending list and is not in it was acknowledged
        StreamStatus status = admin.status();
        Map<EntryId, EntryStatus> pending = PendingList.read(admin).byId();
        pending.values().forEach(entry -> addIfNoted(id, entry.id(), entry.note()));
        for (List<ParkedEntry> page : List.of(records.parked(Integer.MAX_VALUE), records.closed())) {
            for (ParkedEntry record : page) {
                lookAt(id, record);
            }
        }
        List<TrackedEntry> entries = trace(status.lastRead(), pending);
        boolean session = entries.stream().anyMatch(entry -> id.equals(entry.dossier().session()));
        return new Found(session ? Found.What.SESSION : Found.What.SALE, Worker.of(status), entries);
    }

    private static Optional<EntryId> entryId(String text) {
        try {
            return Optional.of(EntryId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void lookThroughStream(String id) throws InterruptedException {
        EntryId last = EntryId.MIN;
        List<StreamEntry> page;
        do {
            page = admin.entriesAfter(last, PAGE);
            for (StreamEntry entry : page) {
                Dossier names = Dossier.ofContent(entry);
                if (isNamed(id, names)) {
                    found.put(entry.id(), names);
                }
                last = entry.id();
            }
        } while (page.size() == PAGE);
    }

    private void addIfNoted(String id, EntryId entry, String note) {
        Dossier.parse(note).filter(dossier -> isNamed(id, dossier)).ifPresent(dossier -> found.putIfAbsent(entry, dossier));
    }

    private void lookAt(String id, ParkedEntry record) throws InterruptedException {
        if (Dossier.parse(record.note()).map(Dossier::cause).isPresent()) {
            addIfNoted(id, record.id(), record.note());
        } else {
            // what was noted is lost; its content may have been trimmed from the stream, and lie beside it
            admin.entry(record.id()).map(Dossier::ofContent).filter(names -> isNamed(id, names))
                    .ifPresent(names -> found.putIfAbsent(record.id(), names));
        }
    }

    private static boolean isNamed(String id, Dossier names) {
        return id.equals(names.session()) || names.key() != null && (id.equals(names.key()) || names.key().equals(names.event() + ":" + id));
    }

    private List<TrackedEntry> trace(EntryId lastRead, Map<EntryId, EntryStatus> pending) throws InterruptedException {
        Map<EntryId, ParkedEntry> known = records.of(found.keySet());
        Map<EntryId, EntryStatus> now = new HashMap<>(pending);
        for (EntryId id : found.keySet()) {
            if (tracer(id, lastRead, pending, known).isOutdated()) {
                now.remove(id);
                admin.pending(id).ifPresent(status -> now.put(id, status));
            }
        }
        return found.keySet().stream().map(id -> tracer(id, lastRead, now, known).trace()).flatMap(Optional::stream).toList();
    }

    private Tracer tracer(EntryId id, EntryId lastRead, Map<EntryId, EntryStatus> pending, Map<EntryId, ParkedEntry> known) {
        return new Tracer(id, found.get(id), id.compareTo(lastRead) <= 0, pending.get(id), known.get(id));
    }
}
