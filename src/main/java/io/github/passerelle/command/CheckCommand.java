package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;

import io.github.passerelle.check.CheckUp;
import io.github.passerelle.check.Finding;
import io.github.passerelle.check.Level;
import io.github.passerelle.json.Json;
import io.github.passerelle.settings.SettingsReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Looks from the settings to the other end. It writes nothing there.
 */
@Command(name = "check", description = { "Looks whether sales would be delivered, from the settings to Paheko and Redis, and says what to do about what"
                                         + " is not as it should be. It writes nothing anywhere; Passerelle may run or not.", "" },
         exitCodeListHeading = TrackingCommand.EXIT_CODES,
         exitCodeList = { "0:No error was found; there may be warnings.", "1:At least one error was found.", TrackingCommand.USAGE })
public class CheckCommand implements Callable<Integer> {

    private static final int BEFORE_TEXT = 9;

    @Spec
    private CommandSpec spec;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--json", description = "A JSON array in place of the text.")
    private boolean json;

    private final Supplier<SettingsReport> settings;

    public CheckCommand() {
        this(SettingsReport::load);
    }

    CheckCommand(Supplier<SettingsReport> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = CheckUp.of(settings.get()).findings();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.write(json(findings), out);
        } else {
            findings.forEach(finding -> write(finding, out));
            out.println();
            out.println(summary(findings));
        }
        out.flush();
        return count(findings, Level.ERROR) == 0 ? 0 : 1;
    }

    private static ArrayNode json(List<Finding> findings) {
        ArrayNode all = Json.array();
        findings.forEach(finding -> all.addObject().put("code", finding.code()).put("level", finding.level().code())
                .put("message", finding.message()).put("remedy", finding.remedy()));
        return all;
    }

    private static void write(Finding finding, PrintWriter out) {
        String level = finding.level().code();
        for (String line : Wrapped.lines(finding.message(), Columns.WIDTH - BEFORE_TEXT)) {
            out.println(level + " ".repeat(BEFORE_TEXT - level.length()) + line);
            level = "";
        }
        if (finding.remedy() != null) {
            String arrow = "-> ";
            for (String line : Wrapped.lines(finding.remedy(), Columns.WIDTH - BEFORE_TEXT - arrow.length())) {
                out.println(" ".repeat(BEFORE_TEXT) + arrow + line);
                arrow = " ".repeat(arrow.length());
            }
        }
    }

    private static String summary(List<Finding> findings) {
        long errors = count(findings, Level.ERROR);
        long warnings = count(findings, Level.WARNING);
        if (errors == 0 && warnings == 0) {
            return "All is as it should be.";
        }
        return Words.count(errors, "error", "errors") + ", " + Words.count(warnings, "warning", "warnings") + ".";
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
