package io.github.passerelle.push;

import java.util.regex.Pattern;

/**
 * Makes one line of a text, and takes out of it what must not be repeated: a secret, or what people wrote. Who repeats it may have shortened it,
 * or changed its blanks and its capitals, so a part of it that is long enough to tell something goes as well.
 */
final class Redaction {

    private static final String IN_ITS_PLACE = "(hidden)";
    private static final int TELLING = 10;
    // more is not compared, so that a long answer to a long note costs no time
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_HIDDEN_LENGTH = 10_000;
    // blanks, and what a terminal would obey, could not show, or a log could not write
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}]+");

    private Redaction() {
    }

    /** Without control characters; what is far too long is cut. */
    static String line(String text) {
        return cut(BLANKS.matcher(cut(text, 2 * MAX_LENGTH)).replaceAll(" ").strip(), MAX_LENGTH);
    }

    /** At most so many characters, and none of them half. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /**
     * @param line   as {@link #line} makes it
     * @param hidden what must not be repeated; one that is shorter than the shortest hides nothing
     */
    static String hide(String line, String hidden, int shortest) {
        String text = cut(BLANKS.matcher(hidden).replaceAll(" ").strip(), MAX_HIDDEN_LENGTH);
        if (text.length() < shortest || text.isEmpty()) {
            return line;
        }
        int telling = Math.min(TELLING, text.length());
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < line.length();) {
            int common = longestCommon(line, i, text, telling);
            if (common >= telling) {
                rest.append(IN_ITS_PLACE);
                i += common;
            } else {
                rest.append(line.charAt(i++));
            }
        }
        return rest.toString();
    }

    /** How much of the line, from the given place on, stands somewhere in the text. */
    private static int longestCommon(String line, int from, String text, int least) {
        int longest = 0;
        for (int start = 0; start + Math.max(least, longest + 1) <= text.length(); start++) {
            int length = 0;
            while (from + length < line.length() && start + length < text.length() && same(line.charAt(from + length), text.charAt(start + length))) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private static boolean same(char one, char other) {
        return one == other || Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
