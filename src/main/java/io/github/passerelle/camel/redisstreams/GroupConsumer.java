package io.github.passerelle.camel.redisstreams;

import java.time.Duration;

/**
 * A member of a consumer group.
 *
 * @param name    as it calls itself
 * @param pending entries that it has read and nobody has acknowledged
 * @param idle    for how long it has not asked for anything
 */
public record GroupConsumer(String name, long pending, Duration idle) {
}
