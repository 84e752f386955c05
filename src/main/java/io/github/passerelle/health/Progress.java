package io.github.passerelle.health;

import java.time.Instant;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Channel;

/**
 * Whether what there is to deliver gets on.
 */
record Progress(StreamStatus stream, ConsumerStatus consumer, Channel channel) {

    /**
     * Either everything has failed for long and something is left, although it may be scheduled for later; or something has been waiting or
     * due for long and nothing has succeeded in the meantime.
     *
     * @param since what lies before it is long ago
     */
    boolean isStalled(Instant since) {
        if (stream.pending() > consumer.held() && isBefore(channel.failingSince(), since)) {
            return true;
        }
        boolean left = isBefore(stream.oldestWaiting(), since) || isBefore(consumer.nextDue(), since);
        return left && isBefore(channel.startedAt(), since)
                && (channel.lastSuccessAt() == null || isBefore(channel.lastSuccessAt(), since));
    }

    private static boolean isBefore(Instant time, Instant since) {
        return time != null && time.isBefore(since);
    }
}
