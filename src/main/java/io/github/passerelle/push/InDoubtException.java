package io.github.passerelle.push;

import java.time.Duration;

/**
 * Paheko may still be at an earlier request: to look up now whether it has booked something, and to book it when it has not, could book it twice.
 */
class InDoubtException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration remaining;

    /** @param remaining after how long the earlier request must be over */
    InDoubtException(Duration remaining) {
        super("an earlier request may still be under way: Paheko is asked in " + (remaining.toMillis() + 999) / 1000 + " s whether it has booked it");
        this.remaining = remaining;
    }

    Duration remaining() {
        return remaining;
    }
}
