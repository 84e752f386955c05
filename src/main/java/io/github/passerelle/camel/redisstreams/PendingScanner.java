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
    private final Time time;
    private final long longestDelay;

    PendingScanner(RedisStream stream, Backlog backlog, Time time, long longestDelay) {
        this.stream = stream;
        this.backlog = backlog;
        this.time = time;
        this.longestDelay = longestDelay;
    }

    /** @param more entries that are pending as well, though not under this consumer's name */
    void scan(List<EntryId> more) throws InterruptedException {
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
        backlog.forgetParkedUnless(pending::contains);
    }

    private void add(List<EntryId> ids) throws InterruptedException {
        List<EntryId> unknown = ids.stream().filter(id -> !backlog.knows(id)).toList();
        Map<EntryId, Round> rounds = stream.rounds(unknown);
        for (EntryId id : unknown) {
            Round round = rounds.getOrDefault(id, Round.NONE);
            if (round.isParked()) {
                backlog.park(id);
            } else {
                backlog.addPending(id, round.done(), dueAt(round));
            }
        }
        // the word that a person had one tried again may have been lost on its way
        replay(stream.notParked(backlog.parkedAmong(ids)));
    }

    /** What a person made due. */
    void replay(List<EntryId> ids) throws InterruptedException {
        Map<EntryId, Round> rounds = stream.rounds(ids);
        for (EntryId id : ids) {
            Round round = rounds.getOrDefault(id, Round.NONE);
            if (!round.isParked()) {
                backlog.unpark(id, round.done(), time.ticks());
            }
        }
    }

    private long dueAt(Round round) {
        if (round.done() == 0) {
            // it was in progress when an earlier process ended
            return Backlog.AT_ONCE;
        }
        // a clock that was changed must not put an entry off for longer than the longest delay
        return time.ticks() + Math.max(0, Math.min(round.dueMillis() - time.wallClock(), longestDelay));
    }
}
