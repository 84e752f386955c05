package io.github.passerelle.tracking;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.Dossier;

/**
 * Finds the entries of cash sessions that are not simply delivered: in the pending list, in the part of the stream that was not read, and among
 * those about which a person decided. The stream is read page by page, and no content is kept.
 */
final class SessionScan {

    // an entry may have some megabytes
    private static final int PAGE = 50;

    private final RedisStreamsAdmin admin;
    private final Records records;
    private final Predicate<String> wanted;
    private final Map<String, SessionEntries> found = new HashMap<>();

    /** @param wanted which sessions are looked for */
    SessionScan(RedisStreamsAdmin admin, Records records, Predicate<String> wanted) {
        this.admin = admin;
        this.records = records;
        this.wanted = wanted;
    }

    /**
     * What was found, by session.
     *
     * @param wholeStream whether those are found as well that were delivered, as far as the stream still holds them
     */
    Map<String, SessionEntries> scan(boolean wholeStream) throws InterruptedException {
        // in this order: what was read before the look at the pending list and is not in it was acknowledged
        EntryId lastRead = admin.status().lastRead();
        Map<EntryId, EntryStatus> pending = PendingList.read(admin).byId();
        List<ParkedEntry> decided = decided(pending.keySet());
        Set<EntryId> told = decided.stream().map(ParkedEntry::id).collect(Collectors.toSet());
        Map<EntryId, Dossier> names = new HashMap<>();
        pending.forEach((id, status) -> Dossier.parse(status.note()).ifPresent(noted -> names.put(id, noted)));
        Set<EntryId> unnamed = pending.keySet().stream().filter(id -> !names.containsKey(id)).collect(Collectors.toSet());
        EntryId last = wholeStream ? EntryId.MIN : unnamed.stream().map(EntryId::previous).filter(id -> id.compareTo(lastRead) < 0)
                .min(EntryId::compareTo).orElse(lastRead);
        List<StreamEntry> page;
        do {
            page = admin.entriesAfter(last, PAGE);
            for (StreamEntry entry : page) {
                last = entry.id();
                if (unnamed.contains(last)) {
                    names.put(last, Dossier.ofContent(entry));
                } else if (!pending.containsKey(last) && !told.contains(last) && (wholeStream || last.compareTo(lastRead) > 0)) {
                    addAcknowledgedOrWaiting(entry, last.compareTo(lastRead) <= 0);
                }
            }
        } while (page.size() == PAGE);
        addPending(pending, names);
        addDecided(decided);
        return found;
    }

    private void addAcknowledgedOrWaiting(StreamEntry entry, boolean read) {
        Dossier names = Dossier.ofContent(entry);
        if (isWanted(names.session())) {
            new Tracer(entry.id(), names, read, null, null).trace().ifPresent(traced -> add(names.session(), traced));
        }
    }

    private void addPending(Map<EntryId, EntryStatus> pending, Map<EntryId, Dossier> names) throws InterruptedException {
        Map<EntryId, String> sessions = new HashMap<>();
        pending.forEach((id, status) -> {
            // where its content is lost, its place in the order still tells
            String named = names.getOrDefault(id, Dossier.NEW).session();
            String session = named != null ? named : status.key();
            if (isWanted(session)) {
                sessions.put(id, session);
            }
        });
        Map<EntryId, ParkedEntry> known = records.of(sessions.keySet());
        for (Map.Entry<EntryId, String> entry : sessions.entrySet()) {
            EntryId id = entry.getKey();
            Tracer tracer = new Tracer(id, names.get(id), true, pending.get(id), known.get(id));
            if (tracer.isOutdated()) {
                tracer = new Tracer(id, names.get(id), true, admin.pending(id).orElse(null), known.get(id));
            }
            tracer.trace().ifPresent(traced -> add(entry.getValue(), traced));
        }
    }

    /** Those that a person decided about and that are pending no longer. */
    private List<ParkedEntry> decided(Set<EntryId> pending) throws InterruptedException {
        return records.closed().stream().filter(record -> record.decidedAt() != null && !pending.contains(record.id())).toList();
    }

    private void addDecided(List<ParkedEntry> decided) throws InterruptedException {
        for (ParkedEntry record : decided) {
            Optional<Dossier> noted = Dossier.parse(record.note());
            Dossier names = noted.isPresent() ? noted.get() : admin.entry(record.id()).map(Dossier::ofContent).orElse(Dossier.NEW);
            if (isWanted(names.session())) {
                new Tracer(record.id(), names, true, null, record).trace().ifPresent(traced -> add(names.session(), traced));
            }
        }
    }

    private boolean isWanted(String session) {
        return session != null && wanted.test(session);
    }

    private void add(String session, TrackedEntry entry) {
        found.computeIfAbsent(session, id -> new SessionEntries()).add(entry);
    }
}
