package io.github.passerelle.camel.redisstreams;

import org.apache.camel.spi.Metadata;

/**
 * Names of the headers and exchange properties that the component sets or reads.
 */
public final class RedisStreamsConstants {

    private static final String PREFIX = "CamelRedisStreams";

    @Metadata(label = "common",
              description = "The id of the entry, such as 1763640000000-0. Set by the consumer (as an exchange property of the same name,"
                            + " too, which survives a call that drops the headers), set by the producer after add, read by the producer for"
                            + " all operations but add.",
              javaType = "String")
    public static final String ENTRY_ID = PREFIX + "EntryId";
    @Metadata(label = "consumer", description = "The key of the stream that the entry was read from.", javaType = "String")
    public static final String STREAM = PREFIX + "Stream";
    @Metadata(label = "consumer", description = "The consumer group that the entry was read for.", javaType = "String")
    public static final String GROUP = PREFIX + "Group";
    @Metadata(label = "consumer",
              description = "Which time this is that the entry is handed to the route: 1, then one more each time it came back without being"
                            + " acknowledged. Camel's own redeliveries within one such round do not count. Set as an exchange property of the"
                            + " same name, too.",
              javaType = "int")
    public static final String ROUND = PREFIX + "Round";
    @Metadata(label = "consumer",
              description = "True when the stream holds the entry no more, and the message has no body. Such an entry is handed to the route only"
                            + " with the option routeTrimmed.",
              javaType = "boolean")
    public static final String TRIMMED = PREFIX + "Trimmed";
    @Metadata(label = "producer", description = "Why a person decided as they did. Read for unpark and discard.", javaType = "String")
    public static final String REASON = PREFIX + "Reason";
    @Metadata(label = "producer", description = "Who decided. Read for unpark and discard.", javaType = "String")
    public static final String AUTHOR = PREFIX + "Author";
    @Metadata(label = "producer", description = "What became of the decision, a name of the enum Decision. Set after unpark and discard.",
              javaType = "String")
    public static final String DECISION = PREFIX + "Decision";
    @Metadata(label = "producer", description = "How many entries the acknowledgement counted: 1, or 0 when the entry was not pending.",
              javaType = "long")
    public static final String ACKNOWLEDGED = PREFIX + "Acknowledged";

    /**
     * Exchange property: a text in which the route notes what it wants to remember of the entry. It is kept with the record of its rounds when a
     * round ends without an acknowledgement, and with the entry when it is put aside, and it is there again in the next round. Up to a few
     * kilobytes.
     */
    public static final String NOTE = PREFIX + "Note";

    /**
     * Exchange property: how long the next round is to wait, in milliseconds, up to a day, in place of {@code replayDelay}; during a pause, the
     * next probe as well. After a restart an entry waits no longer than {@code replayMaxDelay} and a fifth.
     */
    public static final String REPLAY_DELAY = PREFIX + "ReplayDelay";

    /** Exchange property: {@code true} when the receiver is probed with this entry during a pause; it should be tried once. */
    public static final String PROBE = PREFIX + "Probe";

    /**
     * Exchange property: {@code true} when this entry failed as if the failure concerned all ({@link TryOutcome#FAILED_FOR_ALL}), while
     * another one was taken.
     */
    public static final String SUSPECT = PREFIX + "Suspect";

    /**
     * Exchange property: set to {@code true} by a route that wants a person to look at the entry before it is processed. It stays pending and is
     * not handed out again until it is released.
     */
    public static final String HOLD = PREFIX + "Hold";

    /**
     * Exchange property: set to {@code true} by a route that has looked at an entry and leaves the rest to the barrier of its order key. The entry
     * stays pending, is not handed out again and does not hold the barrier up; the barrier finds it in {@link #GATHERED}, and its acknowledgement
     * is that of all of them.
     */
    public static final String GATHER = PREFIX + "Gather";

    /**
     * Exchange property of a barrier: a list of each {@link StreamEntry} that was gathered for it, oldest first. They are acknowledged with it, in
     * one step.
     */
    public static final String GATHERED = PREFIX + "Gathered";

    /**
     * Exchange property: a map from {@link EntryId} to the {@link Counters} that the acknowledgement of a gathered entry counts, in the same step as
     * that of its barrier.
     */
    public static final String GATHERED_COUNTERS = PREFIX + "GatheredCounters";

    /** Exchange property: {@code true} when a person released the entry. */
    public static final String RELEASED = PREFIX + "Released";

    /** Exchange property: the {@link Counters} that the acknowledgement of the entry counts. */
    public static final String COUNTERS = PREFIX + "Counters";

    /** Exchange property: a list of each {@link Count} that {@code operation=park} or {@code operation=discard} counts in the same step. */
    public static final String COUNTS = PREFIX + "Counts";

    /** Exchange property: {@code true} when an entry is acknowledged without that the receiver was asked: it then tells nothing of the receiver. */
    public static final String UNASKED = PREFIX + "Unasked";

    /** Exchange property: the {@link Delivery} of this exchange. For the component's own use. */
    static final String DELIVERY = PREFIX + "Delivery";

    private RedisStreamsConstants() {
    }
}
