package io.github.passerelle.campaign;

/**
 * Something after which a sale may come a second time although its answer was whole.
 *
 * @param what    in words
 * @param begin   on {@link System#nanoTime()}
 * @param end     the same, when it was over
 * @param allowed how many sales may come again because of it
 */
record Incident(String what, long begin, long end, int allowed) {

    /** Whether it explains that what came with the first request came again with the second. */
    boolean liesBetween(Arrival first, Arrival second) {
        return first.nanos() <= end && begin <= second.nanos();
    }
}
