package io.github.passerelle.page;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.tracking.Period;
import io.github.passerelle.tracking.Queries;

/**
 * What happened in the last day, by the hour, and in the last week, by the day.
 */
final class History {

    private static final int HOURS = 24;
    private static final int DAYS = 7;

    private History() {
    }

    static byte[] json(Queries queries) throws InterruptedException {
        ObjectNode json = Json.object();
        put(json.putArray("hours"), queries.hours(HOURS));
        put(json.putArray("days"), queries.days(DAYS));
        return Json.bytes(json);
    }

    private static void put(ArrayNode array, List<Period> periods) {
        periods.forEach(period -> array.addObject().put("start", EntryJson.text(period.start())).put("delivered", period.delivered())
                .put("tickets", period.tickets()).put("repeated", period.repeated()).put("failed", period.failed()).put("refused", period.refused())
                .put("discarded", period.discarded()).put("cents", period.cents()).put("backlog", period.backlog()));
    }
}
