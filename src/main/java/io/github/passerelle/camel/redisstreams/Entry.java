package io.github.passerelle.camel.redisstreams;

import java.util.Map;

/**
 * One entry of a stream: names as text, values as the bytes that lie in Redis.
 */
record Entry(EntryId id, Map<String, byte[]> fields) {
}
