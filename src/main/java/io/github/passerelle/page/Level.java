package io.github.passerelle.page;

import java.util.Locale;

/** What something asks of who looks at it. */
enum Level {

    /** It cannot be said how things are. */
    UNKNOWN,
    /** A person must do something. */
    ACT,
    /** It is not well, and will be by itself. */
    WAIT,
    /** It is as it should be, and not at its end. */
    BUSY,
    /** All is well. */
    WELL;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
