package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.GroupStart;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.OverviewJson;
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
        Optional<GroupStart> start = tracking.queries().start();
        OverviewWords words = new OverviewWords(overview, settings);
        if (isJson()) {
            Json.write(json(overview, start, words, settings), out);
        } else {
            sentence(out, words.summary());
            out.println();
            Columns table = words.table();
            start.ifPresent(begin -> table.add(List.of("from " + Times.of(begin.first().time()) + ", entry " + begin.first(),
                    "set at " + Times.of(begin.decidedAt()) + " by " + begin.author() + ": \"" + begin.reason() + "\""), "real run"));
            table.print(out);
            words.attention().forEach(text -> {
                out.println();
                sentence(out, text);
            });
        }
        return DONE;
    }

    private static ObjectNode json(Overview overview, Optional<GroupStart> start, OverviewWords words, Settings settings) {
        ObjectNode json = Json.object().put("summary", words.summary())
                .put("condition", overview.condition().name().toLowerCase(Locale.ROOT));
        words.attention().forEach(json.putArray("attention")::add);
        json.put("at", overview.at().toString()).put("stream", settings.redis().stream()).put("group", settings.redis().group());
        start.ifPresentOrElse(begin -> json.putObject("real_run").put("first", begin.first().toString()).put("set_at", begin.decidedAt().toString())
                .put("author", begin.author()).put("reason", begin.reason()), () -> json.putNull("real_run"));
        return OverviewJson.put(json, overview);
    }
}
