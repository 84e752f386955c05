package io.github.passerelle.camel.redisstreams;

import java.util.Map;

/**
 * The content of an entry.
 *
 * @param id     the entry
 * @param fields names as text, values as the bytes that lie in Redis
 */
public record StreamEntry(EntryId id, Map<String, byte[]> fields) {
}
