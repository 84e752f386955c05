package io.github.passerelle.camel.redisstreams;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports entries that were trimmed from the stream: those that were pending each once, however often it is met. */
final class TrimmedEntries {

    private static final Logger LOG = LoggerFactory.getLogger(TrimmedEntries.class);

    private final String stream;
    private final Set<EntryId> reported = ConcurrentHashMap.newKeySet();

    TrimmedEntries(String stream) {
        this.stream = stream;
    }

    void report(EntryId id) {
        if (reported.add(id)) {
            LOG.atError().addKeyValue("correlation_id", id.toString()).addKeyValue("cause", "trimmed")
                    .log("Entry {} was trimmed from stream {} before it was acknowledged: its content is lost; it stays in the pending list",
                            id, stream);
        }
    }

    /** @param count how many more than was known */
    void reportUnread(long count) {
        if (count > 0) {
            LOG.atError().addKeyValue("cause", "trimmed")
                    .log("{} entries were trimmed from stream {} before they were read: their content is lost", count, stream);
        }
    }
}
