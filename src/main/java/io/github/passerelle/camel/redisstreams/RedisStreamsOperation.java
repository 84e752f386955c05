package io.github.passerelle.camel.redisstreams;

/**
 * What a producer does.
 */
public enum RedisStreamsOperation {

    /** Appends the message body to the stream as one entry (XADD). */
    add,

    /** Acknowledges the entry that the exchange carries (XACK), and removes what was kept about its rounds in the same step. */
    ack,

    /**
     * Puts the entry aside that the consumer of the same stream and group has handed out: it is copied beside the stream, stays pending, and is
     * not handed out again until a person decides. Where Redis cannot take it, the steps that follow are not taken, and the entry comes again.
     */
    park,

    /** Hands an entry out again that was put aside: at once, or at the consumer's next start. */
    unpark,

    /** Lets an entry go that is held: a barrier that waits for earlier ones, or one that its route held. */
    release,

    /** Acknowledges an entry that nobody is working on, although it was not processed; the decision is kept. */
    discard
}
