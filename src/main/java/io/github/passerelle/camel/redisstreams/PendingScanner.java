package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.Map;

/**
 * Looks through a consumer's whole pending list, page by page, and puts into the backlog what is not known there yet.
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

    void scan() throws InterruptedException {
        EntryId last = EntryId.MIN;
        List<EntryId> page;
        do {
            page = stream.pendingAfter(last, PAGE);
            List<EntryId> unknown = page.stream().filter(id -> !backlog.knows(id)).toList();
            Map<EntryId, Round> rounds = stream.rounds(unknown);
            for (EntryId id : unknown) {
                Round round = rounds.getOrDefault(id, Round.NONE);
                // a clock that was changed must not put an entry off for longer than the longest delay
                long wait = Math.min(round.dueMillis() - time.wallClock(), longestDelay);
                backlog.addPending(id, round.done(), wait <= 0 ? Backlog.AT_ONCE : time.ticks() + wait);
            }
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == PAGE);
    }
}
