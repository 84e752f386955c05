package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsException;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Tracking;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that asks Redis. It answers on standard output when all is known, and not before; Camel is not started.
 */
abstract class TrackingCommand implements Callable<Integer> {

    static final String EXIT_CODES = "%nExit codes:%n";
    static final String WITHOUT_REDIS = "1:Redis cannot be asked, or a setting is wrong. One line on standard error says why.";
    static final String USAGE = "2:The command line is wrong.";

    static final int DONE = 0;
    static final int NO_ANSWER = 1;
    static final int NOT_ALL = 3;

    @Spec
    private CommandSpec spec;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--json", description = "One JSON object in place of the text.")
    private boolean json;

    private final Supplier<Settings> settings;

    TrackingCommand(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public final Integer call() throws InterruptedException {
        check();
        Settings loaded = settings.get();
        PrintWriter out = spec.commandLine().getOut();
        try (Tracking tracking = Tracking.connect(loaded)) {
            return answer(tracking, loaded, out);
        } catch (RedisStreamsException e) {
            spec.commandLine().getErr().println("Redis at " + loaded.redis().url() + ", " + e.getMessage());
            return NO_ANSWER;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    /** Whether the arguments do; Redis was not asked yet. */
    void check() {
        // most take whatever picocli takes
    }

    abstract int answer(Tracking tracking, Settings settings, PrintWriter out) throws InterruptedException;

    boolean isJson() {
        return json;
    }

    /** One line on standard error. */
    void complain(String message) {
        spec.commandLine().getErr().println(message);
    }

    WrongValue wrong(String message) {
        return new WrongValue(spec.commandLine(), message);
    }

    /** For an exception whose message may be shown. */
    WrongValue wrong(IllegalArgumentException e) {
        return wrong(Character.toUpperCase(e.getMessage().charAt(0)) + e.getMessage().substring(1) + ".");
    }

    EntryId entryId(String text) {
        try {
            return EntryId.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    void sentence(PrintWriter out, String text) {
        Wrapped.lines(text, Columns.WIDTH).forEach(out::println);
    }
}
