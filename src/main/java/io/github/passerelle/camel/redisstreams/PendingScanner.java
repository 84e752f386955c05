package io.github.passerelle.camel.redisstreams;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through a consumer's whole pending list, page by page, and puts into the backlog what is not known there yet, and what is known there
 * for put aside but is not any more.
 */
final class PendingScanner {

    private static final int PAGE = 500;

    private final RedisStream stream;
    private final Backlog backlog;
    private final Orders orders;
    private final Time time;
    private final long longestDelay;
    private final Meanwhile meanwhile;

    PendingScanner(RedisStream stream, Backlog backlog, Orders orders, Time time, long longestDelay, Meanwhile meanwhile) {
        this.meanwhile = meanwhile;
        this.stream = stream;
        this.backlog = backlog;
        this.orders = orders;
        this.time = time;
        this.longestDelay = longestDelay;
    }

    /**
     * @param  more entries that are pending as well, though not under this consumer's name
     * @return      the newest of this consumer's pending entries; {@link EntryId#MIN} when there is none
     */
    EntryId scan(List<EntryId> more) throws InterruptedException {
        Set<EntryId> pending = new HashSet<>(more);
        add(more);
        EntryId last = EntryId.MIN;
        List<EntryId> page;
        do {
            page = stream.pendingAfter(last, PAGE);
            pending.addAll(page);
            add(page);
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        backlog.retain(pending);
        return last;
    }

    private void add(List<EntryId> ids) throws InterruptedException {
        List<EntryId> unknown = ids.stream().filter(id -> !backlog.knows(id)).toList();
        Map<EntryId, Round> rounds = stream.rounds(unknown);
        for (EntryId id : unknown) {
            meanwhile.run();
            Round round = rounds.get(id);
            if (round == null || round.done() == 0 && !round.isHeld() && !round.isParked()) {
                // it was in progress when an earlier process ended, or left to a barrier: whether it still may be is the route's to say
                Order order = round != null && (round.order().isReleased() || round.isGathered()) ? round.order() : order(id);
                backlog.addPending(id, order, 0, Backlog.AT_ONCE);
            } else if (round.isParked()) {
                backlog.addParked(id, round.order());
            } else {
                // a clock that was changed must not put an entry off for longer than the longest delay
                long wait = Math.max(0, Math.min(round.dueMillis() - time.wallClock(), longestDelay));
                backlog.addPending(id, round.order(), round.done(), time.ticks() + wait);
            }
        }
        // the word that a person had one tried again may have been lost on its way
        decided(stream.notParked(backlog.parkedAmong(ids)));
        decided(backlog.heldAmong(ids));
    }

    /** What a person decided about. */
    void decided(List<EntryId> ids) throws InterruptedException {
        Map<EntryId, Round> rounds = stream.rounds(ids);
        for (EntryId id : ids) {
            Round round = rounds.get(id);
            if (round == null && !stream.isPending(id)) {
                backlog.forget(id);
            } else if (round == null || !round.isParked() && !round.isHeld()) {
                Round known = round == null ? Round.NONE : round;
                backlog.decided(id, known.order(), known.done(), time.ticks());
            }
        }
    }

    private Order order(EntryId id) throws InterruptedException {
        if (!orders.areKept()) {
            return Order.NONE;
        }
        Entry entry = stream.entry(id);
        return entry == null ? Order.NONE : orders.of(entry).order();
    }
}
