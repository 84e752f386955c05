package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.redisson.api.PendingEntry;
import org.redisson.api.RScript;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.StreamMessageId;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamPendingRangeArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;

/**
 * The Redis commands on one stream, for one member of one group. The only class that speaks to Redis.
 */
final class RedisStream {

    /** What Redis holds of one pending entry: nothing pending any more, pending but trimmed away ({@code entry} null), or the entry. */
    record Fetched(boolean pending, Entry entry) {
    }

    /**
     * What became of one page of the group's pending list.
     *
     * @param last        where the next page begins; null when this was the last one
     * @param claimedFrom for each entry that now belongs to this consumer, to which one it belonged before
     * @param trimmed     entries of others that the stream does not hold any more; they are left where they are
     */
    record AdoptedPage(EntryId last, List<String> claimedFrom, List<EntryId> trimmed) {
    }

    private static final CompositeCodec NAMES_AS_TEXT_VALUES_AS_BYTES = new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE);

    private static final int ACKNOWLEDGED_TOGETHER = 500;

    private final RStream<String, byte[]> stream;
    private final RScript scripts;
    private final Acker acker = new Acker(this::acknowledge, ACKNOWLEDGED_TOGETHER);
    private final RedissonClient client;
    private final RedisStreamsConfiguration configuration;
    private final String name;
    private final String dueKey;
    private final String group;
    private final String consumer;
    private final Duration timeout;
    private EntryId groupStart;

    RedisStream(RedissonClient client, RedisStreamsConfiguration configuration) {
        this.client = client;
        this.configuration = configuration;
        this.name = configuration.getStream();
        this.group = configuration.getGroup();
        this.consumer = configuration.getConsumerName();
        this.timeout = Duration.ofMillis(configuration.getTimeout());
        this.stream = client.getStream(name, NAMES_AS_TEXT_VALUES_AS_BYTES);
        this.scripts = client.getScript(StringCodec.INSTANCE);
        this.dueKey = "{" + name + "}:due";
    }

    String name() {
        return name;
    }

    boolean isSame(String otherStream, String otherGroup) {
        return name.equals(otherStream) && group.equals(otherGroup);
    }

    /**
     * Creates the stream and the group, which then begins where the option says. A group that exists is left as it is. For use by one thread.
     */
    void createGroup() throws InterruptedException {
        if (groupStart == null) {
            // what is the newest entry is asked once: if the group vanishes later, it is made anew without skipping what came since
            groupStart = configuration.isGroupStartNewest() ? newest() : EntryId.parseLeniently(configuration.getGroupStart());
        }
        try {
            await(stream.createGroupAsync(StreamCreateGroupArgs.name(group).id(messageId(groupStart)).makeStream()));
        } catch (RedisStreamsException e) {
            if (!e.isAnswer("BUSYGROUP")) {
                throw e;
            }
        }
    }

    private EntryId newest() throws InterruptedException {
        return EntryId.parse(await(
                scripts.<String> evalAsync(name, RScript.Mode.READ_ONLY, Scripts.NEWEST, RScript.ReturnType.STATUS, List.of(name))));
    }

    /**
     * Entries that no member of the group has read, oldest first; none when there are none within the time to wait.
     *
     * @param block null: not to wait
     */
    CompletionStage<List<Entry>> readNew(int count, Duration block) {
        StreamReadGroupArgs args = StreamReadGroupArgs.neverDelivered().count(count);
        CompletionStage<?> answer = stream.readGroupAsync(group, consumer, block == null ? args : args.timeout(block));
        // Redisson ends a waiting read with an empty list, which is no map, when the connection is lost
        return answer.thenApply(read -> read instanceof Map<?, ?> entries ? entries(entries) : List.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Entry> entries(Map<?, ?> read) {
        return ((Map<StreamMessageId, Map<String, byte[]>>) read).entrySet().stream()
                .map(e -> new Entry(entryId(e.getKey()), e.getValue())).toList();
    }

    /** The ids of this consumer's pending entries that come after the given one, oldest first. */
    List<EntryId> pendingAfter(EntryId last, int max) throws InterruptedException {
        List<PendingEntry> page = await(stream.listPendingAsync(StreamPendingRangeArgs.groupName(group)
                .startIdExclusive(messageId(last)).endId(StreamMessageId.MAX).count(max).consumerName(consumer)));
        return page.stream().map(e -> entryId(e.getId())).toList();
    }

    /**
     * Claims what other consumers of the group hold of the pending entries after the given one.
     *
     * @param listed  how many pending entries to look at
     * @param claimed after how many claims to stop nevertheless
     */
    AdoptedPage adoptAfter(EntryId last, int listed, int claimed) throws InterruptedException {
        List<String> answer = await(scripts.<List<String>> evalAsync(name, RScript.Mode.READ_WRITE, Scripts.ADOPT, RScript.ReturnType.MULTI,
                List.of(name), group, consumer, last.toString(), String.valueOf(listed), String.valueOf(claimed)));
        List<String> claimedFrom = new ArrayList<>();
        List<EntryId> trimmed = new ArrayList<>();
        for (int i = 1; i < answer.size(); i += 2) {
            if (answer.get(i + 1).isEmpty()) {
                trimmed.add(EntryId.parse(answer.get(i)));
            } else {
                claimedFrom.add(answer.get(i + 1));
            }
        }
        return new AdoptedPage(answer.get(0).isEmpty() ? null : EntryId.parse(answer.get(0)), claimedFrom, trimmed);
    }

    /** The records of rounds of the given entries; those that have none are left out. */
    Map<EntryId, Round> rounds(Collection<EntryId> ids) throws InterruptedException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<String, EntryId> byField = new LinkedHashMap<>();
        ids.forEach(id -> byField.put(field(id), id));
        Map<String, String> found
                = await(client.<String, String> getMap(dueKey, StringCodec.INSTANCE).getAllAsync(byField.keySet()));
        Map<EntryId, Round> answer = new HashMap<>();
        found.forEach((field, text) -> answer.put(byField.get(field), Round.parse(text)));
        return answer;
    }

    Fetched fetch(EntryId id) throws InterruptedException {
        StreamMessageId messageId = messageId(id);
        if (await(stream.listPendingAsync(group, consumer, messageId, messageId, 1)).isEmpty()) {
            return new Fetched(false, null);
        }
        Map<String, byte[]> fields = await(stream.rangeAsync(1, messageId, messageId)).get(messageId);
        return new Fetched(true, fields == null ? null : new Entry(id, fields));
    }

    /**
     * Several that wait at the same time go to Redis together.
     *
     * @return how many entries Redis counted: 1, or 0 when the entry was not pending
     */
    CompletionStage<Long> acknowledge(EntryId id) {
        return acker.acknowledge(id);
    }

    void acknowledgeNow(EntryId id) throws InterruptedException {
        await(acknowledge(id));
    }

    private CompletionStage<List<Long>> acknowledge(List<EntryId> ids) {
        Object[] arguments = Stream.concat(Stream.of(group), ids.stream().map(EntryId::toString)).toArray();
        return scripts.<List<Long>> evalAsync(name, RScript.Mode.READ_WRITE, Scripts.ACKNOWLEDGE, RScript.ReturnType.MULTI,
                List.of(name, dueKey), arguments).toCompletableFuture()
                // an answer that never comes must not hold back all acknowledgements after it; a copy, as the client's own is not ours to end
                .copy().orTimeout(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void endRound(EntryId id, Round round) throws InterruptedException {
        await(scripts.<Long> evalAsync(name, RScript.Mode.READ_WRITE, Scripts.END_ROUND, RScript.ReturnType.INTEGER, List.of(name, dueKey),
                group, id.toString(), field(id), round.toString()));
    }

    CompletionStage<EntryId> add(Addition addition) {
        StreamAddArgs<String, byte[]> arguments = StreamAddArgs.entries(addition.fields());
        var trim = addition.exactTrim() ? arguments.trim() : arguments.trimNonStrict();
        if (addition.maxLen() > 0) {
            trim.maxLen(addition.maxLen());
        } else if (addition.minId() != null) {
            trim.minId(messageId(addition.minId()));
        }
        if (addition.id() == null) {
            return stream.addAsync(arguments).thenApply(RedisStream::entryId);
        }
        return stream.addAsync(messageId(addition.id()), arguments).thenApply(nothing -> addition.id());
    }

    CompletionStage<StreamStatus> status() {
        return scripts.<List<String>> evalAsync(name, RScript.Mode.READ_ONLY, Scripts.STATUS, RScript.ReturnType.MULTI, List.of(name), group)
                .thenApply(RedisStream::status);
    }

    private static StreamStatus status(List<String> answer) {
        Long waiting = answer.get(0).isEmpty() ? null : Long.valueOf(answer.get(0));
        return new StreamStatus(waiting, time(answer.get(1)), Long.parseLong(answer.get(2)), time(answer.get(3)));
    }

    private static Instant time(String id) {
        return id.isEmpty() ? null : EntryId.parse(id).time();
    }

    /** The group is part of the field, as several groups may read one stream. */
    private String field(EntryId id) {
        return group + " " + id;
    }

    private <T> T await(CompletionStage<T> answer) throws InterruptedException {
        try {
            // Redisson gives up by itself after the same time; twice of it only guards against an answer that never comes
            return answer.toCompletableFuture().get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw new RedisStreamsException(configuration, e.getCause());
        } catch (TimeoutException e) {
            throw new RedisStreamsException(configuration, e);
        }
    }

    private static EntryId entryId(StreamMessageId id) {
        return new EntryId(id.getId0(), id.getId1());
    }

    private static StreamMessageId messageId(EntryId id) {
        return new StreamMessageId(id.millis(), id.sequence());
    }
}
