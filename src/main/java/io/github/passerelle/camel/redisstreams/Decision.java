package io.github.passerelle.camel.redisstreams;

/**
 * What became of a person's decision about an entry.
 */
public enum Decision {

    /** It is done. */
    DONE,
    /** The same was decided before, and stands. */
    ALREADY,
    /** Not done: the entry is being sent at this moment, or is due and may be. */
    IN_PROGRESS,
    /** Not done: the entry is not put aside; it will be tried again by itself. */
    NOT_PARKED,
    /** Not done: the entry is not held. */
    NOT_HELD,
    /** Not done: the entry is not pending; it was acknowledged, was never read, or never existed. */
    NOT_PENDING
}
