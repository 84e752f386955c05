package io.github.passerelle.health;

import java.time.Duration;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Channel;

/**
 * Whether what there is to deliver gets on.
 *
 * @param waiting for how long something has been waiting to be read; null when nothing is
 */
record Progress(StreamStatus stream, ConsumerStatus consumer, Channel channel, Duration waiting) {

    /**
     * Either everything has failed for long and something is left, although it may be scheduled for later; or something has been waiting or
     * due for long and nothing has succeeded in the meantime.
     *
     * @param limit what takes longer takes long
     */
    boolean isStalled(Duration limit) {
        if (stream.pending() > consumer.held() + consumer.gathered() && isLonger(channel.failingFor(), limit)) {
            return true;
        }
        boolean left = isLonger(waiting, limit) || isLonger(consumer.overdue(), limit);
        return left && isLonger(channel.age(), limit) && (channel.sinceSuccess() == null || isLonger(channel.sinceSuccess(), limit));
    }

    private static boolean isLonger(Duration time, Duration limit) {
        return time != null && time.compareTo(limit) > 0;
    }
}
