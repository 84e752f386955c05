package io.github.passerelle.settings;

import java.net.URI;
import java.util.regex.Matcher;

/**
 * What of a value may be shown to anyone.
 */
interface Shown {

    /**
     * @param wrong whether the value is not allowed: then nobody knows what its parts are
     */
    String show(String value, boolean wrong);

    static Shown asItIs() {
        return (value, wrong) -> value;
    }

    /** That there is one, and about how long it is: enough to see that it was cut, too little to help who guesses. */
    static Shown nothing() {
        return (value, wrong) -> "(hidden, " + length(value.length()) + " characters)";
    }

    /** A user without a password is hidden too: it is most likely the password. */
    static Shown redisUrl() {
        return (value, wrong) -> {
            if (wrong) {
                return "(hidden, as it may hold a password)";
            }
            URI uri = URI.create(value);
            String address = Settings.withoutUser(uri);
            if (uri.getUserInfo() == null) {
                return address;
            }
            int colon = uri.getUserInfo().indexOf(':');
            String user = colon < 0 ? "" : uri.getUserInfo().substring(0, colon + 1);
            return address.replaceFirst("://", "://" + Matcher.quoteReplacement(user) + "(hidden)@");
        };
    }

    /** What comes after the path may be a key. */
    static Shown httpUrl() {
        return (value, wrong) -> {
            if (wrong && value.contains("@")) {
                return "(hidden, as it may hold a password)";
            }
            return value.replaceFirst("[?#].+", "?(hidden)");
        };
    }

    private static String length(int length) {
        if (length < 8) {
            return "fewer than 8";
        }
        return length < 16 ? "8 to 15" : length < 32 ? "16 to 31" : "32 or more";
    }
}
