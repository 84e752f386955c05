package io.github.passerelle.tracking;

/**
 * Why a person decides, and who it is. Checked, as it is kept with the entry and shown to others.
 *
 * @param reason empty when nobody said
 * @param author empty when nobody said
 */
public record Why(String reason, String author) {

    public static final int LONGEST_REASON = 1000;
    public static final int LONGEST_AUTHOR = 100;

    /** What a JVM puts in the place of what it could not read. */
    private static final char UNREADABLE = '\uFFFD';

    public Why {
        check("reason", reason, LONGEST_REASON);
        check("author", author, LONGEST_AUTHOR);
    }

    /**
     * Both must be said.
     *
     * @throws IllegalArgumentException whose message says what is wrong, in a form that may be shown
     */
    public static Why required(String reason, String author) {
        return new Why(said("reason", reason), said("author", author));
    }

    /**
     * Either may be null.
     *
     * @throws IllegalArgumentException whose message says what is wrong, in a form that may be shown
     */
    public static Why optional(String reason, String author) {
        return new Why(reason == null ? "" : said("reason", reason), author == null ? "" : said("author", author));
    }

    private static String said(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is empty: it is kept with the entry, for those who ask later");
        }
        return text.strip();
    }

    private static void check(String what, String text, int longest) {
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw new IllegalArgumentException("the " + what + " has " + length + " characters; at most " + longest + " are kept");
        }
        if (text.indexOf(UNREADABLE) >= 0) {
            throw new IllegalArgumentException("the " + what + " has characters that could not be read: write it in UTF-8"
                                               + " (in a shell: LC_ALL=C.UTF-8), or without accents");
        }
    }
}
