package io.github.passerelle.tracking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;

/**
 * All entries that were read and not acknowledged, oldest first, as one look through the pending list finds them.
 *
 * @param open      those that are tried again by themselves
 * @param collected those that are booked together with the close of their session
 * @param parked    those that are put aside
 */
record PendingList(List<EntryStatus> open, List<EntryStatus> collected, Map<EntryId, EntryStatus> parked) {

    private static final int PAGE = 1000;

    static PendingList read(RedisStreamsAdmin admin) throws InterruptedException {
        List<EntryStatus> open = new ArrayList<>();
        List<EntryStatus> collected = new ArrayList<>();
        Map<EntryId, EntryStatus> parked = new LinkedHashMap<>();
        EntryId last = EntryId.MIN;
        List<EntryStatus> page;
        do {
            page = admin.pendingAfter(last, PAGE);
            for (EntryStatus entry : page) {
                switch (entry.state()) {
                    case PARKED -> parked.put(entry.id(), entry);
                    case GATHERED -> collected.add(entry);
                    case DUE, SCHEDULED, HELD -> open.add(entry);
                }
                last = entry.id();
            }
        } while (page.size() == PAGE);
        return new PendingList(open, collected, parked);
    }

    Map<EntryId, EntryStatus> byId() {
        Map<EntryId, EntryStatus> all = new LinkedHashMap<>(parked);
        collected.forEach(entry -> all.put(entry.id(), entry));
        open.forEach(entry -> all.put(entry.id(), entry));
        return all;
    }
}
