package io.github.passerelle.push;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Which trace an entry belongs to, as the W3C recommendation Trace Context writes it. It goes into the log lines about the entry and nowhere
 * else.
 */
final class TraceParent {

    /** Version, trace, parent and flags; neither a trace nor a parent is all zeros, and no version is ff. */
    private static final Pattern FORM = Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int LENGTH = 55;

    private TraceParent() {
    }

    /** Null for what is missing or of another form: whoever writes to the stream must not write the log. */
    static String of(byte[] field) {
        if (field == null || field.length != LENGTH) {
            return null;
        }
        String text = new String(field, StandardCharsets.US_ASCII);
        return FORM.matcher(text).matches() ? text : null;
    }
}
