package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Decided;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Tracking;
import io.github.passerelle.tracking.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * All that is known of one entry that is or was put aside.
 */
@Command(name = "show", description = { "Shows all that is known of one entry that is or was quarantined, or was discarded. What the sale itself"
                                        + " says is not shown.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:It is or was quarantined, or discarded.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE,
                 "3:It is not, and never was as far as is known. The answer says where it is." })
public class QuarantineShowCommand extends TrackingCommand {

    @Parameters(paramLabel = "<entry id>", description = "Such as 1763640000000-0.")
    private String id;

    public QuarantineShowCommand() {
        this(Settings::load);
    }

    QuarantineShowCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        entryId(id);
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        EntryId entryId = entryId(id);
        Worker worker = tracking.queries().worker();
        Optional<TrackedEntry> found = tracking.queries().entry(entryId);
        Optional<Long> size = tracking.queries().size(entryId);
        boolean known = found.isPresent() && isOfQuarantine(found.get());
        if (isJson()) {
            ObjectNode json = Json.object().put("found", known);
            EntryJson.putWorker(json, worker);
            found.ifPresent(entry -> EntryJson.put(json, entry));
            json.put("content_bytes", size.orElse(null));
            Json.write(json, out);
        } else if (found.isEmpty()) {
            sentence(out, "Nothing is known of entry " + entryId + ".");
        } else {
            if (!known) {
                sentence(out, "This entry is not quarantined, and never was as far as is known.");
                out.println();
            }
            EntryText.of(found.get(), worker).add("content", size.map(bytes -> "kept, " + bytes + " bytes")
                    .orElse("lost, or no longer kept: a replay cannot deliver it")).print(out);
        }
        return known ? DONE : NOT_ALL;
    }

    private static boolean isOfQuarantine(TrackedEntry entry) {
        return switch (entry.state()) {
            case QUARANTINED, REPLAYED, DISCARDED, REMOVED -> true;
            case DUE, SCHEDULED, DELIVERED -> entry.decided() != null && entry.decided().what() != Decided.What.RELEASED || entry.damage() != null;
            case WAITING, HELD, COLLECTED, RELEASED -> false;
        };
    }
}
