package io.github.passerelle.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;

/** What is kept of entries that are or were put aside, or were discarded; read page by page, so that Redis is never kept for long. */
final class Records {

    private static final int PAGE = 500;

    private interface Pages {
        List<ParkedEntry> page(int skip, int max) throws InterruptedException;
    }

    private final RedisStreamsAdmin admin;

    Records(RedisStreamsAdmin admin) {
        this.admin = admin;
    }

    /** Those that are listed as put aside, the latest first. */
    List<ParkedEntry> parked(int max) throws InterruptedException {
        List<ParkedEntry> records = new ArrayList<>();
        forEach(admin::parked, max, records::add);
        return records;
    }

    /** Those that are put aside no longer, and those that were discarded, the latest first. */
    List<ParkedEntry> closed() throws InterruptedException {
        List<ParkedEntry> records = new ArrayList<>();
        forEach(admin::closed, Integer.MAX_VALUE, records::add);
        return records;
    }

    Map<EntryId, ParkedEntry> of(Collection<EntryId> ids) throws InterruptedException {
        Map<EntryId, ParkedEntry> records = new HashMap<>();
        List<EntryId> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += PAGE) {
            admin.records(all.subList(i, Math.min(all.size(), i + PAGE))).forEach(record -> records.put(record.id(), record));
        }
        return records;
    }

    private static void forEach(Pages pages, int max, Consumer<ParkedEntry> consumer) throws InterruptedException {
        int read = 0;
        int wanted;
        List<ParkedEntry> page;
        do {
            wanted = Math.min(PAGE, max - read);
            page = wanted == 0 ? List.of() : pages.page(read, wanted);
            page.forEach(consumer);
            read += wanted;
        } while (wanted > 0 && page.size() == wanted);
    }
}
