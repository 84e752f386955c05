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
                            + " ack.",
              javaType = "String")
    public static final String ENTRY_ID = PREFIX + "EntryId";
    @Metadata(label = "consumer", description = "The key of the stream that the entry was read from.", javaType = "String")
    public static final String STREAM = PREFIX + "Stream";
    @Metadata(label = "consumer", description = "The consumer group that the entry was read for.", javaType = "String")
    public static final String GROUP = PREFIX + "Group";
    @Metadata(label = "consumer",
              description = "Which time this is that the entry is handed to the route: 1, then one more each time it came back without being"
                            + " acknowledged. Camel's own redeliveries within one such round do not count. Set as an exchange property of the same name, too.",
              javaType = "int")
    public static final String ROUND = PREFIX + "Round";
    @Metadata(label = "producer", description = "How many entries the acknowledgement counted: 1, or 0 when the entry was not pending.",
              javaType = "long")
    public static final String ACKNOWLEDGED = PREFIX + "Acknowledged";

    /**
     * Exchange property: set to {@code false} by a route that knows that handing the same entry out again would change nothing. The entry
     * stays pending and is not tried again before the next start.
     */
    public static final String REPLAY = PREFIX + "Replay";

    /** Exchange property: the {@link Delivery} of this exchange. For the component's own use. */
    static final String DELIVERY = PREFIX + "Delivery";

    private RedisStreamsConstants() {
    }
}
