package io.github.passerelle.camel.redisstreams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a consumer knows of the entries that it has read and not acknowledged, and which of them goes next. No Redis, no clock, no thread of
 * its own: times are milliseconds on whatever clock the caller uses throughout.
 * <p>
 * What an earlier process had in progress goes first, oldest first. After that, entries whose next round is due take turns with new ones, so
 * that neither can starve the other.
 */
final class Backlog {

    /** An entry to hand out; {@code entry} is null when it must be fetched first. */
    record Next(EntryId id, Entry entry, int roundsDone) {

        private static Next of(Due due) {
            return new Next(due.id(), null, due.roundsDone());
        }

        private static Next of(Entry entry) {
            return new Next(entry.id(), entry, 0);
        }
    }

    private record Due(EntryId id, int roundsDone, long at) {
    }

    static final long AT_ONCE = Long.MIN_VALUE;

    private final Set<EntryId> known = new HashSet<>();
    private final Deque<Entry> fresh = new ArrayDeque<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparing(Due::id));
    private final Set<EntryId> unacknowledged = new HashSet<>();
    private final Set<EntryId> parked = new HashSet<>();
    private boolean freshHasTurn = true;

    /** An entry that was just read for the first time. */
    synchronized void addFresh(Entry entry) {
        if (known.add(entry.id())) {
            fresh.add(entry);
        }
    }

    synchronized boolean knows(EntryId id) {
        return known.contains(id);
    }

    /** An entry found in the pending list, with the record of the rounds it has behind it. */
    synchronized void addPending(EntryId id, int roundsDone, long at) {
        if (known.add(id)) {
            due.add(new Due(id, roundsDone, at));
        }
    }

    /** A round has ended without an acknowledgement; the next one may start at the given time. */
    synchronized void again(EntryId id, int roundsDone, long at) {
        due.add(new Due(id, roundsDone, at));
    }

    /** The entry is put aside: it stays known and is not handed out until {@link #unpark}. */
    synchronized void park(EntryId id) {
        known.add(id);
        parked.add(id);
    }

    /** An entry that was put aside is due now, with the record of the rounds it has behind it. */
    synchronized void unpark(EntryId id, int roundsDone, long now) {
        if (parked.remove(id) || known.add(id)) {
            due.add(new Due(id, roundsDone, now));
        }
    }

    /** Those of the given entries that are put aside. */
    synchronized List<EntryId> parkedAmong(List<EntryId> ids) {
        return ids.stream().filter(parked::contains).toList();
    }

    /** Forgets what was put aside and is no longer pending: a person discarded it. */
    synchronized void forgetParkedUnless(Predicate<EntryId> pending) {
        parked.removeIf(id -> {
            boolean gone = !pending.test(id);
            if (gone) {
                known.remove(id);
            }
            return gone;
        });
    }

    /** Entries that wait for a later time may be handed out now. */
    synchronized void hasten(Set<EntryId> ids, long now) {
        List<Due> later = due.stream().filter(entry -> ids.contains(entry.id()) && entry.at() > now).toList();
        due.removeAll(new HashSet<>(later));
        later.forEach(entry -> due.add(new Due(entry.id(), entry.roundsDone(), now)));
    }

    /** All that could be handed out, were it time. */
    synchronized Set<EntryId> sendable() {
        Set<EntryId> ids = new HashSet<>();
        due.forEach(entry -> ids.add(entry.id()));
        fresh.forEach(entry -> ids.add(entry.id()));
        return ids;
    }

    /** The given one of {@link #sendable()}, to hand out now whatever its time; null when it is not there any more. */
    synchronized Next take(EntryId id) {
        for (Due entry : due) {
            if (entry.id().equals(id)) {
                due.remove(entry);
                return Next.of(entry);
            }
        }
        for (Entry entry : fresh) {
            if (entry.id().equals(id)) {
                fresh.remove(entry);
                return Next.of(entry);
            }
        }
        return null;
    }

    /** The entry is no longer this consumer's business: acknowledged, or left to the next look at the pending list. */
    synchronized void forget(EntryId id) {
        known.remove(id);
        unacknowledged.remove(id);
        parked.remove(id);
    }

    /** The entry has earned its acknowledgement but Redis has not taken it: it is acknowledged again, never handed out again. */
    synchronized void keepToAcknowledge(EntryId id) {
        unacknowledged.add(id);
    }

    synchronized List<EntryId> toAcknowledge() {
        return new ArrayList<>(unacknowledged);
    }

    /** What was read and not handed out is left to the next look at the pending list: by then others may have dealt with it. */
    synchronized void forgetFresh() {
        fresh.forEach(entry -> known.remove(entry.id()));
        fresh.clear();
    }

    synchronized boolean hasFresh() {
        return !fresh.isEmpty();
    }

    /** The entry to hand out now, or null. */
    synchronized Next next(long now) {
        Due first = due.peek();
        boolean ready = first != null && first.at() <= now;
        if (ready && (first.at() == AT_ONCE || fresh.isEmpty() || !freshHasTurn)) {
            freshHasTurn = true;
            due.remove();
            return Next.of(first);
        }
        Entry entry = fresh.poll();
        if (entry == null) {
            return null;
        }
        freshHasTurn = false;
        return Next.of(entry);
    }

    /** When the next entry is due, {@link Long#MAX_VALUE} when none is scheduled. */
    synchronized long nextDue() {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().at();
    }
}
