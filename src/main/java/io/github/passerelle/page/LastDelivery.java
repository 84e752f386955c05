package io.github.passerelle.page;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.push.Channel;
import io.github.passerelle.tracking.LastCounted;

/**
 * What was delivered last: as this process remembers it, or else as Redis does, whichever is later.
 *
 * @param at      null when nothing is known
 * @param key     its idempotency key; null when only Redis remembers it
 * @param session its cash session; null when it is not known
 */
record LastDelivery(Instant at, String key, String session) {

    // what is acknowledged is counted right after it was delivered
    private static final long SAME_MILLIS = 5_000;

    static LastDelivery of(Channel channel, Optional<LastCounted> counted) {
        Instant here = channel.lastSuccessAt();
        if (here == null || counted.isPresent() && counted.get().at().isAfter(here.plusMillis(SAME_MILLIS))) {
            return counted.map(found -> new LastDelivery(found.at(), null, found.session())).orElse(new LastDelivery(null, null, null));
        }
        return new LastDelivery(here, channel.lastDelivered(), null);
    }

    void put(ObjectNode object) {
        if (at == null) {
            object.putNull("last_delivery");
        } else {
            object.putObject("last_delivery").put("at", EntryJson.text(at)).put("key", key).put("session", session);
        }
    }
}
