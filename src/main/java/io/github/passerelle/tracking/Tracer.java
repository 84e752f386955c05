package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.Optional;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.push.Dossier;

/**
 * Puts together what Redis says of one entry.
 *
 * @param id      the entry
 * @param content its names by its content; null when its content is nowhere, or was not looked for
 * @param read    whether the group had read as far as this entry before the pending list was looked at
 * @param pending null when it is not in the pending list
 * @param record  what is kept of its quarantine; null when there is nothing. Read after the pending list
 */
record Tracer(EntryId id, Dossier content, boolean read, EntryStatus pending, ParkedEntry record) {

    /** Empty when nothing is known of it. */
    Optional<TrackedEntry> trace() {
        if (pending != null) {
            return Optional.of(traceOpen());
        }
        if (!read && content != null) {
            return Optional.of(entry(State.WAITING, id.time(), null, null));
        }
        if (record != null) {
            return Optional.of(traceClosed());
        }
        return Optional.ofNullable(content).map(names -> entry(State.DELIVERED, null, null, null));
    }

    /** Whether it was decided, or delivered, after the pending list was looked at. */
    boolean isOutdated() {
        return pending != null && record != null
                && (record.state() == ParkedEntry.State.DISCARDED || record.state() == ParkedEntry.State.ACKNOWLEDGED);
    }

    private TrackedEntry traceOpen() {
        return switch (pending.state()) {
            case PARKED -> isState(ParkedEntry.State.REPLAYED) ? entry(State.REPLAYED, record.decidedAt(), null, null) : quarantined();
            case SCHEDULED -> entry(State.SCHEDULED, tried(), pending.due(), null);
            case HELD -> entry(State.HELD, null, null, null);
            case GATHERED -> entry(State.COLLECTED, null, null, null);
            case DUE -> {
                if (isState(ParkedEntry.State.REPLAYED) && !isTriedSince(record.decidedAt())) {
                    yield entry(State.REPLAYED, record.decidedAt(), null, null);
                }
                if (isState(ParkedEntry.State.RELEASED) && !isTriedSince(record.decidedAt())) {
                    yield entry(State.RELEASED, record.decidedAt(), null, null);
                }
                yield entry(State.DUE, tried(), null, isState(ParkedEntry.State.PARKED) ? Damage.ROUNDS : null);
            }
        };
    }

    private TrackedEntry quarantined() {
        Damage damage = null;
        if (!isState(ParkedEntry.State.PARKED)) {
            damage = Damage.RECORD;
        } else if (noted().map(Dossier::cause).isEmpty()) {
            damage = Damage.NOTE;
        }
        return entry(State.QUARANTINED, record == null ? null : record.parkedAt(), null, damage);
    }

    private TrackedEntry traceClosed() {
        if (record.state() == null) {
            return entry(State.REMOVED, null, null, Damage.RECORD);
        }
        return switch (record.state()) {
            case DISCARDED -> entry(State.DISCARDED, record.closedAt(), null, null);
            case ACKNOWLEDGED -> entry(isReplayed() ? State.DELIVERED : State.REMOVED, record.closedAt(), null, null);
            case RELEASED -> entry(State.REMOVED, null, null, null);
            case PARKED, REPLAYED -> entry(State.REMOVED, null, null, Damage.ACKNOWLEDGED);
        };
    }

    /** Whether a person had decided to have it tried again: only then the worker can have delivered it. */
    private boolean isReplayed() {
        return record.decidedAt() != null && (record.parkedAt() == null || !record.decidedAt().isBefore(record.parkedAt()));
    }

    private boolean isState(ParkedEntry.State state) {
        return record != null && record.state() == state;
    }

    private boolean isTriedSince(Instant time) {
        return time != null && noted().map(Dossier::last).orElse(0L) > time.toEpochMilli();
    }

    /** What was decided before releases were known is told by its state, or was a replay. */
    private Decided.What decision() {
        ParkedEntry.State said = record.decision() != null ? record.decision() : record.state();
        return said == ParkedEntry.State.DISCARDED ? Decided.What.DISCARDED
                : said == ParkedEntry.State.RELEASED ? Decided.What.RELEASED : Decided.What.REPLAYED;
    }

    private Instant tried() {
        return noted().map(Dossier::last).filter(last -> last > 0).map(Instant::ofEpochMilli).orElse(null);
    }

    private Optional<Dossier> noted() {
        Optional<Dossier> ofPending = pending == null ? Optional.empty() : Dossier.parse(pending.note());
        return ofPending.isPresent() || record == null ? ofPending : Dossier.parse(record.note());
    }

    private Dossier named(Dossier noted) {
        return noted.key() != null || content == null ? noted : noted.named(content.event(), content.session(), content.key());
    }

    private TrackedEntry entry(State state, Instant since, Instant nextTry, Damage damage) {
        Dossier dossier = noted().map(this::named).orElse(content == null ? Dossier.NEW : content);
        Decided decided = record == null || record.decidedAt() == null ? null
                : new Decided(decision(), record.decidedAt(), record.author(), record.reason());
        int rounds = pending != null ? pending.rounds() : record != null ? record.rounds() : 0;
        return new TrackedEntry(id, state, since, nextTry, rounds, dossier, decided, damage);
    }
}
