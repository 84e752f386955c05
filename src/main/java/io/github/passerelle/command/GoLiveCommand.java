package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StartDecision;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Before;
import io.github.passerelle.tracking.Overview;
import io.github.passerelle.tracking.Tracking;
import io.github.passerelle.tracking.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Sets where the real run begins.
 */
@Command(name = "go-live", description = { "Sets where the real run begins: what the till published before that is never sent to Paheko, as when it was"
                                           + " entered there by hand. Reason and author are kept, and status shows them. To be done while no worker is"
                                           + " at work.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:It is set.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE + " Nothing was done.",
                 "3:It is not set: a worker is at work, entries are pending, or some would be sent a second time. The answer says what to do." })
public class GoLiveCommand extends TrackingCommand {

    private static final int NAMED = 5;

    @Option(names = "--from", required = true, paramLabel = "<day or entry id>",
            description = "The day in Paris with which it begins, such as 2026-12-01, or the first entry that is sent.")
    private String from;

    @Option(names = "--again", description = "Also when entries from there on were read before: they are sent a second time, what a person had"
                                             + " discarded included. The plugin knows them again by their keys. Not in the mode api.")
    private boolean again;

    @Mixin
    private RequiredWhy options;

    public GoLiveCommand() {
        this(Settings::load);
    }

    GoLiveCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        try {
            first();
            why();
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private EntryId first() {
        return Place.first(from);
    }

    private Why why() {
        return options.why();
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        if (again && settings.isApi()) {
            complain("--again: without a plugin what was booked is not booked again, and what was discarded would be; choose a place"
                     + " from which nothing was read yet.");
            return NOT_ALL;
        }
        Before before = tracking.queries().before(first());
        StartDecision decision = tracking.decisions().goLive(first(), again, why());
        boolean done = decision == StartDecision.DONE;
        if (isJson()) {
            ObjectNode json = Json.object().put("result", decision.name().toLowerCase(Locale.ROOT)).put("ok", done)
                    .put("first", first().toString()).put("entries_before", before.entries()).put("sessions_before", before.sessions());
            before.open().forEach(json.putArray("sessions_open_there")::add);
            Json.write(json, out);
        } else if (done) {
            sentence(out, "The real run begins at " + Times.of(first().time()) + ", entry " + first() + ". " + left(before));
            if (!before.open().isEmpty()) {
                sentence(out, open(before.open()));
            }
        } else {
            sentence(out, "Not set: " + reason(decision, tracking.queries().overview()));
        }
        return done ? DONE : NOT_ALL;
    }

    private static String left(Before before) {
        return before.entries() == 0 ? "The stream holds nothing before that."
                : Words.entries(before.entries()) + " of " + Words.count(before.sessions(), "cash session", "cash sessions")
                  + (before.entries() == 1 ? " lies" : " lie") + " before that and will never be sent.";
    }

    private static String open(List<String> sessions) {
        String named = String.join(", ", sessions.subList(0, Math.min(NAMED, sessions.size())));
        return "Attention: " + Words.count(sessions.size(), "cash session is", "cash sessions are") + " not closed at that place, and what follows of "
               + (sessions.size() == 1 ? "it" : "them") + " lacks the beginning: " + named + (sessions.size() > NAMED ? ", ..." : "")
               + ". Better is a place at which every session is closed, such as the morning of a day.";
    }

    private String reason(StartDecision decision, Overview overview) {
        return switch (decision) {
            case AT_WORK -> "a worker is at work, and may be reading there. Stop Passerelle, wait for ten seconds, and repeat this command.";
            case PENDING -> Words.entries(overview.due() + overview.scheduled() + overview.held() + overview.collected() + overview.totalQuarantined())
                            + " read before and not delivered would be sent whatever lies before the real run. Let Passerelle deliver them, or give"
                            + " them up (see " + Words.PROGRAM + "pending and quarantine list, then quarantine discard), and repeat this command.";
            case READ_BEFORE -> "entries from " + from + " on were read before: they would be sent a second time. Choose a later place, or add --again"
                                + " if that is what is wanted.";
            case DONE -> throw new IllegalStateException("it is set");
        };
    }
}
