package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** All that is pending at a glance, counted in Redis. */
class PendingSummaryTest extends StreamTest {

    @Test
    void withoutAStreamOrAGroupThereIsNothing() throws Exception {
        assertThat(summary()).isEqualTo(PendingSummary.NONE);
        add(1);
        assertThat(summary()).isEqualTo(PendingSummary.NONE);
        createGroup();
        assertThat(summary()).isEqualTo(PendingSummary.NONE);
    }

    @Test
    void whatIsPutAsideOrGatheredIsCountedAndTheRestListed() throws Exception {
        List<String> ids = addTogether(8);
        readByAnEarlierProcess();
        setRecord(ids.get(0), "2 -2 b:s-1 {\"why\":\"late\"}");
        setRecord(ids.get(1), "1 -3 k:s-2");
        setRecord(ids.get(2), "1 -1 k:s-1 {\"why\":\"torn\",\"said\":\"a \\\"why\\\":\\\"late\\\"\"}");
        setRecord(ids.get(3), "1 -3 k:s-2");
        setRecord(ids.get(4), "3 1763641532980 k: {\"why\":\"late\"}");
        setRecord(ids.get(5), "1 -1 k:s-3 {\"why\":\"wet paint\"}");
        setRecord(ids.get(6), "1 -1 k:s-3 {\"why\":\"torn\"}");
        PendingSummary summary = summary();
        assertThat(summary.open()).containsExactly(status(ids.get(0)), status(ids.get(4)), status(ids.get(7)));
        assertThat(summary.open()).extracting(EntryStatus::state).containsExactly(EntryStatus.State.HELD, EntryStatus.State.SCHEDULED,
                EntryStatus.State.DUE);
        assertThat(summary.gathered()).isEqualTo(2);
        assertThat(summary.oldestGathered()).isEqualTo(id(ids.get(1)));
        assertThat(summary.parked()).isEqualTo(Map.of("torn", 2L, "wet paint", 1L));
        assertThat(summary.oldestParked()).isEqualTo(id(ids.get(2)));
    }

    @Test
    void aNoteThatIsDamagedIsReadInTheRecordOfTheQuarantine() throws Exception {
        List<String> notes = List.of("", "{", "null", "7", "[]", "{}", "{\"why\":null}", "{\"why\":7}", "{\"why\":[\"torn\"]}", "\u001b[2J", "\"why\"");
        List<String> ids = addTogether(2 * notes.size() + 2);
        readByAnEarlierProcess();
        for (int i = 0; i < notes.size(); i++) {
            setRecord(ids.get(i), "1 -1 k: " + notes.get(i));
            redis.command("HSET", record(ids.get(i)), "note", "{\"why\":\"torn\"}");
            setRecord(ids.get(notes.size() + i), "1 -1 k: " + notes.get(i));
            redis.command("HSET", record(ids.get(notes.size() + i)), "note", notes.get(i));
        }
        String withoutRecord = ids.get(2 * notes.size());
        setRecord(withoutRecord, "1 -1");
        String withAnotherType = ids.get(2 * notes.size() + 1);
        setRecord(withAnotherType, "1 -1 k:");
        redis.command("SET", record(withAnotherType), "x");
        assertThat(summary().parked()).isEqualTo(Map.of("torn", (long) notes.size(), "", notes.size() + 2L));
    }

    @Test
    void recordsOfRoundsThatCannotBeReadAreNone() throws Exception {
        List<String> ids = addTogether(4);
        readByAnEarlierProcess();
        setRecord(ids.get(0), "garbage");
        setRecord(ids.get(1), "1 -1x");
        setRecord(ids.get(2), "x -1 k:");
        assertThat(summary().open()).hasSize(4).allMatch(entry -> entry.state() == EntryStatus.State.DUE);
        redis.command("DEL", key("due"));
        redis.command("SET", key("due"), "x");
        assertThat(summary().open()).hasSize(4).allMatch(entry -> entry.state() == EntryStatus.State.DUE);
    }

    @Test
    void severalPagesAreAddedUp() throws Exception {
        List<String> ids = addTogether(3000);
        readByAnEarlierProcess();
        redis.command(Stream.concat(Stream.of("EVAL", """
                local group = table.remove(ARGV, 1)
                for i, id in ipairs(ARGV) do
                  local due = i % 3 == 0 and -3 or -1
                  if i % 1000 ~= 1 then
                    redis.call('HSET', KEYS[1], group .. ' ' .. id, '1 ' .. due .. ' k: {"why":"' .. (i % 2 == 0 and 'torn' or 'wet') .. '"}')
                  end
                end""", 1, key("due"), StreamApp.GROUP), ids.stream()).toArray());
        PendingSummary summary = summary();
        assertThat(summary.open()).extracting(EntryStatus::id).containsExactly(id(ids.get(0)), id(ids.get(1000)), id(ids.get(2000)));
        assertThat(summary.gathered()).isEqualTo(999);
        assertThat(summary.oldestGathered()).isEqualTo(id(ids.get(2)));
        assertThat(summary.parked()).isEqualTo(Map.of("torn", 1000L, "wet", 998L));
        assertThat(summary.oldestParked()).isEqualTo(id(ids.get(1)));
    }

    private PendingSummary summary() throws InterruptedException {
        return admin().pendingSummary("why");
    }

    private EntryStatus status(String id) throws InterruptedException {
        return admin().pending(id(id)).orElseThrow();
    }

    private String record(String id) {
        return key("quarantine:" + StreamApp.GROUP + ":" + id);
    }
}
