package io.github.passerelle.camel.redisstreams;

import java.util.List;

/**
 * What an acknowledgement counts, in the same step and only once: neither a repeated acknowledgement nor another entry under the same key counts
 * again. Given to {@code operation=ack} as the exchange property {@link RedisStreamsConstants#COUNTERS}.
 *
 * @param scope  within which the key counts once, and which {@link RedisStreamsAdmin#counted} lists; empty for none: the key then counts once
 *               in 30 days
 * @param once   the key under which it counts once. It is remembered for 400 days, or for 30 days after the last one of its scope
 * @param last   whether nothing more is expected for this scope
 * @param counts what grows in which hash
 */
public record Counters(String scope, String once, boolean last, List<Count> counts) {

    static final Counters NONE = new Counters("", "", false, List.of());
}
