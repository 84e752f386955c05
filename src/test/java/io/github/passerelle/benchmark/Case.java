package io.github.passerelle.benchmark;

/** Something to measure, once in each round unless it says otherwise. */
interface Case {

    String name();

    /** Measures it once. */
    void measure(Site site, Figures figures) throws InterruptedException;

    /** Whether one time is enough, as it takes long. */
    default boolean isOnce() {
        return false;
    }
}
