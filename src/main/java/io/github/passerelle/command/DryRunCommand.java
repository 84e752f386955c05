package io.github.passerelle.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.github.passerelle.booking.Booking;
import io.github.passerelle.booking.MappingFile;
import io.github.passerelle.booking.Rehearsal;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.json.BookingJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What would be booked.
 */
@Command(name = "dry-run", description = { "Shows what would be booked in Paheko of the cash sessions in the stream, delivered or not: one entry for"
                                           + " each that is closed. It asks Redis only, and changes nothing anywhere.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:Each session that is closed can be booked.",
                 "1:Redis cannot be asked, a setting or the mapping is wrong, or the file cannot be written. Standard error says why.",
                 TrackingCommand.USAGE, "3:Some of it cannot be booked as it stands. The answer says what, and why." })
public class DryRunCommand extends TrackingCommand {

    private static final String STANDARD_OUTPUT = "-";

    @Option(names = "--mapping", paramLabel = "<file>", description = "Which accounts; else the file that PAHEKO_API_MAPPING names.")
    private Path mapping;

    @Option(names = "--from", paramLabel = "<day or entry id>",
            description = "Reads from the beginning of this day in Paris, such as 2026-11-01, or from this entry on; else all that the stream holds.")
    private String from;

    @Option(names = "--to", paramLabel = "<day or entry id>", description = "Reads to the end of this day, or to this entry.")
    private String to;

    @Option(names = "--csv", paramLabel = "<file>",
            description = "Writes it for a spreadsheet as well: a line for each line of an entry; - writes it to standard output, and nothing else.")
    private String csv;

    public DryRunCommand() {
        this(Settings::load);
    }

    DryRunCommand(Supplier<Settings> settings) {
        super(settings);
    }

    @Override
    void check() {
        if (isJson() && STANDARD_OUTPUT.equals(csv)) {
            throw wrong("--json and --csv=- cannot both go to standard output.");
        }
        try {
            EntryId first = first();
            EntryId last = last();
            if (last != null && last.compareTo(first) < 0) {
                throw wrong("--to lies before --from.");
            }
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private EntryId first() {
        return from == null ? EntryId.MIN : Place.first(from);
    }

    /** Null for the end of the stream. */
    private EntryId last() {
        return to == null ? null : Place.last(to);
    }

    @Override
    int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal(MappingFile.read(mapping == null ? settings.mapping() : mapping));
        tracking.queries().entries(first(), last(), rehearsal::add);
        Rehearsal.Outcome outcome = rehearsal.outcome();
        if (csv != null && !STANDARD_OUTPUT.equals(csv) && !isWritten(BookingCsv.of(outcome.sessions()))) {
            return NO_ANSWER;
        }
        if (STANDARD_OUTPUT.equals(csv)) {
            out.print(BookingCsv.of(outcome.sessions()));
        } else if (isJson()) {
            Json.write(BookingJson.put(Json.object(), outcome), out);
        } else {
            print(outcome, out);
        }
        return outcome.isClean() ? DONE : NOT_ALL;
    }

    private boolean isWritten(String text) {
        try {
            Files.writeString(Path.of(csv), text);
            return true;
        } catch (IOException | UncheckedIOException e) {
            complain(csv + " cannot be written (" + e.getClass().getSimpleName() + ")");
            return false;
        }
    }

    private void print(Rehearsal.Outcome outcome, PrintWriter out) {
        sentence(out, summary(outcome));
        if (!outcome.sessions().isEmpty()) {
            out.println();
            BookingTable.of(outcome.sessions(), outcome.late()).print(out);
        }
        if (!outcome.unreadable().isEmpty()) {
            out.println();
            Columns table = new Columns().add("entry", "why it cannot be booked");
            outcome.unreadable().forEach(entry -> table.add(entry.id().toString(), entry.reason()));
            table.print(out);
        }
        if (csv != null) {
            out.println();
            sentence(out, "Written to " + csv + ".");
        }
    }

    private static String summary(Rehearsal.Outcome outcome) {
        List<Booking> bookable = outcome.sessions().stream().filter(Booking::isBookable).toList();
        long nothing = outcome.sessions().stream().filter(Booking::isNothing).count();
        long open = outcome.sessions().stream().filter(Booking::isOpen).count();
        long not = outcome.sessions().size() - bookable.size() - nothing - open;
        StringBuilder summary = new StringBuilder("Would be booked: ").append(Words.count(bookable.size(), "cash session", "cash sessions"))
                .append(", ").append(Euros.of(bookable.stream().mapToLong(Booking::total).sum())).append('.');
        if (not > 0) {
            summary.append(" NOT to be booked as it stands: ").append(not).append('.');
        }
        if (open > 0) {
            summary.append(" Not closed yet: ").append(open).append('.');
        }
        if (nothing > 0) {
            summary.append(" Nothing to book: ").append(nothing).append('.');
        }
        if (!outcome.unreadable().isEmpty()) {
            summary.append(" Of no session: ").append(Words.entries(outcome.unreadable().size())).append('.');
        }
        return summary.toString();
    }
}
