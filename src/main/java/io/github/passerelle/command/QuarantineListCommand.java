package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Listing;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What is put aside.
 */
@Command(name = "list", description = { "Lists what is quarantined, the latest first, with the cause and with Paheko's own words.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:Redis was asked.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE })
public class QuarantineListCommand extends TrackingCommand {

    static final int SHOWN = 100;

    @Option(names = "--all", description = "All of them; else the latest " + SHOWN + ".")
    private boolean all;

    @Option(names = "--closed", description = "Not those that are quarantined, but those that were and are no longer, and those that were discarded"
                                              + " or released: what was decided, by whom and why. It is kept for 400 days.")
    private boolean closed;

    public QuarantineListCommand() {
        this(Settings::load);
    }

    QuarantineListCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        int max = all ? Integer.MAX_VALUE : SHOWN;
        Listing listing = closed ? tracking.queries().closed(max) : tracking.queries().quarantined(max);
        if (isJson()) {
            ObjectNode json = Json.object().put("total", listing.total());
            EntryJson.putWorker(json, listing.worker());
            EntryJson.putAll(json.putArray("entries"), listing.entries());
            Json.write(json, out);
        } else if (listing.total() == 0) {
            out.println(closed ? "Nothing was decided in the last 400 days." : "Nothing is quarantined.");
        } else {
            write(listing, out);
        }
        return DONE;
    }

    private void write(Listing listing, PrintWriter out) {
        List<TrackedEntry> entries = listing.entries();
        String which = entries.size() < listing.total() ? " These are the latest " + entries.size() + "; --all shows all." : "";
        if (closed) {
            sentence(out, Words.count(listing.total(), "entry is", "entries are") + " quarantined no longer." + which);
            out.println();
            EntryTable.states(entries, listing.worker()).print(out);
            return;
        }
        sentence(out, Words.count(listing.total(), "entry is", "entries are") + " quarantined: not tried again until a person decides." + which);
        out.println();
        EntryTable.quarantine(entries).print(out);
        out.println();
        long damaged = entries.stream().filter(entry -> entry.damage() != null).count();
        if (damaged > 0) {
            sentence(out, "What is kept of " + Words.count(damaged, "entry", "entries") + " is damaged; what to do stands there.");
        }
        sentence(out, "To have one sent again: " + Words.PROGRAM + "quarantine replay <entry>");
        sentence(out, "To give one up: " + Words.PROGRAM + "quarantine discard <entry> --author ... --reason ...");
    }
}
