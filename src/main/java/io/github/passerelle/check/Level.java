package io.github.passerelle.check;

import java.util.Locale;

/**
 * How bad a finding is.
 */
public enum Level {

    /** As it should be. */
    OK,
    /** Sales are delivered, but somebody should look at it. */
    WARNING,
    /** Sales are not delivered, or may be lost or sent twice. */
    ERROR;

    /** As it stands in what is printed. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
