package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.SessionJson;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.SessionListing;
import io.github.passerelle.tracking.TrackedSession;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The latest cash sessions.
 */
@Command(name = "list", description = { "Lists the cash sessions: how far each has come, what was delivered of it, and where the totals differ. Those"
                                        + " of which anything was published or delivered last come first.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:Redis was asked.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE })
public class SessionsListCommand extends TrackingCommand {

    static final int SHOWN = 30;

    @Option(names = "--max", paramLabel = "<number>", description = "How many at most; else " + SHOWN + ".")
    private int max = SHOWN;

    public SessionsListCommand() {
        this(Settings::load);
    }

    SessionsListCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        if (max < 1) {
            throw wrong("At least one session must be shown, not " + max + ".");
        }
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        SessionListing listing = tracking.queries().sessions(max);
        if (isJson()) {
            ObjectNode json = Json.object().put("total", listing.total());
            EntryJson.putWorker(json, listing.worker());
            ArrayNode array = json.putArray("sessions");
            listing.sessions().forEach(session -> SessionJson.put(array.addObject(), session));
            Json.write(json, out);
        } else if (listing.total() == 0) {
            out.println("No cash session is known.");
        } else {
            sentence(out, summary(listing));
            out.println();
            SessionTable.of(listing.sessions()).print(out);
            out.println();
            sentence(out, "All that is known of one: " + Words.PROGRAM + "sessions show <session>");
        }
        return DONE;
    }

    private static String summary(SessionListing listing) {
        long shown = listing.sessions().size();
        String which = shown < listing.total() ? ", of which these are the latest " + shown + " (--max shows more)" : "";
        long different = listing.sessions().stream().filter(TrackedSession::isDifferent).count();
        String totals = different == 0 ? "" : " The totals of " + different + " differ: what was delivered is not what the till says.";
        return (Words.count(listing.total(), "cash session", "cash sessions") + which + "." + totals + " " + Words.hindrance(listing.worker()))
                .strip();
    }
}
