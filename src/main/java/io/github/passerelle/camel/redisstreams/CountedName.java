package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * A scope in which acknowledgements have counted: {@link Counters#scope()}.
 *
 * @param name the scope
 * @param at   when an acknowledgement last counted in it
 */
public record CountedName(String name, Instant at) {
}
