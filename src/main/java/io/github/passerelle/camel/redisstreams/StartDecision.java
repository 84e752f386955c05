package io.github.passerelle.camel.redisstreams;

/**
 * What became of a person's decision where the group begins.
 */
public enum StartDecision {

    /** It is done: what is read next is the first entry at that place or after it. */
    DONE,
    /** Not done: a consumer is at work. */
    AT_WORK,
    /** Not done: the group has read entries that are not acknowledged. */
    PENDING,
    /** Not done: entries at that place or after it were read before, and would be read again. */
    READ_BEFORE
}
