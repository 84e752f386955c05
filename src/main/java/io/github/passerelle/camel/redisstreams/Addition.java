package io.github.passerelle.camel.redisstreams;

import java.util.Map;

/**
 * One entry to add.
 *
 * @param fields    its content
 * @param id        null when Redis gives it one
 * @param maxLen    how many entries the stream keeps; 0 for all
 * @param minId     the oldest entry that the stream keeps; null for all
 * @param exactTrim whether Redis drops precisely what is too much, or only what it can drop cheaply
 */
record Addition(Map<String, byte[]> fields, EntryId id, int maxLen, EntryId minId, boolean exactTrim) {
}
