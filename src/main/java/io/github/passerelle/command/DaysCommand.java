package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.Json;
import io.github.passerelle.push.Periods;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Day;
import io.github.passerelle.tracking.Period;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The latest days.
 */
@Command(name = "days", description = { "Lists the latest days of Paris on which anything happened, with the line that was logged of each; today"
                                        + " comes last. The lines are in French, as they are for the people of the shop.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:Redis was asked.", TrackingCommand.WITHOUT_REDIS, TrackingCommand.USAGE })
public class DaysCommand extends TrackingCommand {

    static final int SHOWN = 31;

    @Option(names = "--max", paramLabel = "<number>",
            description = "How many days to look back on, today included, up to " + Periods.DAY_KEPT_DAYS + "; else " + SHOWN + ".")
    private int max = SHOWN;

    public DaysCommand() {
        this(Settings::load);
    }

    DaysCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        if (max < 1 || max > Periods.DAY_KEPT_DAYS) {
            throw wrong("From 1 to " + Periods.DAY_KEPT_DAYS + " days can be looked back on, not " + max + ".");
        }
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        List<Day> all = tracking.queries().diary(max);
        Day today = all.get(all.size() - 1);
        List<Day> days = all.stream().filter(day -> day.logged() != null || !day.counted().isEmpty()).toList();
        if (isJson()) {
            ObjectNode json = Json.object();
            ArrayNode array = json.putArray("days");
            days.forEach(day -> put(array.addObject(), day));
            Json.write(json, out);
        } else if (days.isEmpty()) {
            sentence(out, max == 1 ? "Nothing happened today." : "Nothing happened in the last " + max + " days.");
        } else {
            days.forEach(day -> print(day, day.equals(today), out));
        }
        return DONE;
    }

    private void print(Day day, boolean isToday, PrintWriter out) {
        if (day.logged() == null) {
            sentence(out, day.line() + (isToday ? " (so far)" : " (not logged yet)"));
            return;
        }
        sentence(out, day.logged());
        if (!day.logged().equals(day.line())) {
            sentence(out, "counted by now: " + day.line());
        }
    }

    private static void put(ObjectNode object, Day day) {
        Period counted = day.counted();
        object.put("day", day.date().toString()).put("sales", counted.tickets()).put("repeated", counted.repeated())
                .put("refused", counted.refused()).put("discarded", counted.discarded()).put("cents", counted.cents())
                .put("delivered", counted.delivered()).put("failed", counted.failed()).put("backlog", counted.backlog())
                .put("logged", day.logged());
    }
}
