package io.github.passerelle.push;

import java.util.Locale;

import io.github.passerelle.camel.redisstreams.TryOutcome;

/**
 * What the channel makes of a failure. The classes come from what a real Paheko answers in which situation.
 */
enum FailureClass {

    /** Paheko, or the way to it, failed; it may be over in a moment. */
    TRANSIENT(TryOutcome.FAILED),
    /** Paheko asks for patience. */
    BUSY(TryOutcome.FAILED),
    /** Probably concerns every entry: a wrong address or secret, a plugin that is switched off, an upgrade under way. */
    CONFIGURATION(TryOutcome.FAILED_FOR_ALL),
    /** A Paheko that is well refuses this entry. */
    REJECTED(TryOutcome.ANSWERED),
    /** The entry cannot be sent; Paheko was not asked. */
    UNREADABLE(TryOutcome.NOT_ASKED),
    /** What is needed to send it was not to be had; Paheko was not asked. */
    UNPREPARED(TryOutcome.NOT_ASKED),
    /** An earlier request may still be under way at Paheko; it was not asked again. */
    IN_DOUBT(TryOutcome.NOT_ASKED),
    /** A person must see to it before it can be booked; Paheko was not asked. */
    HELD(TryOutcome.NOT_ASKED);

    private final TryOutcome outcome;

    FailureClass(TryOutcome outcome) {
        this.outcome = outcome;
    }

    /** What it tells of Paheko. */
    TryOutcome outcome() {
        return outcome;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
