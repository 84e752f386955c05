package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.SessionJson;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.TrackedSession;
import io.github.passerelle.tracking.Tracking;
import io.github.passerelle.tracking.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * All that is known of one cash session.
 */
@Command(name = "show", description = { "Shows how far one cash session has come: its tickets, what was delivered beside what the till says, what its"
                                        + " close waits for, and what was decided.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:It was found.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE, "3:Nothing is known of it." })
public class SessionsShowCommand extends TrackingCommand {

    @Parameters(paramLabel = "<session id>", description = "The id of a cash session.")
    private String id;

    @Option(names = "--all", description = "All of its entries that are not delivered; else the oldest " + SessionText.SHOWN + ".")
    private boolean all;

    public SessionsShowCommand() {
        this(Settings::load);
    }

    SessionsShowCommand(Supplier<Settings> settings) {
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
        Worker worker = tracking.queries().worker();
        Optional<TrackedSession> found = tracking.queries().session(id.strip());
        if (isJson()) {
            ObjectNode json = Json.object().put("found", found.isPresent());
            EntryJson.putWorker(json, worker);
            found.ifPresent(session -> SessionJson.putAll(json, session));
            Json.write(json, out);
        } else if (found.isEmpty()) {
            sentence(out, "Nothing is known of a cash session with the id " + id.strip() + ".");
        } else {
            new SessionText(found.get(), worker).print(out, all ? Integer.MAX_VALUE : SessionText.SHOWN);
        }
        return found.isPresent() ? DONE : NOT_ALL;
    }
}
