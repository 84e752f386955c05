package io.github.passerelle.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.tracking.Listing;
import io.github.passerelle.tracking.Queries;
import io.github.passerelle.tracking.TrackedEntry;

/**
 * What is put aside, the latest first, with the amounts: these never change, and each is looked up once.
 */
final class RefusedEntries {

    private static final int SHOWN = 50;

    private Map<EntryId, Optional<Long>> cents = Map.of();

    synchronized byte[] json(Queries queries) throws InterruptedException {
        Listing listing = queries.quarantined(SHOWN);
        Map<EntryId, Optional<Long>> known = new HashMap<>();
        ObjectNode json = Json.object().put("total", listing.total());
        EntryJson.putWorker(json, listing.worker());
        ArrayNode array = json.putArray("entries");
        for (TrackedEntry entry : listing.entries()) {
            Optional<Long> amount = cents.containsKey(entry.id()) ? cents.get(entry.id()) : queries.cents(entry.id());
            known.put(entry.id(), amount);
            EntryJson.put(array.addObject(), entry).put("cents", amount.orElse(null));
        }
        cents = known;
        return Json.bytes(json);
    }
}
