package io.github.passerelle.camel.redisstreams;

import java.util.random.RandomGenerator;

/**
 * A delay that doubles from a first value up to a longest one, each spread at random so that many clients do not return together.
 */
final class GrowingDelay {

    private final long firstMillis;
    private final long maxMillis;
    private final double spread;
    private final RandomGenerator random;

    /**
     * @param spread the part of the delay by which it may be shorter or longer, 0 to 1
     */
    GrowingDelay(long firstMillis, long maxMillis, double spread, RandomGenerator random) {
        if (firstMillis < 1 || maxMillis < firstMillis) {
            throw new IllegalArgumentException(
                    "the first delay (" + firstMillis + " ms) must be at least 1 ms and at most the longest (" + maxMillis + " ms)");
        }
        this.firstMillis = firstMillis;
        this.maxMillis = maxMillis;
        this.spread = spread;
        this.random = random;
    }

    /**
     * @param  step 1 for the first delay
     * @return      milliseconds
     */
    long millis(int step) {
        double grown = Math.min(maxMillis, firstMillis * Math.pow(2, Math.min(step, 63) - 1.0));
        return Math.round(grown * (1 + spread * (2 * random.nextDouble() - 1)));
    }

    /** The longest delay that can come out. */
    long longestMillis() {
        return Math.round(maxMillis * (1 + spread));
    }
}
