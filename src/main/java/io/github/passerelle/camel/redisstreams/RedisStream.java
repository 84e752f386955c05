package io.github.passerelle.camel.redisstreams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.redisson.api.PendingEntry;
import org.redisson.api.RFuture;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.StreamMessageId;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamPendingRangeArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.codec.StringCodec;

/**
 * The Redis commands on one stream, for one member of one group.
 */
final class RedisStream {

    /**
     * What Redis holds of one entry that is to be handed out.
     *
     * @param notOurs whether another process is at work now; nothing else is told then
     * @param pending whether it is pending, and nobody has put it aside or taken it over meanwhile
     * @param parked  whether it was put aside meanwhile
     * @param entry   null when it is not pending or was trimmed away
     * @param order   where it belongs, as far as its record of rounds says so
     * @param note    what the route noted of it
     */
    record Fetched(boolean notOurs, boolean pending, boolean parked, Entry entry, Order order, String note) {

        static Fetched fresh(Entry entry) {
            return new Fetched(false, true, false, entry, Order.NONE, "");
        }
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

    private static final int ACKNOWLEDGED_TOGETHER = 500;
    private static final int ENTRIES_TOGETHER = 100;

    private final RStream<String, byte[]> stream;
    private final Acker acker;
    private final Commands commands;
    private final RedisStreamsConfiguration configuration;
    private final Keys keys;
    private final Quarantine quarantine;
    private final String name;
    private final String group;
    private final String consumer;
    private final String owner;
    private final String fence;
    private EntryId groupStart;

    RedisStream(RedissonClient client, RedisStreamsConfiguration configuration) {
        this(client, configuration, "");
    }

    /** @param owner what a consumer calls itself; empty for others */
    RedisStream(RedissonClient client, RedisStreamsConfiguration configuration, String owner) {
        this.owner = owner;
        this.fence = configuration.isExclusive() ? owner : "";
        this.configuration = configuration;
        this.commands = new Commands(client, configuration);
        this.name = configuration.getStream();
        this.group = configuration.getGroup();
        this.consumer = configuration.getConsumerName();
        this.keys = new Keys(name, group);
        this.stream = commands.stream();
        this.quarantine = new Quarantine(commands, keys, fence);
        this.acker = new Acker(this::acknowledge, ACKNOWLEDGED_TOGETHER,
                CompletableFuture.delayedExecutor(commands.timeout().toMillis(), TimeUnit.MILLISECONDS, Runnable::run));
    }

    String name() {
        return name;
    }

    Quarantine quarantine() {
        return quarantine;
    }

    boolean isSame(String otherStream, String otherGroup) {
        return name.equals(otherStream) && group.equals(otherGroup);
    }

    /**
     * Creates the stream and the group, which then begins where a person decided, or else where the option says. A group that exists is left as it
     * is. For use by one thread.
     */
    void createGroup() throws InterruptedException {
        Optional<GroupStart> decided = start();
        if (decided.isPresent()) {
            groupStart = decided.get().first().previous();
        } else if (groupStart == null) {
            // what is the newest entry is asked once: if the group vanishes later, it is made anew without skipping what came since
            groupStart = configuration.isGroupStartNewest() ? newest() : EntryId.parseLeniently(configuration.getGroupStart());
        }
        try {
            commands.await(commands.<String> write(Scripts.CREATE_GROUP, ReturnType.STATUS, List.of(name), group, groupStart.toString()));
        } catch (RedisStreamsException e) {
            if (!e.isAnswer("BUSYGROUP")) {
                throw e;
            }
        }
    }

    /** Where a person had the group begin. */
    Optional<GroupStart> start() throws InterruptedException {
        try {
            return GroupStart.of(commands.await(commands.client().<String, String> getMap(keys.start(), StringCodec.INSTANCE).readAllMapAsync()));
        } catch (RedisStreamsException e) {
            if (e.isAnswer("WRONGTYPE")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    StartDecision startAt(EntryId first, boolean again, String reason, String author) throws InterruptedException {
        return StartDecision.valueOf(commands.await(commands.<String> write(Scripts.START_AT, ReturnType.STATUS,
                List.of(name, keys.leader(), keys.start(), keys.trimmed()), group, first.previous().toString(), first.toString(), again ? "1" : "0",
                reason, author)));
    }

    private EntryId newest() throws InterruptedException {
        return EntryId.parse(commands.await(commands.<String> read(Scripts.NEWEST, ReturnType.STATUS, List.of(name))));
    }

    /**
     * What a read has brought.
     *
     * @param entries      oldest first
     * @param firstPending the oldest of this consumer's pending entries after those that were known; null when there is none
     */
    record NewlyRead(List<Entry> entries, EntryId firstPending) {
    }

    /**
     * Entries that no member of the group has read; none when there are none within the time to wait.
     *
     * @param  block null: not to wait
     * @param  known asked when the read is answered: up to where the pending entries are known
     * @return       to be cancelled when nobody waits for it any more, which closes the connection of a read that waits
     */
    CompletableFuture<NewlyRead> readNew(int count, Duration block, Supplier<EntryId> known) {
        StreamReadGroupArgs args = StreamReadGroupArgs.neverDelivered().count(count);
        RFuture<?> answer = stream.readGroupAsync(group, consumer, block == null ? args : args.timeout(block));
        // Redisson ends a waiting read with an empty list, which is no map, when the connection is lost
        CompletableFuture<NewlyRead> read = answer.toCompletableFuture()
                .thenApply(found -> found instanceof Map<?, ?> entries ? entries(entries) : List.<Entry> of())
                // asked at once, on Redisson's own thread: each one that this passed through would delay a sale
                .thenCompose(entries -> listPendingAfter(known.get(), 1)
                        .thenApply(page -> new NewlyRead(entries, page.isEmpty() ? null : entryId(page.get(0).getId()))));
        read.whenComplete((entries, failure) -> {
            if (read.isCancelled()) {
                answer.cancel(true);
            }
        });
        return read;
    }

    /**
     * Reads many entries that no member of the group has read, and does not wait for any.
     *
     * @param count how many to read at a time
     * @param max   how many to read in all
     * @param bytes after how many bytes to stop nevertheless
     * @param known up to where the entries that the group has read are known
     */
    CompletableFuture<NewlyRead> readMany(int count, int max, long bytes, EntryId known) {
        return commands.<List<byte[]>> writeBytes(Scripts.READ_MANY, ReturnType.MULTI, List.of(name), group, consumer, count, max, bytes, known)
                .toCompletableFuture().thenApply(RedisStream::newlyRead);
    }

    private static NewlyRead newlyRead(List<byte[]> answer) {
        Iterator<byte[]> parts = answer.iterator();
        String firstPending = text(parts.next());
        List<Entry> entries = new ArrayList<>();
        while (parts.hasNext()) {
            EntryId id = EntryId.parse(text(parts.next()));
            Map<String, byte[]> fields = new LinkedHashMap<>();
            for (int left = Integer.parseInt(text(parts.next())); left > 0; left -= 2) {
                fields.put(text(parts.next()), parts.next());
            }
            entries.add(new Entry(id, fields));
        }
        return new NewlyRead(entries, firstPending.isEmpty() ? null : EntryId.parse(firstPending));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static List<Entry> entries(Map<?, ?> read) {
        return ((Map<StreamMessageId, Map<String, byte[]>>) read).entrySet().stream()
                .map(e -> new Entry(entryId(e.getKey()), e.getValue())).toList();
    }

    /** The ids of this consumer's pending entries that come after the given one, oldest first. */
    List<EntryId> pendingAfter(EntryId last, int max) throws InterruptedException {
        return commands.await(listPendingAfter(last, max)).stream().map(e -> entryId(e.getId())).toList();
    }

    private CompletionStage<List<PendingEntry>> listPendingAfter(EntryId last, int max) {
        return stream.listPendingAsync(StreamPendingRangeArgs.groupName(group)
                .startIdExclusive(messageId(last)).endId(StreamMessageId.MAX).count(max).consumerName(consumer));
    }

    /**
     * Claims what other consumers of the group hold of the pending entries after the given one.
     *
     * @param listed  how many pending entries to look at
     * @param claimed after how many claims to stop nevertheless
     */
    AdoptedPage adoptAfter(EntryId last, int listed, int claimed) throws InterruptedException {
        List<String> answer = commands.await(commands.<List<String>> write(Scripts.ADOPT, ReturnType.MULTI, List.of(name), group, consumer,
                last.toString(), String.valueOf(listed), String.valueOf(claimed)));
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
        ids.forEach(id -> byField.put(keys.field(id), id));
        Map<String, String> found = records(byField.keySet());
        Map<EntryId, Round> answer = new HashMap<>();
        found.forEach((field, text) -> answer.put(byField.get(field), Round.parse(text)));
        return answer;
    }

    private Map<String, String> records(Set<String> fields) throws InterruptedException {
        try {
            return commands.await(commands.client().<String, String> getMap(keys.due(), StringCodec.INSTANCE).getAllAsync(fields));
        } catch (RedisStreamsException e) {
            if (e.isAnswer("WRONGTYPE")) {
                // somebody put something else in their place: there are none any more
                return Map.of();
            }
            throw e;
        }
    }

    /** Those of the given entries that are not put aside, or not any more. */
    List<EntryId> notParked(Collection<EntryId> ids) throws InterruptedException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Object[] arguments = Stream.concat(Stream.of(group), ids.stream().map(EntryId::toString)).toArray();
        return EntryId.parseAll(commands.await(commands.<List<String>> read(Scripts.NOT_PARKED, ReturnType.MULTI, List.of(keys.due()), arguments)));
    }

    /** From now on Redis holds the entry for being in progress, if it has a record of rounds. */
    Fetched take(EntryId id) throws InterruptedException {
        List<String> answer = commands.await(commands.<List<String>> write(Scripts.TAKE, ReturnType.MULTI,
                List.of(name, keys.due(), keys.leader()), group, id.toString(), keys.field(id), fence, configuration.isAdopt() ? "" : consumer));
        if (answer.size() < 2) {
            return new Fetched(!answer.isEmpty(), false, false, null, Order.NONE, "");
        }
        Round round = Round.parse(answer.get(1));
        if (round.isParked()) {
            return new Fetched(false, true, true, null, round.order(), round.note());
        }
        Entry entry = entry(id);
        // what belongs to another consumer is its business, unless it was trimmed, and so cannot be taken over
        boolean ours = answer.get(0).equals(consumer) || entry == null && configuration.isAdopt();
        return new Fetched(false, ours, false, entry != null ? entry : quarantine.content(id), round.order(), round.note());
    }

    /** Null when the stream does not hold it. */
    Entry entry(EntryId id) throws InterruptedException {
        StreamMessageId messageId = messageId(id);
        Map<String, byte[]> fields = commands.await(stream.rangeAsync(1, messageId, messageId)).get(messageId);
        return fields == null ? null : new Entry(id, fields);
    }

    /** Those of the given entries that the stream, or their copy beside it, still holds, oldest first. */
    List<Entry> entries(NavigableSet<EntryId> ids, Meanwhile meanwhile) throws InterruptedException {
        List<Entry> found = new ArrayList<>();
        EntryId next = ids.isEmpty() ? null : ids.first();
        while (next != null) {
            List<Entry> page = entries(commands.await(stream.rangeAsync(ENTRIES_TOGETHER, messageId(next), messageId(ids.last()))));
            page.stream().filter(entry -> ids.contains(entry.id())).forEach(found::add);
            // those between two of them belong to others
            next = page.size() < ENTRIES_TOGETHER ? null : ids.higher(page.get(page.size() - 1).id());
            meanwhile.run();
        }
        Set<EntryId> missing = new TreeSet<>(ids);
        found.forEach(entry -> missing.remove(entry.id()));
        for (EntryId id : missing) {
            Optional.ofNullable(quarantine.content(id)).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(Entry::id));
        return found;
    }

    /** The entries that the stream holds after the given one, oldest first. */
    List<Entry> entriesAfter(EntryId last, int max) throws InterruptedException {
        EntryId next = last.next();
        return entries(commands.await(stream.rangeAsync(max, messageId(next), StreamMessageId.MAX)));
    }

    /** The pending entries of the whole group that come after the given one, oldest first. */
    List<EntryStatus> allPendingAfter(EntryId last, int max) throws InterruptedException {
        return statuses(commands.await(stream.listPendingAsync(StreamPendingRangeArgs.groupName(group)
                .startIdExclusive(messageId(last)).endId(StreamMessageId.MAX).count(max))));
    }

    /** @param member of the notes: see {@link PendingCount#by} */
    PendingSummary summary(String member) throws InterruptedException {
        return new PendingCount(commands, keys).by(member);
    }

    /** Null when it is not pending. */
    EntryStatus pending(EntryId id) throws InterruptedException {
        return statuses(commands.await(stream.listPendingAsync(StreamPendingRangeArgs.groupName(group)
                .startId(messageId(id)).endId(messageId(id)).count(1)))).stream().findFirst().orElse(null);
    }

    boolean isPending(EntryId id) throws InterruptedException {
        return pending(id) != null;
    }

    private List<EntryStatus> statuses(List<PendingEntry> page) throws InterruptedException {
        Map<EntryId, Round> rounds = rounds(page.stream().map(e -> entryId(e.getId())).toList());
        return page.stream().map(e -> EntryStatus.of(entryId(e.getId()), e.getConsumerName(), rounds.getOrDefault(entryId(e.getId()), Round.NONE)))
                .toList();
    }

    /**
     * Several that wait at the same time go to Redis together.
     *
     * @return how many entries Redis counted: 1, or 0 when the entry was not pending
     */
    CompletionStage<Long> acknowledge(Acker.Acknowledgement acknowledgement) {
        return acker.acknowledge(acknowledgement);
    }

    private CompletionStage<List<Long>> acknowledge(List<Acker.Acknowledgement> acknowledgements) {
        List<Acker.Acknowledgement> entries = acknowledgements.stream().flatMap(Acker.Acknowledgement::all).toList();
        return commands.<List<Long>> write(Scripts.ACKNOWLEDGE, ReturnType.MULTI,
                List.of(name, keys.due(), keys.quarantine(), keys.closed(), keys.counted()), group, keys.counters(""),
                Commands.json(entries.stream().map(RedisStream::parts).toList()))
                .thenApply(counts -> ownOnes(acknowledgements, counts));
    }

    /** Of the counts of all entries those that do not belong to a gathered one, which stand before that of their barrier. */
    private static List<Long> ownOnes(List<Acker.Acknowledgement> acknowledgements, List<Long> counts) {
        List<Long> own = new ArrayList<>();
        int next = 0;
        for (Acker.Acknowledgement acknowledgement : acknowledgements) {
            next += acknowledgement.gathered().size();
            own.add(counts.get(next++));
        }
        return own;
    }

    private static List<Object> parts(Acker.Acknowledgement entry) {
        Counters counters = entry.counters() == null ? Counters.NONE : entry.counters();
        return List.of(entry.id().toString(), counters.scope(), counters.once(), counters.last(), Count.parts(counters.counts()));
    }

    /** What was counted under a name; empty when nothing was counted, or somebody damaged it. */
    Map<String, String> counters(String counted) throws InterruptedException {
        try {
            return commands.await(commands.client().<String, String> getMap(keys.counters(counted), StringCodec.INSTANCE).readAllMapAsync());
        } catch (RedisStreamsException e) {
            if (e.isAnswer("WRONGTYPE")) {
                return Map.of();
            }
            throw e;
        }
    }

    /** The same for several names, in their order. */
    List<Map<String, String>> counters(List<String> names) throws InterruptedException {
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> answer = commands.await(commands.<List<String>> read(Scripts.COUNTED, ReturnType.MULTI, List.of(keys.counted()),
                names.toArray()));
        List<Map<String, String>> counted = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 1 + Integer.parseInt(answer.get(i))) {
            Map<String, String> fields = new HashMap<>();
            for (int j = i + 1; j <= i + Integer.parseInt(answer.get(i)); j += 2) {
                fields.put(answer.get(j), answer.get(j + 1));
            }
            counted.add(fields);
        }
        return counted;
    }

    /** Makes a field the greatest number that it was ever raised to. */
    void raise(String counted, int keptDays, String field, long number) throws InterruptedException {
        commands.await(commands.<Long> write(Scripts.RAISE, ReturnType.INTEGER, List.of(keys.counted()), counted, String.valueOf(keptDays), field,
                String.valueOf(number)));
    }

    /** @return false when the field was there before; it is left as it is then */
    boolean setOnce(String counted, int keptDays, String field, String value) throws InterruptedException {
        return 1 == commands.await(commands.<Long> write(Scripts.SET_ONCE, ReturnType.INTEGER, List.of(keys.counted()), counted,
                String.valueOf(keptDays), field, value));
    }

    /** The scopes in which acknowledgements have counted, the latest first; none where somebody put something else in their place. */
    List<CountedName> counted(int skip, int max) throws InterruptedException {
        List<String> answer = commands.await(commands.<List<String>> read(Scripts.NEWEST_COUNTED, ReturnType.MULTI, List.of(keys.counted()),
                String.valueOf(skip), String.valueOf(max)));
        List<CountedName> names = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 2) {
            names.add(new CountedName(answer.get(i), score(answer.get(i + 1))));
        }
        return names;
    }

    /** What somebody set by hand may be no whole number, and no number at all. */
    private static Instant score(String text) {
        try {
            return Instant.ofEpochMilli((long) Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    /** Says of an entry that it waits for others. */
    void hold(EntryId id, Order order) throws InterruptedException {
        commands.await(commands.<Long> write(Scripts.HOLD, ReturnType.INTEGER, List.of(name, keys.due(), keys.leader()), group, id.toString(),
                keys.field(id), fence, order.toString()));
    }

    /**
     * Says of entries that were left to a barrier that they are in progress with it, or wait for it again.
     *
     * @param  due {@link Round#NOW} or {@link Round#GATHERED}
     * @return     those that are not pending any more; empty when another process is at work now
     */
    Optional<List<EntryId>> mark(Collection<EntryId> ids, long due) throws InterruptedException {
        List<String> gone = commands.await(markLater(ids, due));
        return gone.contains("NOT_OURS") ? Optional.empty() : Optional.of(EntryId.parseAll(gone));
    }

    /** The same, without waiting for it. */
    CompletionStage<List<String>> markLater(Collection<EntryId> ids, long due) {
        if (ids.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        List<Object> arguments = new ArrayList<>(List.of(group, fence, String.valueOf(due)));
        ids.forEach(id -> arguments.addAll(List.of(id.toString(), keys.field(id))));
        return commands.write(Scripts.MARK, ReturnType.MULTI, List.of(name, keys.due(), keys.leader()), arguments.toArray());
    }

    /** @return false when the entry was put aside in this round, and stays so */
    boolean endRound(EntryId id, Round round, List<Count> counts) throws InterruptedException {
        String answer = commands.await(commands.<String> write(Scripts.END_ROUND, ReturnType.STATUS, List.of(name, keys.due(), keys.leader()),
                group, id.toString(), keys.field(id), fence, round.toString(), keys.counters(""), Commands.json(Count.parts(counts))));
        return !"PARKED".equals(answer);
    }

    /**
     * Says that this consumer is at work.
     *
     * @param  pausedSince null when it is not pausing
     * @return             entries that a person decided about; empty when another one is at work and must be the only one
     */
    Optional<List<EntryId>> tick(Instant pausedSince, Duration validFor) throws InterruptedException {
        List<String> answer = commands.await(commands.<List<String>> write(Scripts.TICK, ReturnType.MULTI, List.of(keys.leader(), keys.replay()),
                new SignOfLife(owner, pausedSince).toString(), String.valueOf(validFor.toMillis()), fence));
        return "1".equals(answer.get(0)) ? Optional.of(EntryId.parseAll(answer.subList(1, answer.size()))) : Optional.empty();
    }

    CompletionStage<Long> leave() {
        return commands.write(Scripts.LEAVE, ReturnType.INTEGER, List.of(keys.leader()), owner);
    }

    /**
     * Looks whether Redis still holds what was read of the stream, and keeps the time when it does not.
     *
     * @param newest the newest entry that was read
     */
    boolean noteRollBack(EntryId newest) throws InterruptedException {
        return 1 == commands.await(commands.<Long> write(Scripts.NOTE_ROLL_BACK, ReturnType.INTEGER, List.of(name, keys.rolledBack()), group,
                newest.toString()));
    }

    /** When that was last so; null when it never was, or somebody damaged what was kept of it. */
    Instant rolledBackAt() throws InterruptedException {
        try {
            String millis = commands.await(commands.client().<String, String> getMap(keys.rolledBack(), StringCodec.INSTANCE).getAsync(group));
            return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            return null;
        } catch (RedisStreamsException e) {
            if (e.isAnswer("WRONGTYPE")) {
                return null;
            }
            throw e;
        }
    }

    /** How many more entries than was known were trimmed before the group had read them. */
    long countTrimmed() throws InterruptedException {
        return commands.await(commands.<Long> write(Scripts.COUNT_TRIMMED, ReturnType.INTEGER, List.of(name, keys.trimmed()), group));
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
        return commands.<List<String>> read(Scripts.STATUS, ReturnType.MULTI,
                List.of(name, keys.quarantine(), keys.leader(), keys.trimmed()), group).thenApply(RedisStream::status);
    }

    private static StreamStatus status(List<String> answer) {
        long parked = Long.parseLong(answer.get(5));
        SignOfLife sign = answer.get(6).isEmpty() ? null : SignOfLife.parse(answer.get(6));
        return new StreamStatus(number(answer.get(0)), time(answer.get(1)), Math.max(0, Long.parseLong(answer.get(2)) - parked),
                time(answer.get(3)), parked, EntryId.parse(answer.get(4)), Long.parseLong(answer.get(7)), Long.parseLong(answer.get(8)),
                number(answer.get(9)), sign != null, sign == null ? null : sign.pausedSince());
    }

    /** What Redis says of itself; what the user may not ask for is left out. */
    RedisServerStatus server() throws InterruptedException {
        List<String> answer = commands.await(commands.<List<String>> read(Scripts.SERVER, ReturnType.MULTI, List.of()));
        Instant time = Instant.ofEpochSecond(Long.parseLong(answer.get(0)), Long.parseLong(answer.get(1)) * 1_000);
        return RedisServerStatus.of(time, answer.get(2), appendFsync());
    }

    /** Null when Redis does not tell: a script may not ask for it, and some users neither. */
    private String appendFsync() throws InterruptedException {
        try {
            return commands.await(commands.client().getRedisNodes(RedisNodes.SINGLE).getInstance().getConfigAsync("appendfsync"))
                    .get("appendfsync");
        } catch (RedisStreamsException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The members of the group; empty when there is no group. */
    Optional<List<GroupConsumer>> consumers() throws InterruptedException {
        List<String> answer = commands.await(commands.<List<String>> read(Scripts.CONSUMERS, ReturnType.MULTI, List.of(name), group));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<GroupConsumer> consumers = new ArrayList<>();
        for (int i = 1; i < answer.size(); i += 3) {
            consumers.add(new GroupConsumer(answer.get(i), Long.parseLong(answer.get(i + 1)), Duration.ofMillis(Long.parseLong(answer.get(i + 2)))));
        }
        return Optional.of(consumers);
    }

    <T> T await(CompletionStage<T> answer) throws InterruptedException {
        return commands.await(answer);
    }

    private static Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    private static Instant time(String id) {
        return id.isEmpty() ? null : EntryId.parse(id).time();
    }

    private static EntryId entryId(StreamMessageId id) {
        return new EntryId(id.getId0(), id.getId1());
    }

    private static StreamMessageId messageId(EntryId id) {
        return new StreamMessageId(id.millis(), id.sequence());
    }
}
