package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.SessionJson;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.SessionOutcome;
import io.github.passerelle.tracking.Tracking;
import io.github.passerelle.tracking.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Lets the close of a cash session go that is held.
 */
@Command(name = "release", description = { "Has the close of a cash session sent that is held, although earlier entries of it are missing or the"
                                           + " totals differ. This command sends nothing: the worker does, at once, or at its next start when none"
                                           + " is at work. Reason and author are kept for 400 days. It may be repeated; the first decision stands.",
                                           "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:It is released, or was before, or has been delivered.", TrackingCommand.WITHOUT_REDIS + " Repeat the command.",
                 TrackingCommand.USAGE + " Nothing was done.",
                 "3:It was not released: it is not held, the till has published no close, or the session is unknown." })
public class SessionsReleaseCommand extends TrackingCommand {

    @Parameters(paramLabel = "<session id>", description = "The id of a cash session.")
    private String id;

    @Mixin
    private RequiredWhy options;

    public SessionsReleaseCommand() {
        this(Settings::load);
    }

    SessionsReleaseCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        if (id.isBlank()) {
            throw wrong("The id is empty.");
        }
        try {
            options.why();
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        SessionOutcome outcome = tracking.decisions().release(id.strip(), options.why());
        Worker worker = tracking.queries().worker();
        String message = SessionWords.outcome(outcome, worker);
        if (isJson()) {
            ObjectNode json = Json.object().put("session", outcome.session()).put("ok", outcome.result().isWell())
                    .put("result", outcome.result().name().toLowerCase(Locale.ROOT)).put("message", message);
            EntryJson.putWorker(json, worker);
            SessionJson.putEntry(json, "close", outcome.close());
            Json.write(json, out);
        } else {
            sentence(out, message);
        }
        return outcome.result().isWell() ? DONE : NOT_ALL;
    }
}
