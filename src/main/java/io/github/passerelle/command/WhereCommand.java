package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.passerelle.json.FoundJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Found;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Where a sale is.
 */
@Command(name = "where", description = { "Says where a sale is on its way, or each entry of a cash session. What the sale itself says is not"
                                         + " shown.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:It was found.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE,
                 "3:It was found nowhere. The answer says what that can mean." })
public class WhereCommand extends TrackingCommand {

    @Parameters(paramLabel = "<id>", description = "The id of an entry (1763640000000-0), of a sale or of a cash session.")
    private String id;

    public WhereCommand() {
        this(Settings::load);
    }

    WhereCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        if (id.isBlank()) {
            throw wrong("The id is empty.");
        }
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        Found found = tracking.queries().where(id.strip());
        if (isJson()) {
            Json.write(FoundJson.of(id.strip(), found), out);
        } else if (found.entries().isEmpty()) {
            nowhere(found, out);
        } else if (found.what() == Found.What.SESSION) {
            session(found, out);
        } else {
            each(found, out);
        }
        return found.entries().isEmpty() ? NOT_ALL : DONE;
    }

    private void nowhere(Found found, PrintWriter out) {
        String id = this.id.strip();
        if (found.what() == Found.What.ENTRY) {
            sentence(out, "Entry " + id + " was found nowhere.");
        } else {
            sentence(out, "No entry was found of a sale or a cash session with the id " + id + ".");
        }
        out.println();
        sentence(out, "That can mean:");
        new Columns().add("-", "There is a typing error in the id, or it is that of something else.")
                .add("-", "It was delivered long ago: the till keeps about 10 000 entries in the stream, and drops the oldest.")
                .add("-", "The till never published it: Redis could not be reached, or was full. The till does not publish it later.")
                .add("-", "It was dropped from the stream before it was read: " + Words.PROGRAM + "status tells whether that has happened.")
                .print(out);
    }

    private void session(Found found, PrintWriter out) {
        sentence(out, "Session " + id.strip() + ": " + Words.entries(found.entries().size()) + ", " + counts(found).entrySet().stream()
                .map(count -> count.getValue() + " " + Words.label(count.getKey(), found.worker())).collect(Collectors.joining(", ")) + ".");
        String hindrance = Words.hindrance(found.worker());
        if (!hindrance.isEmpty() && found.entries().stream().anyMatch(WhereCommand::isToBeSent)) {
            sentence(out, hindrance);
        }
        out.println();
        EntryTable.statesOfSession(found.entries(), found.worker()).print(out);
    }

    private static boolean isToBeSent(TrackedEntry entry) {
        return switch (entry.state()) {
            case WAITING, DUE, SCHEDULED, HELD, COLLECTED, REPLAYED, RELEASED -> true;
            case QUARANTINED, DELIVERED, DISCARDED, REMOVED -> false;
        };
    }

    private void each(Found found, PrintWriter out) {
        if (found.entries().size() > 1) {
            sentence(out, "It was published " + found.entries().size() + " times.");
            out.println();
        }
        String between = "";
        for (TrackedEntry entry : found.entries()) {
            out.print(between);
            EntryText.of(entry, found.worker()).print(out);
            between = System.lineSeparator();
        }
    }

    private static Map<State, Long> counts(Found found) {
        return found.entries().stream().collect(Collectors.groupingBy(TrackedEntry::state, TreeMap::new, Collectors.counting()));
    }
}
