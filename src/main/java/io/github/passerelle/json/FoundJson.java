package io.github.passerelle.json;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.tracking.Found;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedEntry;

/**
 * What an id names, for programs.
 */
public final class FoundJson {

    private FoundJson() {
    }

    /** @param id what was asked for */
    public static ObjectNode of(String id, Found found) {
        ObjectNode json = Json.object().put("id", id).put("found", !found.entries().isEmpty())
                .put("what", found.entries().isEmpty() ? null : found.what().name().toLowerCase(Locale.ROOT));
        EntryJson.putWorker(json, found.worker());
        ObjectNode counts = json.putObject("counts");
        counts(found).forEach((state, count) -> counts.put(state.code(), count));
        EntryJson.putAll(json.putArray("entries"), found.entries());
        return json;
    }

    private static Map<State, Long> counts(Found found) {
        return found.entries().stream().collect(Collectors.groupingBy(TrackedEntry::state, TreeMap::new, Collectors.counting()));
    }
}
