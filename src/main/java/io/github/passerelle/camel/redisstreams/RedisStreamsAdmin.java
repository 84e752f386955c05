package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A look from outside at the entries of one group, and the decisions that a person takes about them. It works while a consumer is at work and
 * while none is, and it processes nothing itself.
 * <p>
 * Every method fails with a {@link RedisStreamsException} when Redis cannot be asked or refuses.
 */
public final class RedisStreamsAdmin implements AutoCloseable {

    private final RedissonClients ownClients;
    private final RedisStream stream;
    private final Quarantine quarantine;

    RedisStreamsAdmin(RedisStream stream, RedissonClients ownClients) {
        this.stream = stream;
        this.quarantine = stream.quarantine();
        this.ownClients = ownClients;
    }

    /**
     * For use without Camel. Connects with the first question; must be closed.
     *
     * @param configuration where Redis is, the stream and the group
     */
    public static RedisStreamsAdmin connect(RedisStreamsConfiguration configuration) {
        if (configuration.getGroup() == null || configuration.getGroup().isBlank()) {
            throw new IllegalArgumentException("the entries of a group can be looked at only where the option group names it");
        }
        RedissonClients clients = new RedissonClients();
        return new RedisStreamsAdmin(new RedisStream(clients.get(configuration, null), configuration), clients);
    }

    /** How far the group has come with the stream. */
    public StreamStatus status() throws InterruptedException {
        return stream.await(stream.status());
    }

    /** What Redis says of itself. */
    public RedisServerStatus server() throws InterruptedException {
        return stream.server();
    }

    /** The members of the group; empty when there is no group. */
    public Optional<List<GroupConsumer>> consumers() throws InterruptedException {
        return stream.consumers();
    }

    /** The pending entries of the group that come after the given one, oldest first. */
    public List<EntryStatus> pendingAfter(EntryId last, int max) throws InterruptedException {
        return whereThereIsNoGroup(List.of(), () -> stream.allPendingAfter(last, max));
    }

    /**
     * All pending entries of the group, those that are put aside counted only: what it takes hardly grows with their number.
     *
     * @param member where notes are JSON objects, the member by whose value they are counted
     */
    public PendingSummary pendingSummary(String member) throws InterruptedException {
        return whereThereIsNoGroup(PendingSummary.NONE, () -> stream.summary(member));
    }

    /** Empty when the entry is not pending. */
    public Optional<EntryStatus> pending(EntryId id) throws InterruptedException {
        return whereThereIsNoGroup(Optional.empty(), () -> Optional.ofNullable(stream.pending(id)));
    }

    /** The entries that the stream holds after the given one, oldest first. */
    public List<StreamEntry> entriesAfter(EntryId last, int max) throws InterruptedException {
        return stream.entriesAfter(last, max).stream().map(entry -> new StreamEntry(entry.id(), entry.fields())).toList();
    }

    /** The content of an entry: from the stream, or from its copy where it was put aside. Empty when neither is there. */
    public Optional<StreamEntry> entry(EntryId id) throws InterruptedException {
        Entry entry = stream.entry(id);
        return Optional.ofNullable(entry != null ? entry : quarantine.content(id)).map(found -> new StreamEntry(id, found.fields()));
    }

    /** The entries that are put aside, the latest first; those whose record somebody removed come without a state. */
    public List<ParkedEntry> parked(int skip, int max) throws InterruptedException {
        List<EntryId> ids = quarantine.parked(skip, max);
        Map<EntryId, ParkedEntry> records = quarantine.records(ids).stream().collect(Collectors.toMap(ParkedEntry::id, Function.identity()));
        return ids.stream().map(id -> records.getOrDefault(id, ParkedEntry.unknown(id))).toList();
    }

    /** What was acknowledged after it had been put aside, and what was discarded, the latest first; each for 400 days. */
    public List<ParkedEntry> closed(int skip, int max) throws InterruptedException {
        return quarantine.records(quarantine.closed(skip, max));
    }

    /** What is kept of an entry that is or was put aside, or was discarded; empty when it never was. */
    public Optional<ParkedEntry> record(EntryId id) throws InterruptedException {
        return records(List.of(id)).stream().findFirst();
    }

    /**
     * The same of several; those that never were are left out.
     *
     * @param ids not more than some hundred
     */
    public List<ParkedEntry> records(List<EntryId> ids) throws InterruptedException {
        return quarantine.records(ids);
    }

    /**
     * Has an entry tried again that was put aside: at once by the consumer at work, or at its next start.
     *
     * @param reason empty when nobody said
     * @param author empty when nobody said
     */
    public Decision unpark(EntryId id, String reason, String author) throws InterruptedException {
        return whereThereIsNoGroup(Decision.NOT_PENDING, () -> stream.await(quarantine.unpark(id, reason, author)));
    }

    /**
     * Lets an entry go that is held, at once or at the consumer's next start. Reason and author are kept.
     */
    public Decision release(EntryId id, String reason, String author) throws InterruptedException {
        return whereThereIsNoGroup(Decision.NOT_PENDING, () -> stream.await(quarantine.release(id, reason, author)));
    }

    /** What was counted under a name; empty when nothing was. */
    public Map<String, String> counters(String name) throws InterruptedException {
        return stream.counters(name);
    }

    /** The same for several names, in their order. */
    public List<Map<String, String>> counters(List<String> names) throws InterruptedException {
        return stream.counters(names);
    }

    /**
     * Makes a field of what is counted under a name the greatest number that it was ever raised to.
     *
     * @param keptDays for how many days the hash is kept after it was last written
     */
    public void raise(String name, int keptDays, String field, long number) throws InterruptedException {
        stream.raise(name, keptDays, field, number);
    }

    /**
     * Sets a field of what is counted under a name, unless it is there.
     *
     * @param  keptDays for how many days the hash is kept after it was last written
     * @return          whether it was not there
     */
    public boolean setOnce(String name, int keptDays, String field, String value) throws InterruptedException {
        return stream.setOnce(name, keptDays, field, value);
    }

    /** The scopes in which acknowledgements have counted, the latest first; each for 400 days. */
    public List<CountedName> counted(int skip, int max) throws InterruptedException {
        return stream.counted(skip, max);
    }

    /** When Redis was last found to have lost entries that the group had read, as it came back with older data; empty when it never was. */
    public Optional<Instant> rolledBackAt() throws InterruptedException {
        return Optional.ofNullable(stream.rolledBackAt());
    }

    /**
     * Acknowledges an entry that nobody is working on, although it was not processed. Reason and author are kept.
     */
    public Decision discard(EntryId id, String reason, String author) throws InterruptedException {
        return discard(id, reason, author, List.of());
    }

    /** The same, and counts it in the same step. */
    public Decision discard(EntryId id, String reason, String author, List<Count> counts) throws InterruptedException {
        return whereThereIsNoGroup(Decision.NOT_PENDING, () -> stream.await(quarantine.discard(id, reason, author, counts)));
    }

    /**
     * Has the group begin at a place: what comes before it is not read. Creates the group where there is none. Reason and author are kept, and a
     * group that vanishes is made anew at the same place.
     *
     * @param first the first entry that is to be read; there need not be one of this id
     * @param again whether entries may be read that were read before
     */
    public StartDecision startAt(EntryId first, boolean again, String reason, String author) throws InterruptedException {
        return stream.startAt(first, again, reason, author);
    }

    /** Where a person had the group begin; empty when nobody decided. */
    public Optional<GroupStart> start() throws InterruptedException {
        return stream.start();
    }

    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    /** Nothing is pending before a consumer has created the group, or when somebody removed it. */
    private static <T> T whereThereIsNoGroup(T answer, Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (RedisStreamsException e) {
            if (e.isAnswer("NOGROUP")) {
                return answer;
            }
            throw e;
        }
    }

    /** Ends the connection, if it was made for this one. */
    @Override
    public void close() {
        if (ownClients != null) {
            ownClients.close();
        }
    }
}
