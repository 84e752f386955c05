package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * What a consumer is doing.
 *
 * @param running    whether it is started and not suspended
 * @param connected  whether its last exchange with Redis succeeded
 * @param error      what Redis answered, or why it could not be reached; null while connected
 * @param active     whether it is the one at work; false while it stands by for another
 * @param inProgress entries that are being routed, or wait for a redelivery
 * @param held       entries that wait for others of their order key which take their time, or for a person to release them
 * @param pausedSince since when nothing new is read as the receiver seems to be at fault; null when it is not so
 * @param nextDue    when the next entry that was left pending is tried again, in the past when it is overdue; null when there is none
 */
public record ConsumerStatus(boolean running, boolean connected, String error, boolean active, int inProgress, int held, Instant pausedSince,
                             Instant nextDue) {
}
