package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows for a terminal of a hundred columns: each column as wide as what stands in it, and the last one takes what is left.
 */
final class Columns {

    static final int WIDTH = 100;
    private static final String GAP = "  ";
    private static final int WIDEST = 24;

    /** Each cell is a list of lines. */
    private final List<List<List<String>>> rows = new ArrayList<>();

    /** A row whose cells are a line each. */
    Columns add(String... cells) {
        rows.add(Arrays.stream(cells).map(List::of).toList());
        return this;
    }

    /** A row whose last cell has several lines. */
    Columns add(List<String> last, String... first) {
        List<List<String>> row = new ArrayList<>(Arrays.stream(first).map(List::of).toList());
        row.add(last);
        rows.add(row);
        return this;
    }

    void print(PrintWriter out) {
        int[] widths = widths();
        rows.forEach(row -> print(row, widths, out));
    }

    private int[] widths() {
        int count = rows.stream().mapToInt(List::size).max().orElse(1);
        int[] widths = new int[count];
        int left = WIDTH;
        for (int column = 0; column < count - 1; column++) {
            for (List<List<String>> row : rows) {
                int wide = row.size() - 1 > column ? row.get(column).stream().mapToInt(line -> Wrapped.printable(line).length()).max().orElse(0) : 0;
                widths[column] = Math.max(widths[column], Math.min(WIDEST, wide));
            }
            left -= widths[column] + GAP.length();
        }
        widths[count - 1] = left;
        return widths;
    }

    private static void print(List<List<String>> row, int[] widths, PrintWriter out) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            int width = widths[column];
            wrapped.add(row.get(column).stream().flatMap(line -> Wrapped.lines(line, width).stream()).toList());
        }
        int height = Math.max(1, wrapped.stream().mapToInt(List::size).max().orElse(1));
        for (int number = 0; number < height; number++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String text = number < wrapped.get(column).size() ? wrapped.get(column).get(number) : "";
                line.append(text).append(" ".repeat(Math.max(0, widths[column] - text.length()))).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
