package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.List;

import io.github.passerelle.settings.SettingsReport;
import io.github.passerelle.settings.ShownSetting;

/**
 * The settings as a table for a terminal of a hundred columns.
 */
final class SettingsTable {

    private static final int WIDTH = Columns.WIDTH;
    private static final String ROW = "%-30s  %-11s  %s%n";
    private static final int BEFORE_VALUE = 45;

    private final PrintWriter out;

    SettingsTable(PrintWriter out) {
        this.out = out;
    }

    void write(SettingsReport report) {
        out.printf(ROW, "setting", "from", "value");
        report.settings().forEach(this::write);
        out.println();
        line("File: " + report.file());
        report.faultsOfFile().forEach(fault -> line("Wrong: " + fault));
        report.warnings().forEach(warning -> line("Warning: " + warning));
    }

    private void write(ShownSetting setting) {
        List<String> lines = Wrapped.lines(setting.value() == null ? "" : setting.value(), WIDTH - BEFORE_VALUE);
        // an empty value leaves no blanks at the end of its line
        out.println(String.format(ROW, setting.name(), setting.origin(), lines.isEmpty() ? "" : lines.get(0)).stripTrailing());
        lines.stream().skip(1).forEach(this::under);
        if (setting.fault() != null) {
            Wrapped.lines("wrong: " + setting.fault(), WIDTH - BEFORE_VALUE).forEach(this::under);
        }
    }

    private void under(String value) {
        out.println(" ".repeat(BEFORE_VALUE) + value);
    }

    private void line(String text) {
        Wrapped.lines(text, WIDTH).forEach(out::println);
    }
}
