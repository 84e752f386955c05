package io.github.passerelle.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Text broken into lines, at blanks where there are some, and without anything that a terminal would obey.
 */
final class Wrapped {

    private Wrapped() {
    }

    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = printable(text).strip();
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    /** Without anything that a terminal would obey. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> {
            // controls, and what changes the direction of writing
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
