package io.github.passerelle.camel.redisstreams;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps entries of one order key in the order of the stream. No Redis, no clock, no thread of its own.
 * <p>
 * Of one key at most one entry is in progress. An entry waits for every earlier one of its key that has not had its first round; one that came
 * back from a round, or was put aside, holds up barriers only. A barrier waits for every earlier one of its key that is known at all, until
 * each is gone or gathered, that is left to the barrier, or until it is released; while it waits it holds nobody up. Entries without a key wait
 * for nothing.
 */
final class OrderGate {

    /** The entries of one key. */
    private static final class Line {

        /** All but the gathered ones. */
        private final NavigableSet<EntryId> known = new TreeSet<>();
        private final NavigableSet<EntryId> gathered = new TreeSet<>();
        private final NavigableSet<EntryId> first = new TreeSet<>();
        private final NavigableSet<EntryId> waiting = new TreeSet<>();
        private final Set<EntryId> barriers = new HashSet<>();
        private final Set<EntryId> released = new HashSet<>();
        private EntryId inProgress;

        private boolean mayStart(EntryId id) {
            return inProgress == null && !isHeld(id) && first.headSet(id).stream().allMatch(this::isHeld);
        }

        private boolean isHeld(EntryId id) {
            return barriers.contains(id) && !released.contains(id) && !known.first().equals(id);
        }
    }

    private final Map<String, Line> lines = new HashMap<>();
    private final Map<EntryId, String> keys = new HashMap<>();

    /**
     * Makes an entry known; without effect on one that is.
     *
     * @param back whether it has had its first round
     */
    void add(EntryId id, Order order, boolean back) {
        if (order.key() == null || keys.putIfAbsent(id, order.key()) != null) {
            return;
        }
        Line line = lines.computeIfAbsent(order.key(), key -> new Line());
        line.known.add(id);
        if (!back) {
            line.first.add(id);
        }
        if (!order.isMember()) {
            line.barriers.add(id);
        }
        if (order.isReleased()) {
            line.released.add(id);
        }
    }

    /** The entries that have a key. */
    Set<EntryId> ids() {
        return keys.keySet();
    }

    /** Whether the entry may go now. */
    boolean isFree(EntryId id) {
        Line line = line(id);
        return line == null || line.mayStart(id);
    }

    /** Whether the entry may go now. One that may not waits from now on, and is returned by the call that lets it go. */
    boolean mayStart(EntryId id) {
        Line line = line(id);
        if (line == null || line.mayStart(id)) {
            return true;
        }
        line.waiting.add(id);
        return false;
    }

    void start(EntryId id) {
        Line line = line(id);
        if (line != null) {
            line.waiting.remove(id);
            line.inProgress = id;
        }
    }

    /**
     * The entry is no longer in progress, and is still to be delivered.
     *
     * @return the one that may go now
     */
    Optional<EntryId> back(EntryId id) {
        Line line = line(id);
        if (line == null) {
            return Optional.empty();
        }
        line.first.remove(id);
        return next(line, id);
    }

    /**
     * The entry is no longer in progress, and yet its round has not ended: it keeps its place.
     *
     * @return the one that may go now
     */
    Optional<EntryId> interrupt(EntryId id) {
        Line line = line(id);
        return line == null ? Optional.empty() : next(line, id);
    }

    /**
     * The entry is no longer in progress, and is left to the barrier of its key.
     *
     * @return the one that may go now
     */
    Optional<EntryId> gather(EntryId id) {
        Line line = line(id);
        if (line == null) {
            return Optional.empty();
        }
        line.known.remove(id);
        line.first.remove(id);
        line.gathered.add(id);
        return next(line, id);
    }

    /** The entry must be looked at again before the barrier of its key. */
    void isNotGathered(EntryId id) {
        Line line = line(id);
        if (line != null && line.gathered.remove(id)) {
            line.known.add(id);
        }
    }

    /** All that is left to a barrier of this one's key, if it is one. */
    Set<EntryId> gatheredWith(EntryId barrier) {
        Line line = line(barrier);
        return line == null || !line.barriers.contains(barrier) ? Set.of() : Set.copyOf(line.gathered);
    }

    /** What is left to a barrier. */
    NavigableSet<EntryId> gatheredFor(EntryId barrier) {
        Line line = line(barrier);
        return line == null || !line.barriers.contains(barrier) ? new TreeSet<>() : new TreeSet<>(line.gathered.headSet(barrier));
    }

    /**
     * The entry is gone: acknowledged, or no longer this consumer's business.
     *
     * @return the one that may go now
     */
    Optional<EntryId> remove(EntryId id) {
        Line line = line(id);
        if (line == null) {
            return Optional.empty();
        }
        line.known.remove(id);
        line.gathered.remove(id);
        line.first.remove(id);
        line.waiting.remove(id);
        line.barriers.remove(id);
        line.released.remove(id);
        String key = keys.remove(id);
        if (line.known.isEmpty() && line.gathered.isEmpty()) {
            lines.remove(key);
            return Optional.empty();
        }
        return next(line, id);
    }

    /**
     * Lets a barrier go although earlier ones are not gone.
     *
     * @return the one that may go now
     */
    Optional<EntryId> release(EntryId id) {
        Line line = line(id);
        if (line == null) {
            return Optional.empty();
        }
        line.released.add(id);
        return next(line, null);
    }

    /** Whether the entry is a barrier that waits for one that came back from a round or was put aside, and so perhaps for long. */
    boolean isHeldUp(EntryId id) {
        Line line = line(id);
        return line != null && line.isHeld(id) && line.known.headSet(id).stream().anyMatch(earlier -> !line.first.contains(earlier));
    }

    private static Optional<EntryId> next(Line line, EntryId ended) {
        if (ended != null && ended.equals(line.inProgress)) {
            line.inProgress = null;
        }
        // where the first that is not held may not go, none behind it may
        Optional<EntryId> next = line.waiting.stream().filter(id -> !line.isHeld(id)).findFirst().filter(line::mayStart);
        next.ifPresent(line.waiting::remove);
        return next;
    }

    private Line line(EntryId id) {
        String key = keys.get(id);
        return key == null ? null : lines.get(key);
    }
}
