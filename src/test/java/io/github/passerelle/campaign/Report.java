package io.github.passerelle.campaign;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The table of what was broken and what came of it, as it stands in docs/reliability.md. */
final class Report {

    private static final int MOST_BREACHES = 8;
    private static final List<String> HEAD = List.of("act", "kills", "restarts", "faults", "sales", "entries", "delivered", "duplicates",
            "allowed", "lost", "quarantined", "trimmed", "lost by Redis", "resident MiB", "s", "holds");

    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void head() {
        out.println("| " + String.join(" | ", HEAD) + " |");
        out.println("|---" + "|---:".repeat(HEAD.size() - 1) + "|");
    }

    void add(Row row) {
        rows.add(row);
        out.println(line(row));
        row.breaches().stream().limit(MOST_BREACHES).forEach(breach -> out.println("    " + breach));
        out.flush();
    }

    private static String line(Row row) {
        List<Object> cells = List.of(row.act(), row.kills(), row.restarts(), row.faults(), row.sales(), row.entries(), row.delivered(),
                row.duplicates(), row.allowed(), row.lost(), row.quarantined(), row.trimmed(), row.lostByRedis(), row.memory(), row.seconds(),
                row.isRight() ? "yes" : "NO");
        return "| " + String.join(" | ", cells.stream().map(String::valueOf).toList()) + " |";
    }

    void sum() {
        out.printf("%d kills and %d restarts of the worker, %d other faults, %d sales in %d entries: %d lost, %d lost by Redis itself, "
                + "%d sent twice where %d were allowed%n", rows.stream().mapToInt(Row::kills).sum(), rows.stream().mapToInt(Row::restarts).sum(),
                rows.stream().mapToInt(Row::faults).sum(), rows.stream().mapToLong(Row::sales).sum(), rows.stream().mapToInt(Row::entries).sum(),
                rows.stream().mapToInt(Row::lost).sum(), rows.stream().mapToInt(Row::lostByRedis).sum(),
                rows.stream().mapToInt(Row::duplicates).sum(), rows.stream().mapToInt(Row::allowed).sum());
        out.flush();
    }

    List<Row> rows() {
        return rows;
    }

    boolean isRight() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::isRight);
    }
}
