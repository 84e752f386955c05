package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.time.Instant;

/**
 * What a consumer is doing.
 *
 * @param running    whether it is started and not suspended
 * @param connected  whether its last exchange with Redis succeeded
 * @param error      what Redis answered, or why it could not be reached; null while connected
 * @param active     whether it is the one at work; false while it stands by for another
 * @param activeFor  for how long it has been that, on a clock that nobody can set; null while it is not, or another one
 *                   may be
 * @param inProgress entries that are being routed, or wait for a redelivery
 * @param held       entries that wait for others of their order key which take their time, or for a person to release them
 * @param gathered   entries that wait to be acknowledged with the barrier of their order key
 * @param gatheredFor for how long the oldest of these has been in the stream; null when there is none
 * @param pausedSince since when nothing new is read as the receiver seems to be at fault; null when it is not so
 * @param overdue    for how long the next entry that was left pending should have been tried again, zero or less when its time has not come, on
 *                   a clock that nobody can set; null when there is none
 * @param oldestOpen when the oldest entry was written that was read and is neither acknowledged nor held, gathered or put aside, as far as this consumer
 *                   knows; null when there is none
 * @param acknowledgementFailures how often Redis did not take an acknowledgement, since the consumer was made; each is repeated
 */
public record ConsumerStatus(boolean running, boolean connected, String error, boolean active, Duration activeFor, int inProgress, int held, int gathered, Duration gatheredFor, Instant pausedSince,
                             Duration overdue, Instant oldestOpen, long acknowledgementFailures) {
}
