package io.github.passerelle.camel.redisstreams;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a consumer knows of the entries that it has read and not acknowledged, and which of them goes next. No Redis, no clock, no thread of
 * its own: times are milliseconds on whatever clock the caller uses throughout.
 * <p>
 * What an earlier process had in progress goes first, oldest first. After that, entries whose next round is due take turns with new ones, so
 * that neither can starve the other. One that must wait for others of its key stands aside meanwhile.
 */
final class Backlog {

    /** An entry to hand out; {@code entry} is null when it must be fetched first. */
    record Next(EntryId id, Entry entry, int roundsDone, long at) {

        private Next withoutContent() {
            return new Next(id, null, roundsDone, at);
        }

        private Next dueAt(long time) {
            return new Next(id, entry, roundsDone, time);
        }
    }

    static final long AT_ONCE = Long.MIN_VALUE;

    private final OrderGate gate = new OrderGate();
    private final TreeMap<EntryId, Order> known = new TreeMap<>();
    private final TreeMap<EntryId, Next> fresh = new TreeMap<>();
    private final PriorityQueue<Next> due = new PriorityQueue<>(Comparator.comparingLong(Next::at).thenComparing(Next::id));
    private final Map<EntryId, Next> aside = new HashMap<>();
    private final Map<EntryId, Long> contentsAside = new HashMap<>();
    private final Map<EntryId, Acker.Acknowledgement> unacknowledged = new HashMap<>();
    private final Set<EntryId> parked = new HashSet<>();
    private final Set<EntryId> held = new HashSet<>();
    private final Set<EntryId> gathered = new HashSet<>();
    private boolean freshHasTurn = true;

    /** An entry that was just read for the first time. */
    synchronized void addFresh(Entry entry, Order order) {
        if (known.putIfAbsent(entry.id(), order) == null) {
            gate.add(entry.id(), order, false);
            fresh.put(entry.id(), new Next(entry.id(), entry, 0, AT_ONCE));
        }
    }

    synchronized boolean knows(EntryId id) {
        return known.containsKey(id);
    }

    /** Where a known entry belongs. */
    synchronized Order order(EntryId id) {
        return known.getOrDefault(id, Order.NONE);
    }

    /** An entry found in the pending list, with the record of the rounds it has behind it. */
    synchronized void addPending(EntryId id, Order order, int roundsDone, long at) {
        if (known.putIfAbsent(id, order) == null) {
            gate.add(id, order, roundsDone > 0);
            due.add(new Next(id, null, roundsDone, at));
            // the gate may know it from before
            if (roundsDone > 0) {
                free(gate.back(id));
            }
            if (order.isReleased()) {
                free(gate.release(id));
            }
        }
    }

    /** An entry found in the pending list that was put aside. */
    synchronized void addParked(EntryId id, Order order) {
        if (known.putIfAbsent(id, order) == null) {
            gate.add(id, order, true);
            parked.add(id);
            free(gate.back(id));
        }
    }

    /** Takes over from another one what has earned its acknowledgement. */
    synchronized void inherit(Backlog earlier) {
        earlier.toAcknowledge().forEach(acknowledgement -> {
            EntryId id = acknowledgement.id();
            Order order = earlier.order(id);
            known.put(id, order);
            gate.add(id, order, true);
            unacknowledged.put(id, acknowledgement);
        });
    }

    /** A round has ended without an acknowledgement; the next one may start at the given time. */
    synchronized void again(EntryId id, int roundsDone, long at) {
        due.add(new Next(id, null, roundsDone, at));
        free(gate.back(id));
    }

    /** The entry is put aside: it stays known and is not handed out until {@link #decided}. */
    synchronized void park(EntryId id) {
        parked.add(id);
        free(gate.back(id));
    }

    /** The entry stays known and is not handed out until {@link #decided}, as its route wants a person to look at it. */
    synchronized void hold(EntryId id) {
        held.add(id);
        park(id);
    }

    /** The entry is left to the barrier of its key: it stays known, holds nothing up, and is not handed out any more. */
    synchronized void gather(EntryId id) {
        gathered.add(id);
        free(gate.gather(id));
    }

    /** What is left to a barrier, oldest first. */
    synchronized NavigableSet<EntryId> gatheredFor(EntryId barrier) {
        return gate.gatheredFor(barrier);
    }

    /**
     * A barrier was not handed out, as some that it should have gathered must be looked at first.
     *
     * @param again these
     */
    synchronized void waitForGathered(Next barrier, Collection<EntryId> again) {
        again.forEach(this::lookAgain);
        due.add(barrier.withoutContent());
        free(gate.interrupt(barrier.id()));
    }

    /** What was left to a barrier is handed out again. */
    synchronized void lookAgain(EntryId id) {
        if (gathered.remove(id)) {
            gate.isNotGathered(id);
            due.add(new Next(id, null, 0, AT_ONCE));
        }
    }

    /** The oldest entry that is left to a barrier; empty when there is none. */
    synchronized Optional<EntryId> oldestGathered() {
        return gathered.stream().min(Comparator.naturalOrder());
    }

    /** How many entries are left to a barrier. */
    synchronized int gathered() {
        return gathered.size();
    }

    /** A person decided that an entry may be handed out now, or a barrier may go, with the record of the rounds it has behind it. */
    synchronized void decided(EntryId id, Order order, int roundsDone, long now) {
        held.remove(id);
        if (order.isReleased()) {
            known.computeIfPresent(id, (k, old) -> order);
            free(gate.release(id));
        }
        if (parked.remove(id)) {
            due.add(new Next(id, null, roundsDone, now));
        } else {
            addPending(id, order, roundsDone, now);
        }
    }

    /** Those of the given entries that are put aside. */
    synchronized List<EntryId> parkedAmong(List<EntryId> ids) {
        return ids.stream().filter(id -> parked.contains(id) && !held.contains(id)).toList();
    }

    /** Those of the given entries that are held, as far as is known here. */
    synchronized List<EntryId> heldAmong(List<EntryId> ids) {
        return ids.stream().filter(held::contains).toList();
    }

    /**
     * Forgets what is neither in the pending list nor being worked on: somebody else acknowledged it.
     *
     * @param pending the whole pending list
     */
    synchronized void retain(Set<EntryId> pending) {
        Set<EntryId> idle = new HashSet<>(parked);
        idle.addAll(gathered);
        idle.addAll(aside.keySet());
        due.forEach(next -> idle.add(next.id()));
        gate.ids().stream().filter(id -> !known.containsKey(id)).forEach(idle::add);
        idle.removeAll(pending);
        due.removeIf(next -> idle.contains(next.id()));
        // before any of them could free another one
        idle.forEach(this::removeAside);
        idle.forEach(this::forget);
    }

    /** Entries that wait for a later time may be handed out now. */
    synchronized void hasten(Set<EntryId> ids, long now) {
        List<Next> later = due.stream().filter(next -> ids.contains(next.id()) && next.at() > now).toList();
        due.removeAll(new HashSet<>(later));
        later.forEach(next -> due.add(next.dueAt(now)));
    }

    /** All that could be handed out, were it time. */
    synchronized Set<EntryId> sendable() {
        return Stream.concat(due.stream(), fresh.values().stream()).map(Next::id).filter(gate::isFree).collect(Collectors.toSet());
    }

    /** The given one of {@link #sendable()}, to hand out now whatever its time; null when it is not there any more. */
    synchronized Next take(EntryId id) {
        Next next = fresh.remove(id);
        if (next == null) {
            next = due.stream().filter(candidate -> candidate.id().equals(id)).findFirst().orElse(null);
            due.remove(next);
        }
        if (next != null) {
            gate.start(id);
        }
        return next;
    }

    /** The entry is gone: acknowledged, by whomever. */
    synchronized void forget(EntryId id) {
        unknown(id);
        free(gate.remove(id));
    }

    /**
     * The same of a barrier, and of those that were gathered for it. What came too late for it is handed out again: it has no barrier any more.
     */
    synchronized void forget(EntryId barrier, Collection<EntryId> its) {
        Set<EntryId> left = new HashSet<>(gate.gatheredWith(barrier));
        left.removeAll(its);
        its.forEach(this::forget);
        forget(barrier);
        left.forEach(this::lookAgain);
    }

    /** The entry is left to the next look at the pending list. Until then it keeps its place in the order. */
    synchronized void leave(EntryId id) {
        unknown(id);
        free(gate.interrupt(id));
    }

    private void unknown(EntryId id) {
        known.remove(id);
        unacknowledged.remove(id);
        parked.remove(id);
        held.remove(id);
        gathered.remove(id);
        removeAside(id);
    }

    private Next removeAside(EntryId id) {
        contentsAside.remove(id);
        return aside.remove(id);
    }

    private void free(Optional<EntryId> freed) {
        freed.map(this::removeAside).ifPresent(next -> {
            held.remove(next.id());
            if (next.entry() != null) {
                fresh.put(next.id(), next);
            } else {
                due.add(next);
            }
        });
    }

    /** The entry has earned its acknowledgement but Redis has not taken it: it is acknowledged again, never handed out again. */
    synchronized void keepToAcknowledge(Acker.Acknowledgement acknowledgement) {
        unacknowledged.put(acknowledgement.id(), acknowledgement);
    }

    synchronized boolean isToAcknowledge(EntryId id) {
        return unacknowledged.containsKey(id);
    }

    /** Oldest first. */
    synchronized List<Acker.Acknowledgement> toAcknowledge() {
        return List.copyOf(new TreeMap<>(unacknowledged).values());
    }

    /** What was read and not handed out is left to the next look at the pending list: by then others may have dealt with it. */
    synchronized void leaveFresh() {
        List.copyOf(fresh.keySet()).forEach(id -> {
            fresh.remove(id);
            leave(id);
        });
    }

    /**
     * All that is not in progress is left to a later look at the pending list: by then others may have dealt with it. What has earned its
     * acknowledgement is kept.
     */
    synchronized void leaveAll() {
        Set<EntryId> idle = new HashSet<>(parked);
        idle.addAll(gathered);
        idle.addAll(aside.keySet());
        idle.addAll(fresh.keySet());
        due.forEach(next -> idle.add(next.id()));
        due.clear();
        fresh.clear();
        aside.clear();
        contentsAside.clear();
        idle.forEach(this::forget);
    }

    /** How many entries that were just read wait for their turn. */
    synchronized int fresh() {
        return fresh.size();
    }

    /** How many bytes these are. */
    synchronized long freshBytes() {
        return fresh.values().stream().mapToLong(next -> next.entry().size()).sum();
    }

    /** How many entries that stand aside are held in memory. */
    synchronized int contentsAside() {
        return contentsAside.size();
    }

    /** How many bytes these are. */
    synchronized long bytesAside() {
        return contentsAside.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Entries that stand aside are fetched again when their time comes. */
    synchronized void dropContentsAside() {
        List.copyOf(contentsAside.keySet()).forEach(this::dropContentAside);
    }

    private void dropContentAside(EntryId id) {
        contentsAside.remove(id);
        aside.computeIfPresent(id, (k, next) -> next.withoutContent());
    }

    /** The barriers that wait for something that will take its time, and were not returned before. */
    synchronized List<EntryId> newlyHeld() {
        List<EntryId> newly = aside.keySet().stream().filter(id -> !held.contains(id) && gate.isHeldUp(id)).toList();
        held.addAll(newly);
        // each is taken up from Redis when its time comes, so that nobody decides about it while it is in progress
        newly.forEach(this::dropContentAside);
        return newly;
    }

    /** How many entries wait for others that take their time, or for a person's decision, without being put aside. */
    synchronized int held() {
        return held.size();
    }

    /** The oldest entry that waits for nothing but its turn: neither put aside nor held, nor left to a barrier; empty when there is none. */
    synchronized Optional<EntryId> oldestOpen() {
        return known.keySet().stream().filter(id -> !parked.contains(id) && !held.contains(id) && !gathered.contains(id)).findFirst();
    }

    /** The entry to hand out now, if it is one that was just read and gathers nothing; null when it is another one, or there is none. */
    synchronized Next nextFresh(long now) {
        boolean fresher = !isDueNext(now) && !fresh.isEmpty() && order(fresh.firstKey()).isMember();
        return fresher && gate.isFree(fresh.firstKey()) ? next(now) : null;
    }

    /** The entry to hand out now, or null. */
    synchronized Next next(long now) {
        Next next;
        do {
            next = candidate(now);
            if (next != null && !gate.mayStart(next.id())) {
                aside.put(next.id(), next);
                if (next.entry() != null) {
                    contentsAside.put(next.id(), next.entry().size());
                }
            }
        } while (next != null && aside.containsKey(next.id()));
        if (next != null) {
            gate.start(next.id());
        }
        return next;
    }

    private Next candidate(long now) {
        if (isDueNext(now)) {
            freshHasTurn = true;
            return due.remove();
        }
        freshHasTurn = false;
        return fresh.isEmpty() ? null : fresh.pollFirstEntry().getValue();
    }

    private boolean isDueNext(long now) {
        Next first = due.peek();
        return first != null && first.at() <= now && (first.at() == AT_ONCE || fresh.isEmpty() || !freshHasTurn);
    }

    /** When the next entry is due, {@link Long#MAX_VALUE} when none is scheduled. */
    synchronized long nextDue() {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().at();
    }
}
