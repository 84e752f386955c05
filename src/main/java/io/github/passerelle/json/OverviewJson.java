package io.github.passerelle.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.tracking.Overview;

/**
 * How things are, for programs: every field is always there, null where nothing is known.
 */
public final class OverviewJson {

    private OverviewJson() {
    }

    public static ObjectNode put(ObjectNode object, Overview overview) {
        EntryJson.putWorker(object, overview.worker());
        object.put("waiting", overview.waiting());
        ObjectNode pending = object.putObject("pending").put("due", overview.due()).put("scheduled", overview.scheduled())
                .put("next_try_at", EntryJson.text(overview.nextTry())).put("last_cause", overview.lastCause());
        ObjectNode failing = pending.putObject("by_cause");
        overview.failing().forEach(failing::put);
        object.put("held", overview.held()).put("collected", overview.collected())
                .put("oldest_collected_at", EntryJson.text(overview.oldestCollected()));
        ObjectNode causes = object.putObject("quarantined").put("total", overview.totalQuarantined()).putObject("by_cause");
        overview.quarantined().forEach(causes::put);
        object.put("oldest_undelivered_at", EntryJson.text(overview.oldestUndelivered()))
                .put("oldest_quarantined_at", EntryJson.text(overview.oldestQuarantined()))
                .put("trimmed_before_read", overview.trimmed());
        HeadRoom room = overview.headRoom();
        if (room == null) {
            object.putNull("head_room");
        } else {
            object.putObject("head_room").put("undelivered", room.undelivered()).put("kept", room.kept()).put("percent", room.percent())
                    .put("short", room.isShort());
        }
        return object;
    }
}
