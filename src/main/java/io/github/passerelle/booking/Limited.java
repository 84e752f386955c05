package io.github.passerelle.booking;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts within the limits of Paheko, which counts the bytes of their UTF-8. */
final class Limited {

    static final int LABEL = 200;
    static final int NOTES = 2000;
    static final int LINE_LABEL = 199;

    private static final String MORE = "\n…";

    private Limited() {
    }

    /** The beginning of a text, whole characters only. */
    static String text(String text, int mostBytes) {
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            bytes += bytes(text.substring(end, next));
            if (bytes > mostBytes) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    /** The first of these lines, whole ones only. */
    static String lines(List<String> lines, int mostBytes) {
        String whole = String.join("\n", lines);
        if (bytes(whole) <= mostBytes) {
            return whole;
        }
        StringBuilder first = new StringBuilder();
        for (String line : lines) {
            String next = first.isEmpty() ? line : "\n" + line;
            if (bytes(first + next + MORE) > mostBytes) {
                break;
            }
            first.append(next);
        }
        return first + MORE;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
