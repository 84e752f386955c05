package io.github.passerelle.command;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.tracking.Outcome;
import io.github.passerelle.tracking.Outcome.Result;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Worker;

/**
 * What became of the decisions about some entries.
 */
final class OutcomeWords {

    private final String done;
    private final String verb;
    private final boolean sends;

    /**
     * @param done  what was done to an entry, such as {@code replayed}
     * @param sends whether the entries are sent then
     */
    OutcomeWords(String done, boolean sends) {
        this.done = done;
        this.verb = Character.toUpperCase(done.charAt(0)) + done.substring(1);
        this.sends = sends;
    }

    String of(Outcome outcome) {
        TrackedEntry entry = outcome.entry();
        return switch (outcome.result()) {
            case DONE -> done;
            case ALREADY -> already(entry);
            case IN_PROGRESS -> "not " + done + ": it is being sent, or is about to be. Ask again later, or stop Passerelle before.";
            case NOT_QUARANTINED -> "not " + done + ": it is not quarantined, and " + (entry != null && entry.state() == State.HELD
                    ? "is held until the earlier entries of its session are gone. " + Words.toSeeWhatHolds(entry)
                    : "is sent again by itself" + (entry == null || entry.nextTry() == null ? "." : " at " + Times.of(entry.nextTry()) + "."));
            case NOT_READ -> "not " + done + ": it was not read yet. It waits in the stream, and is sent by itself.";
            case DELIVERED -> "not " + done + ": it was delivered" + (entry.since() == null ? "." : " at " + Times.of(entry.since()) + ".");
            case DISCARDED -> "not " + done + ": it was " + Words.decided(entry.decided()) + ".";
            case REMOVED -> "not " + done + ": it was acknowledged by other means than those of Passerelle, and is off the list now.";
            case UNKNOWN -> "not " + done + ": nothing is known of this entry. Is the id right? It may also have been delivered and then"
                            + " dropped from the stream.";
        };
    }

    private String already(TrackedEntry entry) {
        if (entry == null) {
            return "nothing to do: it was " + done + " already.";
        }
        if (entry.state() == State.DELIVERED) {
            return "nothing to do: it was delivered" + (entry.since() == null ? "." : " at " + Times.of(entry.since()) + ".");
        }
        return "nothing to do: it was " + (entry.decided() == null ? done + " already" : Words.decided(entry.decided())) + ".";
    }

    String summary(List<Outcome> outcomes, Worker worker) {
        long did = outcomes.stream().filter(outcome -> outcome.result() == Result.DONE).count();
        long well = outcomes.stream().filter(outcome -> outcome.result().isWell()).count();
        return verb + ": " + did + " of " + outcomes.size() + "." + (well > did ? " Nothing to do: " + (well - did) + "." : "")
               + (well < outcomes.size() ? " Not " + done + ": " + (outcomes.size() - well) + "." : "")
               + (sends && did > 0 ? " " + due(did, worker) : "");
    }

    private static String due(long count, Worker worker) {
        String they = count == 1 ? "it is" : "they are";
        if (!worker.atWork()) {
            return "No worker is at work: " + they + " sent at the next start of Passerelle.";
        }
        return worker.pausedSince() == null ? "The worker is at work: " + they + " sent at once."
                : "The worker is at work, but sending is paused since " + Times.of(worker.pausedSince()) + ": " + they
                  + " sent as soon as Paheko takes one.";
    }

    ObjectNode json(List<Outcome> outcomes, Worker worker) {
        ObjectNode json = Json.object().put(done, outcomes.stream().filter(outcome -> outcome.result() == Result.DONE).count())
                .put("total", outcomes.size()).put("summary", summary(outcomes, worker));
        EntryJson.putWorker(json, worker);
        ArrayNode array = json.putArray("entries");
        for (Outcome outcome : outcomes) {
            ObjectNode object = array.addObject().put("entry", outcome.id().toString()).put("ok", outcome.result().isWell())
                    .put("result", outcome.result().name().toLowerCase(Locale.ROOT)).put("message", of(outcome));
            if (outcome.entry() == null) {
                object.putNull("now");
            } else {
                EntryJson.put(object.putObject("now"), outcome.entry());
            }
        }
        return json;
    }
}
