package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.passerelle.settings.SettingsReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows the settings; Camel is not started.
 */
@Command(name = "settings", description = "Shows every setting, where it comes from and what is wrong with it. Secrets are hidden.",
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = { "0:The application would start with these settings.", "1:A setting, or .env, is wrong." })
public class SettingsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--json", description = "One JSON object in place of the table.")
    private boolean json;

    @Override
    public Integer call() {
        SettingsReport report = SettingsReport.load();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            SettingsJson.write(report, out);
        } else {
            new SettingsTable(out).write(report);
        }
        out.flush();
        return report.ok() ? 0 : 1;
    }
}
