package io.github.passerelle.camel.redisstreams;

import java.util.Map;

/**
 * What an acknowledgement counts, in the same step and only once: neither a repeated acknowledgement nor another entry under the same key counts
 * again. Given to {@code operation=ack} as the exchange property {@link RedisStreamsConstants#COUNTERS}.
 *
 * @param name       of the hash that takes it, beside the stream: {@code {<stream>}:counted:<group>:<name>}. It is kept for 400 days
 *                   after it was last written
 * @param once       the key under which it counts once. It is remembered for as long as the hash, or for 30 days after the last one
 * @param increments by how much each field grows
 * @param values     what other fields are set to
 * @param last       whether nothing more is expected for this name
 */
public record Counters(String name, String once, Map<String, Long> increments, Map<String, String> values, boolean last) {

    static final Counters NONE = new Counters("", "", Map.of(), Map.of(), false);
}
