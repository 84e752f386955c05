/**
 * The {@code redis-streams} component: reads a Redis Stream as a member of a consumer group, keeps what was not acknowledged and hands it
 * out again, and writes to streams. Knows Redis and Camel and nothing of what the entries mean.
 */
package io.github.passerelle.camel.redisstreams;
