package io.github.passerelle.booking;

import java.util.regex.Pattern;

/**
 * The reference under which a session stands in Paheko's books, and by which it is found there. It holds nothing that could end a text in SQL.
 */
public final class Reference {

    private static final String PREFIX = "RECYCLIC-SESSION-";
    private static final int LONGEST = 200;
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9._:-]{1," + (LONGEST - PREFIX.length()) + "}");

    private Reference() {
    }

    /** Whether a session of this id can have one. */
    static boolean isPossible(String session) {
        return session != null && SESSION.matcher(session).matches();
    }

    /** @throws IllegalArgumentException when a session of this id can have none */
    public static String of(String session) {
        if (!isPossible(session)) {
            throw new IllegalArgumentException("the id of the session is not of the form " + SESSION.pattern());
        }
        return PREFIX + session;
    }

    static String form() {
        return SESSION.pattern();
    }
}
