package io.github.passerelle.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables, as they stand in docs/benchmarks.md. */
final class Report {

    private static final String ONE = Contenders.passerelle(1).name();
    private static final String MANY = Contenders.passerelle(Contenders.MANY).name();
    private static final String BARE = Contenders.bareLoop(1).name();
    private static final String BARE_MANY = Contenders.bareLoop(Contenders.MANY).name();
    private static final String PLAIN = Contenders.plainRoute(Contenders.MANY).name();
    private static final String PYTHON = "Python, one client";
    private static final String PYTHON_EACH = "Python, a client for each try";

    private final Figures figures;
    private final PrintStream out;
    private final List<Bar> bars;

    Report(Figures figures, PrintStream out) {
        this.figures = figures;
        this.out = out;
        this.bars = bars(figures).stream().filter(Bar::isMeasured).toList();
    }

    private static List<Bar> bars(Figures figures) {
        return List.of(
                Bar.least("1 in flight, 0 ms, by the bare loop", figures.ratios(Throughput.rate(ONE, 0), Throughput.rate(BARE, 0)), 0.5, 0.8),
                Bar.least("1 in flight, 0 ms, by Python with one client", figures.ratios(Throughput.rate(ONE, 0), Throughput.rate(PYTHON, 0)), 1, 1),
                Bar.least("1 in flight, 0 ms, by Python with a client for each try",
                        figures.ratios(Throughput.rate(ONE, 0), Throughput.rate(PYTHON_EACH, 0)), 1, 1),
                Bar.least("1 in flight, 20 ms, by the bare loop", figures.ratios(Throughput.rate(ONE, 20), Throughput.rate(BARE, 20)), 0.9, 0.97),
                Bar.least("1 in flight, 20 ms, by Python with one client", figures.ratios(Throughput.rate(ONE, 20), Throughput.rate(PYTHON, 20)), 1, 1),
                Bar.least("1 in flight, 20 ms, by Python with a client for each try",
                        figures.ratios(Throughput.rate(ONE, 20), Throughput.rate(PYTHON_EACH, 20)), 1, 1),
                Bar.least("64 in flight, 0 ms, by the plain Camel route", figures.ratios(Throughput.rate(MANY, 0), Throughput.rate(PLAIN, 0)), 0.6, 1),
                Bar.least("64 in flight, 20 ms, by the plain Camel route", figures.ratios(Throughput.rate(MANY, 20), Throughput.rate(PLAIN, 20)),
                        0.85, 1),
                Bar.most("latency at 50/s, p50, by the bare loop", figures.ratios(Steady.median(ONE), Steady.median(BARE)), 2, 1.3),
                Bar.most("latency at 50/s, p99, by the bare loop", figures.ratios(Steady.high(ONE), Steady.high(BARE)), 2.5, 1.5),
                Bar.mostPercent("CPU at 50/s, of one core", figures.of(Steady.cpu(ONE)), 0.2, 0.12),
                Bar.mostPercent("CPU idle, of one core", figures.of(Steady.idle(ONE)), 0.02, 0.005),
                Bar.most("resident at 50/s, MB", figures.of(Steady.resident(ONE)), 200, 120),
                Bar.most("start to first delivery, s", figures.of(StartUp.SECONDS), 3, 1),
                Bar.least(LongBacklog.PACE, figures.of(LongBacklog.PACE), 0.8, 0.95),
                Bar.most(LongBacklog.MEMORY, figures.of(LongBacklog.MEMORY), 1.2, 1.05),
                Bar.mostPercent(ManyQuarantined.COST, figures.of(ManyQuarantined.COST), 0.15, 0.02),
                Bar.most(ManyQuarantined.STATUS + ", s", figures.of(ManyQuarantined.STATUS), 1, 0.3),
                Bar.most(LongBacklog.STATUS + ", s", figures.of(LongBacklog.STATUS), 1, 0.3));
    }

    /** The bars that most of the rounds missed. */
    List<Bar> missed() {
        return bars.stream().filter(Bar::isMissed).toList();
    }

    void print() {
        printBars();
        printThroughput();
        printSteady();
        out.println();
        missed().forEach(bar -> out.println("Missed: " + bar.what()));
        out.println(missed().isEmpty() ? "Every bar was met." : missed().size() + " of " + bars.size() + " bars were missed.");
    }

    private void printBars() {
        row("measured", "in each round", "median", "bar", "", "aim", "");
        row("---", "---", "---:", "---:", "---", "---:", "---");
        for (Bar bar : bars) {
            row(bar.what(), bar.values().stream().map(value -> number(bar, value)).collect(Collectors.joining(", ")),
                    number(bar, Figures.median(bar.values())), number(bar, bar.bar()), bar.isMissed() ? "**missed**" : "met", number(bar, bar.aim()),
                    bar.isAimReached() ? "reached" : "");
        }
    }

    private static String number(Bar bar, double value) {
        return bar.percent() ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : value < 10 ? format("%.2f", value) : format("%.0f", value);
    }

    private void printThroughput() {
        List<String[]> rows = new ArrayList<>();
        for (long delay : List.of(0L, 20L)) {
            for (String contender : List.of(ONE, BARE, PYTHON, PYTHON_EACH, MANY, PLAIN, BARE_MANY)) {
                if (figures.has(Throughput.rate(contender, delay))) {
                    rows.add(new String[] { contender, delay + " ms", median("%.0f", Throughput.rate(contender, delay)),
                            median("%.3f", Throughput.cpu(contender, delay)), median("%.0f", Throughput.resident(contender, delay)),
                            format("%.0f %%", 100 * figures.median(Throughput.receiver(contender, delay))) });
                }
            }
        }
        table(rows, "worker", "receiver", "entries/s", "CPU ms per entry", "resident MB", "CPU of the receiver");
    }

    private void printSteady() {
        List<String[]> rows = new ArrayList<>();
        for (String contender : List.of(ONE, BARE)) {
            if (figures.has(Steady.median(contender))) {
                rows.add(new String[] { contender, median("%.2f", Steady.median(contender)), median("%.2f", Steady.high(contender)),
                        format("%.1f %%", 100 * figures.median(Steady.cpu(contender))), format("%.2f %%", 100 * figures.median(Steady.idle(contender))),
                        median("%.0f", Steady.resident(contender)) });
            }
        }
        table(rows, "at 50 entries a second", "p50 ms", "p99 ms", "CPU", "CPU idle", "resident MB");
    }

    private String median(String format, String name) {
        return format(format, figures.median(name));
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void table(List<String[]> rows, String... head) {
        if (!rows.isEmpty()) {
            out.println();
            row(head);
            row(Stream.of(head).map(column -> column.equals(head[0]) ? "---" : "---:").toArray(String[]::new));
            rows.forEach(this::row);
        }
    }

    private void row(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}
