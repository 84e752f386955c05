package io.github.passerelle.camel.redisstreams;

import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns before the producer's limit drops undelivered entries: once, and again only after the danger was over. */
final class HeadRoomWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HeadRoomWatch.class);

    private final String stream;
    private boolean warned;

    HeadRoomWatch(String stream) {
        this.stream = stream;
    }

    void look(StreamStatus status) {
        Optional<HeadRoom> room = HeadRoom.of(status);
        if (room.isPresent() && room.get().isShort() && !warned) {
            warned = true;
            LOG.warn("{} % of what stream {} keeps is not delivered ({} of {} entries): soon its producer will drop entries that were never"
                     + " delivered. Find out why they are not delivered, and have the producer keep more (its MAXLEN) until they are",
                    room.get().percent(), stream, room.get().undelivered(), room.get().kept());
        } else if (room.isPresent() && room.get().isAmple()) {
            // where Redis cannot tell, the danger is not over
            warned = false;
        }
    }
}
