package io.github.passerelle.command;

import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Overview;

/**
 * How things are, for programs.
 */
final class OverviewJson {

    private OverviewJson() {
    }

    static ObjectNode of(Overview overview, OverviewWords words, Settings settings) {
        ObjectNode json = Json.object().put("summary", words.summary())
                .put("condition", overview.condition().name().toLowerCase(Locale.ROOT));
        words.attention().forEach(json.putArray("attention")::add);
        json.put("at", overview.at().toString()).put("stream", settings.redis().stream()).put("group", settings.redis().group());
        EntryJson.putWorker(json, overview.worker());
        json.put("waiting", overview.waiting());
        ObjectNode pending = json.putObject("pending").put("due", overview.due()).put("scheduled", overview.scheduled())
                .put("next_try_at", EntryJson.text(overview.nextTry())).put("last_cause", overview.lastCause());
        ObjectNode failing = pending.putObject("by_cause");
        overview.failing().forEach(failing::put);
        json.put("held", overview.held());
        ObjectNode causes = json.putObject("quarantined").put("total", overview.totalQuarantined()).putObject("by_cause");
        overview.quarantined().forEach(causes::put);
        json.put("oldest_undelivered_at", EntryJson.text(overview.oldestUndelivered()))
                .put("oldest_quarantined_at", EntryJson.text(overview.oldestQuarantined()))
                .put("trimmed_before_read", overview.trimmed());
        HeadRoom room = overview.headRoom();
        if (room == null) {
            json.putNull("head_room");
        } else {
            json.putObject("head_room").put("undelivered", room.undelivered()).put("kept", room.kept()).put("percent", room.percent())
                    .put("short", room.isShort());
        }
        return json;
    }
}
