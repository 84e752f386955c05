package io.github.passerelle.command;

import java.util.function.Supplier;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Decisions;
import io.github.passerelle.tracking.Outcome;
import io.github.passerelle.tracking.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Gives entries up.
 */
@Command(name = "discard", description = { "Gives up entries that are quarantined or pending: they are never sent. This cannot be undone. Reason and"
                                           + " author are kept for 400 days. It may be repeated; the first decision stands.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:All of them are discarded, or were before.", TrackingCommand.WITHOUT_REDIS
                 + " What was done before stands; repeat the command.", TrackingCommand.USAGE + " Nothing was done.",
                 "3:Some were not discarded: in progress, not read yet, delivered or unknown. The answer says which; the others are done." })
public class DiscardCommand extends DecisionCommand {

    @Mixin
    private RequiredWhy options;

    public DiscardCommand() {
        this(Settings::load);
    }

    DiscardCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    Why why() {
        return options.why();
    }

    @Override
    Outcome decide(Decisions decisions, EntryId id, Why why) throws InterruptedException {
        return decisions.discard(id, why);
    }

    @Override
    OutcomeWords words() {
        return new OutcomeWords("discarded", false);
    }
}
