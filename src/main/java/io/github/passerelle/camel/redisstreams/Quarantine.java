package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.redisson.api.RMap;
import org.redisson.api.RScript.ReturnType;

/**
 * The entries of one group that are put aside: they stay pending, are copied beside the stream so that trimming cannot lose them, and are not
 * tried until a person decides.
 */
final class Quarantine {

    private static final int ASKED_TOGETHER = 500;

    private final Commands commands;
    private final Keys keys;
    private final String fence;

    /** @param fence what the consumer calls itself that must be the only one at work; empty for others */
    Quarantine(Commands commands, Keys keys, String fence) {
        this.fence = fence;
        this.commands = commands;
        this.keys = keys;
    }

    /** @return false when the entry is not pending, and so was not put aside */
    CompletionStage<Boolean> park(Entry entry, Round round, List<Count> counts) {
        EntryId id = entry.id();
        List<Object> arguments = new ArrayList<>(List.of(keys.group(), id, keys.field(id), fence, round, round.done(), round.note(),
                keys.counters(""), Commands.json(Count.parts(counts))));
        if (!entry.isTrimmed()) {
            entry.fields().forEach((name, value) -> {
                arguments.add(name);
                arguments.add(value);
            });
        }
        return commands.<Long> writeBytes(Scripts.PARK, ReturnType.INTEGER, List.of(keys.stream(), keys.due(), keys.quarantine(), keys.closed(),
                keys.record(id), keys.content(id), keys.leader()), arguments.toArray()).thenApply(done -> done == 1);
    }

    CompletionStage<Decision> unpark(EntryId id, String reason, String author) {
        return decide(Scripts.UNPARK, id, reason, author, List.of());
    }

    CompletionStage<Decision> release(EntryId id, String reason, String author) {
        return decide(Scripts.RELEASE, id, reason, author, List.of());
    }

    CompletionStage<Decision> discard(EntryId id, String reason, String author, List<Count> counts) {
        return decide(Scripts.DISCARD, id, reason, author, counts);
    }

    private CompletionStage<Decision> decide(String script, EntryId id, String reason, String author, List<Count> counts) {
        return commands.<String> write(script, ReturnType.STATUS, List.of(keys.stream(), keys.due(), keys.quarantine(), keys.closed(),
                keys.record(id), keys.content(id), keys.leader(), keys.replay()), keys.group(), id.toString(), keys.field(id), reason, author,
                keys.counters(""), Commands.json(Count.parts(counts))).thenApply(Decision::valueOf);
    }

    /** The content of an entry as it was when it was put aside; null when it never was, or when its copy was erased. */
    Entry content(EntryId id) throws InterruptedException {
        RMap<String, byte[]> map = commands.client().getMap(keys.content(id), Commands.NAMES_AS_TEXT_VALUES_AS_BYTES);
        try {
            Map<String, byte[]> fields = commands.await(map.readAllMapAsync());
            return fields.isEmpty() ? null : new Entry(id, fields);
        } catch (RedisStreamsException e) {
            if (e.isAnswer("WRONGTYPE")) {
                return null;
            }
            throw e;
        }
    }

    /** What is known of entries that are or were put aside, or were discarded; those that never were are left out. */
    List<ParkedEntry> records(List<EntryId> ids) throws InterruptedException {
        List<ParkedEntry> records = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += ASKED_TOGETHER) {
            List<EntryId> some = ids.subList(from, Math.min(from + ASKED_TOGETHER, ids.size()));
            List<String> answer = commands.await(commands.<List<String>> read(Scripts.RECORDS, ReturnType.MULTI, List.of(keys.quarantine()),
                    some.stream().map(EntryId::toString).toArray()));
            for (int i = 0; i < some.size(); i++) {
                List<String> fields = answer.subList(10 * i, 10 * i + 10);
                if ("1".equals(fields.get(0))) {
                    records.add(record(some.get(i), fields));
                }
            }
        }
        return records;
    }

    private static ParkedEntry record(EntryId id, List<String> fields) {
        Long rounds = number(fields.get(2));
        return new ParkedEntry(id, state(fields.get(1)), rounds == null ? 0 : rounds.intValue(), fields.get(3), time(fields.get(4)),
                time(fields.get(5)), text(fields.get(6)), text(fields.get(7)), time(fields.get(8)), state(fields.get(9)));
    }

    /** Null for what is missing, and for what somebody damaged. */
    private static ParkedEntry.State state(String name) {
        return Arrays.stream(ParkedEntry.State.values()).filter(known -> known.name().equals(name)).findFirst().orElse(null);
    }

    /** The entries that are put aside, the latest first. */
    List<EntryId> parked(int skip, int max) throws InterruptedException {
        return ids(keys.quarantine(), skip, max);
    }

    /** The entries that were acknowledged after they had been put aside, or were discarded, the latest first. */
    List<EntryId> closed(int skip, int max) throws InterruptedException {
        return ids(keys.closed(), skip, max);
    }

    private List<EntryId> ids(String key, int skip, int max) throws InterruptedException {
        List<String> ids = commands.await(commands.<List<String>> read(Scripts.NEWEST_IDS, ReturnType.MULTI, List.of(key), String.valueOf(skip),
                String.valueOf(max)));
        return EntryId.parseAll(ids);
    }

    private static String text(String value) {
        return value.isEmpty() ? null : value;
    }

    private static Instant time(String millis) {
        Long number = number(millis);
        return number == null ? null : Instant.ofEpochMilli(number);
    }

    /** Null for what is missing, and for what somebody damaged. */
    private static Long number(String text) {
        try {
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
