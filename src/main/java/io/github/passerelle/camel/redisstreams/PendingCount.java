package io.github.passerelle.camel.redisstreams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.redisson.api.RScript.ReturnType;

/**
 * Counts the pending entries of a group in Redis, page by page, so that Redis is never kept for long.
 */
final class PendingCount {

    private static final int PAGE = 1000;

    private final Commands commands;
    private final Keys keys;
    private final List<EntryStatus> open = new ArrayList<>();
    private final Map<String, Long> parked = new HashMap<>();
    private long gathered;
    private EntryId oldestGathered;
    private EntryId oldestParked;

    PendingCount(Commands commands, Keys keys) {
        this.commands = commands;
        this.keys = keys;
    }

    /** @param member of notes that are JSON objects: those that are put aside are counted by its value */
    PendingSummary by(String member) throws InterruptedException {
        String last = EntryId.MIN.toString();
        while (!last.isEmpty()) {
            List<String> page = commands.await(commands.<List<String>> read(Scripts.SUMMARY, ReturnType.MULTI,
                    List.of(keys.stream(), keys.due(), keys.quarantine()), keys.group(), last, String.valueOf(PAGE), member));
            add(page);
            last = page.get(0);
        }
        return new PendingSummary(open, gathered, oldestGathered, parked, oldestParked);
    }

    private void add(List<String> page) {
        gathered += Long.parseLong(page.get(1));
        oldestGathered = oldestGathered == null ? id(page.get(2)) : oldestGathered;
        oldestParked = oldestParked == null ? id(page.get(3)) : oldestParked;
        int others = 5 + 2 * Integer.parseInt(page.get(4));
        for (int i = 5; i < others; i += 2) {
            parked.merge(page.get(i), Long.valueOf(page.get(i + 1)), Long::sum);
        }
        for (int i = others; i < page.size(); i += 3) {
            open.add(EntryStatus.of(EntryId.parse(page.get(i)), page.get(i + 1), Round.parse(page.get(i + 2))));
        }
    }

    private static EntryId id(String text) {
        return text.isEmpty() ? null : EntryId.parse(text);
    }
}
