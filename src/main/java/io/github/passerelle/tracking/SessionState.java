package io.github.passerelle.tracking;

import java.util.Locale;

/** How far a cash session has come, as Paheko sees it. */
public enum SessionState {

    /** It was opened, and its close was not published yet. */
    OPEN,
    /** Its close is on its way. */
    CLOSING,
    /** Its close waits for earlier entries, or for a person. */
    HELD,
    /** Its close is put aside until a person decides. */
    REFUSED,
    /** A person decided that its close is not to be sent, or acknowledged it by other means than those of Passerelle. */
    ABANDONED,
    /** Paheko has taken its close. */
    CLOSED,
    /** Nothing is known of its opening and of its close. */
    UNKNOWN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
