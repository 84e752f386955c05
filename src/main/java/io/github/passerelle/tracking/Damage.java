package io.github.passerelle.tracking;

import java.util.Locale;

/** What is wrong with what was kept of an entry: somebody changed it by hand, or Redis lost it. The entry itself is not lost by any of these. */
public enum Damage {

    /** The record of its quarantine is gone, or is no record. */
    RECORD,
    /** What was noted of it cannot be read. */
    NOTE,
    /** The list of the quarantine does not name it. */
    LIST,
    /** The record of its rounds is gone: it counts as due, and the worker sends it at its next start. */
    ROUNDS,
    /** It is listed, and was acknowledged by other means than those of Passerelle. */
    ACKNOWLEDGED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
