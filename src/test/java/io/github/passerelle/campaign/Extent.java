package io.github.passerelle.campaign;

/**
 * How much is done of everything: all of it in an hour, less of each in less time, and each at least once.
 *
 * @param minutes how long it is to take, roughly
 */
record Extent(int minutes) {

    static final int FULL = 60;
    static final int LONGEST = 75;
    /** Everything once takes about so long. */
    static final int SHORTEST = 4;

    Extent {
        if (minutes < SHORTEST || minutes > LONGEST) {
            throw new IllegalArgumentException("--minutes must be from " + SHORTEST + " to " + LONGEST + ", not " + minutes);
        }
    }

    /** The part of what a full run does. */
    int of(int full) {
        return Math.max(1, (int) Math.ceil(full * Math.min(1.0, minutes / (double) FULL)));
    }
}
