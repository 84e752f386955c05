package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Overview;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;

/**
 * How things are.
 */
@Command(name = "status", description = { "Says how things are: whether a worker is at work, what waits, what is pending or quarantined, and whether"
                                          + " the stream will soon drop what was not delivered.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:Redis was asked. How things are is in the answer.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE })
public class StatusCommand extends TrackingCommand {

    public StatusCommand() {
        this(Settings::load);
    }

    StatusCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        Overview overview = tracking.queries().overview();
        OverviewWords words = new OverviewWords(overview, settings);
        if (isJson()) {
            Json.write(OverviewJson.of(overview, words, settings), out);
        } else {
            sentence(out, words.summary());
            out.println();
            words.table().print(out);
            words.attention().forEach(text -> {
                out.println();
                sentence(out, text);
            });
        }
        return DONE;
    }
}
