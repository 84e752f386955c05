package io.github.passerelle.camel.redisstreams;

/**
 * What a producer does.
 */
public enum RedisStreamsOperation {

    /** Appends the message body to the stream as one entry (XADD). */
    add,

    /** Acknowledges the entry that the exchange carries (XACK), and removes what was kept about its rounds in the same step. */
    ack
}
