package io.github.passerelle.camel.redisstreams;

import java.util.concurrent.TimeUnit;

/**
 * The two clocks that a consumer needs, in milliseconds.
 */
interface Time {

    /** For delays within this process: nobody can set it. */
    long ticks();

    /** For what other processes read: since 1970 (UTC). */
    long wallClock();

    static Time system() {
        return new Time() {
            @Override
            public long ticks() {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            }

            @Override
            public long wallClock() {
                return System.currentTimeMillis();
            }
        };
    }
}
