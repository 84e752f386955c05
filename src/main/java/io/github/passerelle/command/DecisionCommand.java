package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Decisions;
import io.github.passerelle.tracking.Outcome;
import io.github.passerelle.tracking.Tracking;
import io.github.passerelle.tracking.Why;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A decision about some entries. All arguments are checked before the first one is decided.
 */
abstract class DecisionCommand extends TrackingCommand {

    /** Which entries: some ids, or all of a cause. */
    private static final class Which {

        @Parameters(arity = "1..*", paramLabel = "<entry id>", description = "Such as 1763640000000-0; several are allowed.")
        private List<String> ids;

        @Option(names = "--cause", paramLabel = "<code>", description = "All that are quarantined for this cause at this moment, such as rejected.")
        private String cause;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Which which;

    DecisionCommand(Supplier<Settings> settings) {
        super(settings);
    }

    /** Throws an {@link IllegalArgumentException} when reason or author will not do. */
    abstract Why why();

    abstract Outcome decide(Decisions decisions, EntryId id, Why why) throws InterruptedException;

    abstract OutcomeWords words();

    @Override
    void check() {
        if (which.ids != null) {
            ids();
        } else if (!Causes.codes().contains(which.cause)) {
            throw wrong("There is no cause '" + which.cause + "'; the causes are " + String.join(", ", Causes.codes()));
        }
        try {
            why();
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private Set<EntryId> ids() {
        Set<EntryId> ids = new LinkedHashSet<>();
        which.ids.forEach(id -> ids.add(entryId(id)));
        return ids;
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        List<EntryId> ids = which.ids != null ? List.copyOf(ids()) : tracking.queries().quarantinedFor(which.cause);
        List<Outcome> outcomes = new ArrayList<>();
        try {
            for (EntryId id : ids) {
                outcomes.add(decide(tracking.decisions(), id, why()));
            }
        } catch (RuntimeException e) {
            if (!outcomes.isEmpty() && !isJson()) {
                // what is done is done; the same command again does the rest
                write(outcomes, out);
            }
            throw e;
        }
        OutcomeWords words = words();
        if (isJson()) {
            Json.write(words.json(outcomes, tracking.queries().worker()), out);
        } else if (outcomes.isEmpty()) {
            sentence(out, "Nothing is quarantined for the cause " + which.cause + ".");
        } else {
            write(outcomes, out);
            sentence(out, words.summary(outcomes, tracking.queries().worker()));
        }
        return outcomes.stream().allMatch(outcome -> outcome.result().isWell()) ? DONE : NOT_ALL;
    }

    /** Of those that a cause stands for, only what did not go as it should. */
    private void write(List<Outcome> outcomes, PrintWriter out) {
        Columns lines = new Columns();
        outcomes.stream().filter(outcome -> which.ids != null || outcome.result() != Outcome.Result.DONE)
                .forEach(outcome -> lines.add(outcome.id().toString(), words().of(outcome)));
        lines.print(out);
    }
}
