package io.github.passerelle.camel.redisstreams;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.redisson.api.RedissonClient;

/**
 * The options of the component and of its endpoints.
 */
@UriParams
public class RedisStreamsConfiguration implements Cloneable {

    @UriPath
    @Metadata(required = true)
    private String stream;
    @UriParam(defaultValue = "redis://localhost:6379")
    private String url = "redis://localhost:6379";
    @UriParam(label = "security", secret = true)
    private String username;
    @UriParam(label = "security", secret = true)
    private String password;
    @UriParam(label = "security")
    private SSLContextParameters sslContextParameters;
    @UriParam(defaultValue = "3000", javaType = "java.time.Duration")
    private long timeout = 3000;
    @UriParam(label = "advanced")
    @Metadata(autowired = true)
    private RedissonClient redissonClient;

    @UriParam
    private String group;
    @UriParam(label = "consumer", defaultValue = "0")
    private String groupStart = "0";
    @UriParam(label = "consumer", defaultValue = "camel")
    private String consumerName = "camel";
    @UriParam(label = "consumer", defaultValue = "2000", javaType = "java.time.Duration")
    private long block = 2000;
    @UriParam(label = "consumer", defaultValue = "16")
    private int count = 16;
    @UriParam(label = "consumer", defaultValue = "60000", javaType = "java.time.Duration")
    private long replayDelay = 60_000;
    @UriParam(label = "consumer", defaultValue = "900000", javaType = "java.time.Duration")
    private long replayMaxDelay = 900_000;
    @UriParam(label = "consumer,advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long pendingScanPeriod = 60_000;
    @UriParam(label = "consumer,advanced", defaultValue = "false")
    private boolean adopt;
    @UriParam(label = "consumer,advanced", defaultValue = "false")
    private boolean routeTrimmed;
    @UriParam(label = "consumer", defaultValue = "false")
    private boolean exclusive;
    @UriParam(label = "consumer,advanced", defaultValue = "5000", javaType = "java.time.Duration")
    private long leaseDuration = 5_000;
    @UriParam(label = "consumer", defaultValue = "1")
    private int concurrentConsumers = 1;
    @UriParam(label = "consumer", defaultValue = "1")
    private int maxInProgress = 1;
    @UriParam(label = "consumer")
    private String orderKey;
    @UriParam(label = "consumer")
    private String barrier;
    @UriParam(label = "consumer")
    private boolean gather;
    @UriParam(label = "consumer", defaultValue = "0")
    private int pauseAfter;
    @UriParam(label = "consumer", defaultValue = "5000", javaType = "java.time.Duration")
    private long probeDelay = 5_000;
    @UriParam(label = "consumer", defaultValue = "60000", javaType = "java.time.Duration")
    private long probeMaxDelay = 60_000;

    @UriParam(label = "consumer")
    private String mapFields;
    @UriParam(label = "advanced")
    private HeaderFilterStrategy headerFilterStrategy = new RedisStreamsHeaderFilterStrategy();

    @UriParam(label = "producer", defaultValue = "add")
    private RedisStreamsOperation operation = RedisStreamsOperation.add;
    @UriParam(label = "producer", defaultValue = "body")
    private String bodyField = "body";
    @UriParam(label = "producer")
    private String mapHeaders;
    @UriParam(label = "producer")
    private String entryId;
    @UriParam(label = "producer", defaultValue = "0")
    private int maxLen;
    @UriParam(label = "producer")
    private String minId;
    @UriParam(label = "producer", defaultValue = "false")
    private boolean exactTrim;

    public RedisStreamsConfiguration copy() {
        try {
            return (RedisStreamsConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getStream() {
        return stream;
    }

    /**
     * The key of the stream. It may contain colons.
     */
    public void setStream(String stream) {
        this.stream = stream;
    }

    public String getUrl() {
        return url;
    }

    /**
     * Where Redis is: <tt>redis://host:port</tt>, or <tt>rediss://</tt> for TLS, with <tt>/n</tt> at the end for another database than 0.
     */
    public void setUrl(String url) {
        this.url = url;
    }

    public String getUsername() {
        return username;
    }

    /**
     * The Redis user. Left out, Redis' default user is meant.
     */
    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    /**
     * The password of the Redis user. Left out, no authentication takes place.
     */
    public void setPassword(String password) {
        this.password = password;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * TLS with Redis, where the url begins with <tt>rediss://</tt>: which authorities are trusted, which certificate is shown to Redis, which
     * protocols and cipher suites are used. Left out, the authorities are trusted that Java trusts. Whatever they say, Redis must show a
     * certificate for the host in the url. Their provider, secure socket protocol, secure random, session timeout, client parameters and
     * server parameters have no effect, as Redisson makes the connection.
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    /** Whether the url asks for TLS. */
    boolean isTls() {
        return url.startsWith("rediss:");
    }

    public long getTimeout() {
        return timeout;
    }

    /**
     * How long to wait for a connection to Redis, and for its answer to a command.
     */
    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    public RedissonClient getRedissonClient() {
        return redissonClient;
    }

    /**
     * A Redisson client to use instead of one made from url, username and password. It is not shut down with the component.
     */
    public void setRedissonClient(RedissonClient redissonClient) {
        this.redissonClient = redissonClient;
    }

    public String getGroup() {
        return group;
    }

    /**
     * The consumer group. Required for a consumer, which creates the group, and with it the stream, where missing, and for every operation but add.
     */
    public void setGroup(String group) {
        this.group = group;
    }

    public String getGroupStart() {
        return groupStart;
    }

    /** Whether a new group begins after what the stream holds when this consumer first reaches it. */
    boolean isGroupStartNewest() {
        return "$".equals(groupStart);
    }

    /**
     * Where a group begins that this consumer creates: <tt>0</tt> at the oldest entry of the stream, <tt>$</tt> with what is added after the
     * consumer first reached it, or after the entry with the given id, such as <tt>1763640000000-0</tt> (without the part from the dash on: at
     * that millisecond, in milliseconds since 1970). A group that exists is left where it is. If the group vanishes while the consumer runs,
     * it is created again at the same place. Anything else is an error at start.
     */
    public void setGroupStart(String groupStart) {
        this.groupStart = groupStart;
    }

    public String getConsumerName() {
        return consumerName;
    }

    /**
     * The name by which this consumer is known in its group. Pending entries belong to a name: a process that takes over for another one must
     * use the same.
     */
    public void setConsumerName(String consumerName) {
        this.consumerName = consumerName;
    }

    public long getBlock() {
        return block;
    }

    /**
     * How long one read waits in Redis for a new entry (XREADGROUP BLOCK) before it is repeated. An entry that comes meanwhile is handed out
     * at once.
     */
    public void setBlock(long block) {
        this.block = block;
    }

    public int getCount() {
        return count;
    }

    /**
     * The largest number of new entries that one read returns (XREADGROUP COUNT). They are held in memory until it is their turn. Where a
     * read has returned that many, and concurrentConsumers is larger, the next one returns as many as that, and ends early once they have 1 MiB.
     */
    public void setCount(int count) {
        this.count = count;
    }

    public long getReplayDelay() {
        return replayDelay;
    }

    /**
     * After which time an entry that the route has ended with without acknowledging it is handed out again for the first time. The delay
     * doubles with each further round, up to replayMaxDelay, and is spread by a fifth to both sides. Rounds and times are kept in Redis and
     * outlive a restart.
     */
    public void setReplayDelay(long replayDelay) {
        this.replayDelay = replayDelay;
    }

    public long getReplayMaxDelay() {
        return replayMaxDelay;
    }

    /**
     * The longest delay between two rounds of one entry.
     */
    public void setReplayMaxDelay(long replayMaxDelay) {
        this.replayMaxDelay = replayMaxDelay;
    }

    public long getPendingScanPeriod() {
        return pendingScanPeriod;
    }

    /**
     * How often the whole pending list is looked through for entries that this consumer does not know of, such as those of a read whose
     * answer was lost, or that it knows for put aside and are not any more. It is also looked through at start and after each loss of the
     * connection.
     */
    public void setPendingScanPeriod(long pendingScanPeriod) {
        this.pendingScanPeriod = pendingScanPeriod;
    }

    public boolean isAdopt() {
        return adopt;
    }

    /**
     * Whether to take over the pending entries of all other consumers of the group, at start, before anything new is read, and with each look
     * at the pending list (pendingScanPeriod). They are handed out with this consumer's own, oldest first. For a group in which no other
     * consumer is alive: one that is would lose what it is working on to this one, and it would be processed twice. An entry that was
     * trimmed away is reported and stays with the consumer that has it.
     */
    public void setAdopt(boolean adopt) {
        this.adopt = adopt;
    }

    public boolean isRouteTrimmed() {
        return routeTrimmed;
    }

    /**
     * Whether an entry that the stream holds no more is handed to the route nevertheless, without a body and with the header
     * CamelRedisStreamsTrimmed, so that the route can put it aside. By default it is reported in the log and stays pending.
     */
    public void setRouteTrimmed(boolean routeTrimmed) {
        this.routeTrimmed = routeTrimmed;
    }

    public boolean isExclusive() {
        return exclusive;
    }

    /**
     * Whether only one of several consumers of the same group and name is at work, which may be in different processes. The others stand by, and
     * one of them takes over when the one at work stops, or gives no sign of life for leaseDuration.
     */
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    public long getLeaseDuration() {
        return leaseDuration;
    }

    /**
     * How long a consumer counts as being at work after its last sign of life. It gives one each second, or five in this time where that is more
     * often.
     */
    public void setLeaseDuration(long leaseDuration) {
        this.leaseDuration = leaseDuration;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    /**
     * How many entries are routed at the same time, each on a thread of its own.
     */
    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public int getMaxInProgress() {
        return maxInProgress;
    }

    /**
     * How many entries are in progress at most: being routed, or between two redeliveries of an error handler with asyncDelayedRedelivery, where
     * they hold no thread. With more than 1, entries can overtake one another unless they share an orderKey.
     */
    public void setMaxInProgress(int maxInProgress) {
        this.maxInProgress = maxInProgress;
    }

    public String getOrderKey() {
        return orderKey;
    }

    /**
     * A Simple expression that gives the order key of an entry; the message body is the map of its fields. Of the entries of one key at most one
     * is in progress, and each waits until every earlier one has had its first round. An entry without a key, or whose key cannot be evaluated,
     * waits for nothing. The exchange properties that the expression sets travel with the entry into its route, so that what is found for the
     * order need not be found twice; they are missing where the entry was read from the pending list.
     */
    public void setOrderKey(String orderKey) {
        this.orderKey = orderKey;
    }

    public String getBarrier() {
        return barrier;
    }

    /**
     * A Simple predicate that tells which entries are barriers: one is held until every earlier entry of its order key is acknowledged, however
     * many rounds that takes and even if it was put aside, or until a person releases it.
     */
    public void setBarrier(String barrier) {
        this.barrier = barrier;
    }

    public boolean isGather() {
        return gather;
    }

    /**
     * Whether the route may leave entries to the barrier of their order key by setting the exchange property CamelRedisStreamsGather. Such an
     * entry stays pending; the barrier then gets all of them in the exchange property CamelRedisStreamsGathered, and they are acknowledged with it
     * in one step. Entries that were gathered before this was switched off are handed out again.
     */
    public void setGather(boolean gather) {
        this.gather = gather;
    }

    public int getPauseAfter() {
        return pauseAfter;
    }

    /**
     * After how many different entries whose latest tries failed, with no success between, the consumer pauses: it reads nothing new and
     * probes with one entry at a time until one succeeds. A failure that a route reports as concerning all entries pauses at once. 0 for never.
     */
    public void setPauseAfter(int pauseAfter) {
        this.pauseAfter = pauseAfter;
    }

    public long getProbeDelay() {
        return probeDelay;
    }

    /**
     * How long after the beginning of a pause the first probe is made; doubles with each probe, spread by a fifth to both sides.
     */
    public void setProbeDelay(long probeDelay) {
        this.probeDelay = probeDelay;
    }

    public long getProbeMaxDelay() {
        return probeMaxDelay;
    }

    /**
     * The longest time between two probes, unless the route asks for a longer one with the exchange property CamelRedisStreamsReplayDelay.
     */
    public void setProbeMaxDelay(long probeMaxDelay) {
        this.probeMaxDelay = probeMaxDelay;
    }

    public String getMapFields() {
        return mapFields;
    }

    /**
     * The fields of an entry that become headers of the message as well, as text in UTF-8: their names, separated by commas, or <tt>*</tt> for
     * all. None by default. A field whose name the headerFilterStrategy holds back never becomes one. Beware of <tt>*</tt> where a later step
     * sends headers on: whoever may write to the stream then chooses them.
     */
    public void setMapFields(String mapFields) {
        this.mapFields = mapFields;
    }

    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    /**
     * What never passes between the headers of a message and the fields of an entry, even if mapFields or mapHeaders asks for it. By default
     * what begins with <tt>camel</tt> or <tt>org.apache.camel.</tt>, in upper or lower case.
     */
    public void setHeaderFilterStrategy(HeaderFilterStrategy headerFilterStrategy) {
        this.headerFilterStrategy = headerFilterStrategy;
    }

    public RedisStreamsOperation getOperation() {
        return operation;
    }

    /**
     * What the producer does.
     */
    public void setOperation(RedisStreamsOperation operation) {
        this.operation = operation;
    }

    public String getBodyField() {
        return bodyField;
    }

    /**
     * The name of the field that takes the message body when an entry is added, where the body is not a map of fields.
     */
    public void setBodyField(String bodyField) {
        this.bodyField = bodyField;
    }

    public String getMapHeaders() {
        return mapHeaders;
    }

    /**
     * The headers of the message that become fields when an entry is added: their names, separated by commas, or <tt>*</tt> for all. None by
     * default. A header that the headerFilterStrategy holds back never becomes one, and the body has precedence over a header of the same
     * name. A header that cannot be written as bytes is an error.
     */
    public void setMapHeaders(String mapHeaders) {
        this.mapHeaders = mapHeaders;
    }

    public String getEntryId() {
        return entryId;
    }

    /**
     * The id of the entry to add, as text or as an expression in the Simple language, such as <tt>${header.number}-0</tt>. Left out, Redis
     * gives the entry an id. Redis refuses an id that is not greater than all before it in the stream, so a second add of the same entry
     * is an error and no second entry. The header CamelRedisStreamsEntryId has no influence, as in a route that consumes it names the entry
     * that was read. An expression that gives no entry id is an error.
     */
    public void setEntryId(String entryId) {
        this.entryId = entryId;
    }

    public int getMaxLen() {
        return maxLen;
    }

    /**
     * How many entries the stream keeps when one is added (XADD MAXLEN): the oldest beyond that are dropped, whether or not a group has read
     * or acknowledged them. 0 keeps all. Not together with minId.
     */
    public void setMaxLen(int maxLen) {
        this.maxLen = maxLen;
    }

    public String getMinId() {
        return minId;
    }

    /**
     * The id of the oldest entry that the stream keeps when one is added (XADD MINID), as text or as an expression in the Simple language: those
     * before it are dropped, whether or not a group has read or acknowledged them. A time in milliseconds since 1970 will do. Left out, all are
     * kept. Not together with maxLen. An expression that gives no entry id is an error.
     */
    public void setMinId(String minId) {
        this.minId = minId;
    }

    public boolean isExactTrim() {
        return exactTrim;
    }

    /**
     * Whether maxLen and minId are kept to exactly. By default Redis keeps some more entries, usually up to a hundred, as it can then drop
     * them in blocks, which costs it much less.
     */
    public void setExactTrim(boolean exactTrim) {
        this.exactTrim = exactTrim;
    }
}
