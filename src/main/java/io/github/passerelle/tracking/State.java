package io.github.passerelle.tracking;

import java.util.Locale;

/** Where an entry is on its way. */
public enum State {

    /** In the stream, and not read yet. */
    WAITING,
    /** Being sent, or sent as soon as the worker comes to it: at its next start when none is at work. */
    DUE,
    /** Tried and not delivered; its next try has a time. */
    SCHEDULED,
    /** Waits until the earlier entries of its session are delivered or discarded, or until a person releases it. */
    HELD,
    /** Looked at, and booked together with the close of its session. */
    COLLECTED,
    /** Put aside until a person decides. */
    QUARANTINED,
    /** A person decided to have it tried again, and it was not yet. */
    REPLAYED,
    /** A person let it go although it was held, and it was not sent yet. */
    RELEASED,
    /** Paheko took it. */
    DELIVERED,
    /** A person decided that it is not to be sent. */
    DISCARDED,
    /** It was put aside, and acknowledged by other means than those of Passerelle. */
    REMOVED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
