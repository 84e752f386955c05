package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

/** A quarantine and a backlog that nobody has looked after for long. */
class ManyEntriesTest extends StreamTest {

    private static final int MANY = 10_000;

    @Test
    void amongTenThousandAsideAndTenThousandScheduledNoneIsForgottenAndNoneWaitsLong() throws Exception {
        long inTenMinutes = System.currentTimeMillis() + 600_000;
        Set<String> aside = entries("7 -1 refused");
        Set<String> scheduled = entries("3 " + inTenMinutes + " not yet");
        String soon = entries("2 " + (System.currentTimeMillis() + 1_500), 1).get(0);
        redis.command(Stream.concat(Stream.of("EVAL", "for _, id in ipairs(ARGV) do redis.call('ZADD', KEYS[1], 1, id) end", 1,
                key("quarantine:" + StreamApp.GROUP)), aside.stream()).toArray());
        StreamApp app = start("&pendingScanPeriod=500&replayMaxDelay=900000", StreamApp::acknowledge);
        String fresh = add(1).get(0);
        until("a new one", () -> app.ids().contains(fresh));
        assertThat(app.ids()).as("no other before it but the one that is due").isSubsetOf(fresh, soon);
        until("the one whose time comes", () -> app.ids().contains(soon));
        assertThat(app.rounds(soon)).containsExactly(3);
        until("both are acknowledged", () -> admin().status().pending() == MANY);
        assertThat(admin().status().parked()).isEqualTo(MANY);
        String one = aside.iterator().next();
        assertThat(admin().unpark(id(one), "", "")).isEqualTo(Decision.DONE);
        until("one that is tried again", () -> app.ids().contains(one));
        String lost = lostByAnAnswer();
        until("one that only a look at the whole list finds", () -> app.ids().contains(lost));
        until("all are acknowledged", () -> admin().status().parked() == MANY - 1 && pending().size() == 2 * MANY - 1);
        assertThat(app.ids()).containsExactlyInAnyOrder(fresh, soon, one, lost);
        app.close();

        // the time of some has come
        List<String> due = scheduled.stream().limit(500).toList();
        due.forEach(id -> setRecord(id, "3 1"));
        StreamApp again = start("&replayMaxDelay=900000", StreamApp::acknowledge);
        String later = add(1).get(0);
        until("all of them, and a new one", () -> again.ids().size() > due.size());
        assertThat(again.ids()).doesNotHaveDuplicates().containsAll(due).contains(later);
        assertThat(again.ids().indexOf(later)).as("it takes turns with them").isLessThan(400);
        until("they are acknowledged", () -> admin().status().pending() == MANY - due.size());
        aside.remove(one);
        scheduled.removeAll(Set.copyOf(due));
        assertThat(pending()).hasSize(aside.size() + scheduled.size());
        assertThat(new HashSet<>(pending())).containsAll(aside).containsAll(scheduled);
    }

    private Set<String> entries(String record) {
        return new HashSet<>(entries(record, MANY));
    }

    /** In steps that a slow machine does in time. */
    private List<String> entries(String record, int count) {
        createGroup();
        return ((List<?>) redis.command("EVAL", """
                local ids = {}
                for n = 1, ARGV[3] do
                  ids[n] = redis.call('XADD', KEYS[1], '*', 'n', n)
                  redis.call('HSET', KEYS[2], ARGV[1] .. ' ' .. ids[n], ARGV[2])
                end
                redis.call('XREADGROUP', 'GROUP', ARGV[1], 'camel', 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
                return ids""", 2, stream, key("due"), StreamApp.GROUP, record, count)).stream().map(Redis::text).toList();
    }
}
