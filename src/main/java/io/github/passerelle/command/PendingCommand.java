package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Listing;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What was read and is neither delivered nor quarantined.
 */
@Command(name = "pending", description = { "Lists the entries that were read and are neither delivered nor quarantined, oldest first. They are"
                                           + " sent by themselves: there is nothing to decide.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:Redis was asked.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE })
public class PendingCommand extends TrackingCommand {

    static final int SHOWN = 100;

    @Option(names = "--all", description = "All of them; else the oldest " + SHOWN + ".")
    private boolean all;

    public PendingCommand() {
        this(Settings::load);
    }

    PendingCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        Listing listing = tracking.queries().pending(all ? Integer.MAX_VALUE : SHOWN);
        if (isJson()) {
            ObjectNode json = Json.object().put("total", listing.total());
            EntryJson.putWorker(json, listing.worker());
            EntryJson.putAll(json.putArray("entries"), listing.entries());
            Json.write(json, out);
            return DONE;
        }
        if (listing.total() == 0) {
            out.println("Nothing is pending.");
            return DONE;
        }
        sentence(out, summary(listing));
        out.println();
        EntryTable.states(listing.entries(), listing.worker()).print(out);
        return DONE;
    }

    private static String summary(Listing listing) {
        long shown = listing.entries().size();
        String which = shown < listing.total() ? ", of which these are the oldest " + shown + " (--all shows all)" : "";
        return (Words.count(listing.total(), "entry is pending", "entries are pending") + which + ". "
                + Words.hindrance(listing.worker())).strip();
    }
}
