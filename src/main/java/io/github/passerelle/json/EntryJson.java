package io.github.passerelle.json;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.push.Dossier;
import io.github.passerelle.tracking.Decided;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Worker;

/**
 * Entries for programs: every field is always there, null where nothing is known.
 */
public final class EntryJson {

    private EntryJson() {
    }

    public static void putWorker(ObjectNode object, Worker worker) {
        object.put("at_work", worker.atWork()).put("paused_since", text(worker.pausedSince()));
    }

    public static void putAll(ArrayNode array, List<TrackedEntry> entries) {
        entries.forEach(entry -> put(array.addObject(), entry));
    }

    public static ObjectNode put(ObjectNode object, TrackedEntry entry) {
        Dossier dossier = entry.dossier();
        object.put("entry", entry.id().toString()).put("state", entry.state().code()).put("published_at", text(entry.id().time()))
                .put("since", text(entry.since())).put("next_try_at", text(entry.nextTry()))
                .put("event", dossier.event()).put("sale", entry.sale()).put("session", dossier.session()).put("key", dossier.key())
                .put("cause", dossier.cause()).put("answer_status", dossier.status()).put("answer", dossier.answer()).put("why", dossier.why())
                .put("tries", dossier.tries()).put("rounds", entry.rounds()).put("first_try_at", time(dossier.first()))
                .put("last_try_at", time(dossier.last())).put("may_be_booked", dossier.mayBeBooked())
                .put("damaged", entry.damage() == null ? null : entry.damage().code());
        Decided decided = entry.decided();
        if (decided == null) {
            object.putNull("decision");
        } else {
            object.putObject("decision").put("what", decided.what().code()).put("at", text(decided.at())).put("author", decided.author())
                    .put("reason", decided.reason());
        }
        return object;
    }

    public static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
