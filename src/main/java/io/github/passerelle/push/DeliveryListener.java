package io.github.passerelle.push;

import java.time.Duration;

/**
 * Is told what happens to the entries, at the moment it happens.
 */
public interface DeliveryListener {

    /** Whoever wants to know nothing. */
    DeliveryListener NONE = new DeliveryListener() {
    };

    /**
     * A request to Paheko has ended, well or not.
     *
     * @param again whether the same entry was sent before, as far as is known
     */
    default void requested(Duration time, boolean again) {
    }

    /** A try has failed, whether or not Paheko was asked. */
    default void tryFailed(Cause cause) {
    }

    /** Paheko has taken an entry. */
    default void delivered() {
    }

    /**
     * A round has ended without a delivery, and the entry stays pending.
     *
     * @param cause null when nothing failed: the route ended before
     */
    default void leftPending(Cause cause) {
    }

    /** An entry was put aside until a person decides. */
    default void quarantined(Cause cause) {
    }

    /** A step of the route chose not to send an entry. */
    default void skipped() {
    }

    /**
     * A cash session is closed, and what was delivered of it was compared with what the till says.
     *
     * @param totals {@code equal}, {@code different} or {@code unknown}
     */
    default void closed(String totals) {
    }
}
