package io.github.passerelle.camel.redisstreams;

import java.util.Map;

/**
 * One entry of a stream: names as text, values as the bytes that lie in Redis.
 *
 * @param fields null when the stream holds it no more
 * @param found  the exchange properties that travel with it into its route
 */
record Entry(EntryId id, Map<String, byte[]> fields, Map<String, Object> found) {

    Entry(EntryId id, Map<String, byte[]> fields) {
        this(id, fields, Map.of());
    }

    static Entry trimmed(EntryId id) {
        return new Entry(id, null);
    }

    /** In bytes. */
    long size() {
        return isTrimmed() ? 0 : fields.values().stream().mapToLong(value -> value.length).sum();
    }

    boolean isTrimmed() {
        return fields == null;
    }
}
