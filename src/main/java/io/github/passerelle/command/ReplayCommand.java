package io.github.passerelle.command;

import java.util.function.Supplier;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Decisions;
import io.github.passerelle.tracking.Outcome;
import io.github.passerelle.tracking.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Has entries tried again.
 */
@Command(name = "replay", description = { "Has quarantined entries tried again. This command sends nothing: the worker does, at once, or at its next"
                                          + " start when none is at work. It may be repeated.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:All of them are replayed, or were before, or have been delivered meanwhile.", TrackingCommand.WITHOUT_REDIS
                 + " What was done before stands; repeat the command.", TrackingCommand.USAGE + " Nothing was done.",
                 "3:Some were not replayed: not quarantined, discarded or unknown. The answer says which; the others are done." })
public class ReplayCommand extends DecisionCommand {

    @Option(names = "--reason", paramLabel = "<text>", description = "Why, in up to " + Why.LONGEST_REASON + " characters. Kept with the entry.")
    private String reason;

    @Option(names = "--author", paramLabel = "<name>",
            description = "Who decides, in up to " + Why.LONGEST_AUTHOR + " characters. Kept with the entry.")
    private String author;

    public ReplayCommand() {
        this(Settings::load);
    }

    ReplayCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    Why why() {
        return Why.optional(reason, author);
    }

    @Override
    Outcome decide(Decisions decisions, EntryId id, Why why) throws InterruptedException {
        return decisions.replay(id, why);
    }

    @Override
    OutcomeWords words() {
        return new OutcomeWords("replayed", true);
    }
}
