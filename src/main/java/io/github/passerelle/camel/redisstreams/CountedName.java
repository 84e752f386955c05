package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * A name under which acknowledgements have counted: {@link Counters#name()}.
 *
 * @param name what was counted
 * @param at   when an acknowledgement last counted under it
 */
public record CountedName(String name, Instant at) {
}
