package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

/** Where a person has the group begin. */
class StartAtTest extends StreamTest {

    private StartDecision startAt(String first) throws Exception {
        return admin().startAt(EntryId.parse(first), false, "entered by hand", "Marie");
    }

    /** Reads and acknowledges as another member of the group would. */
    private List<String> read(int count) {
        Object answer = redis.command("XREADGROUP", "GROUP", StreamApp.GROUP, "other", "COUNT", count, "STREAMS", stream, ">");
        List<String> ids = answer == null ? List.of()
                : ((List<?>) ((List<?>) ((List<?>) answer).get(0)).get(1)).stream().map(entry -> Redis.text(((List<?>) entry).get(0))).toList();
        ids.forEach(id -> redis.xack(stream, StreamApp.GROUP, id));
        return ids;
    }

    private String lastRead() throws Exception {
        return admin().status().lastRead().toString();
    }

    @Test
    void createsTheGroupThere() throws Exception {
        List<String> ids = add(5);
        assertThat(admin().start()).isEmpty();
        assertThat(startAt(ids.get(2))).isEqualTo(StartDecision.DONE);
        StreamApp app = start(StreamApp::acknowledge);
        until("the rest", () -> app.ids().size() == 3);
        assertThat(app.ids()).isEqualTo(ids.subList(2, 5));
        GroupStart start = admin().start().orElseThrow();
        assertThat(start.first()).hasToString(ids.get(2));
        assertThat(start.reason()).isEqualTo("entered by hand");
        assertThat(start.author()).isEqualTo("Marie");
        assertThat(start.decidedAt().toEpochMilli()).isBetween(EntryId.parse(ids.get(4)).millis(), System.currentTimeMillis());
    }

    @Test
    void createsAStreamThatIsNotThereYet() throws Exception {
        String later = Long.MAX_VALUE / 2 + "-7";
        assertThat(startAt(later)).isEqualTo(StartDecision.DONE);
        add(2);
        redis.xadd(stream, "n", "3");
        assertThat(admin().status().waiting()).as("nothing that is there is ever read").isZero();
        redis.command("XADD", stream, later, "n", "4");
        assertThat(read(10)).containsExactly(later);
    }

    @Test
    void movesAGroupThatHasReadNothingBeyond() throws Exception {
        List<String> ids = add(6);
        createGroup();
        read(2);
        assertThat(startAt(ids.get(4))).isEqualTo(StartDecision.DONE);
        assertThat(startAt(ids.get(4))).as("twice").isEqualTo(StartDecision.DONE);
        assertThat(startAt(ids.get(3))).as("a mistake is put right").isEqualTo(StartDecision.DONE);
        assertThat(startAt(ids.get(2))).as("right behind what was read").isEqualTo(StartDecision.DONE);
        assertThat(startAt(ids.get(1))).as("that was read").isEqualTo(StartDecision.READ_BEFORE);
        assertThat(admin().start().orElseThrow().first()).as("as it was").hasToString(ids.get(2));
        assertThat(read(1)).containsExactly(ids.get(2));
        assertThat(startAt(ids.get(5))).isEqualTo(StartDecision.DONE);
        assertThat(startAt(ids.get(2))).isEqualTo(StartDecision.READ_BEFORE);
        assertThat(startAt(ids.get(3))).isEqualTo(StartDecision.DONE);
        assertThat(read(10)).isEqualTo(ids.subList(3, 6));
    }

    @Test
    void readsASecondTimeOnlyWhenToldTo() throws Exception {
        List<String> ids = add(4);
        createGroup();
        read(4);
        assertThat(startAt("0-1")).isEqualTo(StartDecision.READ_BEFORE);
        assertThat(admin().start()).isEmpty();
        assertThat(lastRead()).isEqualTo(ids.get(3));
        assertThat(admin().startAt(EntryId.parse(ids.get(1)), true, "the books were lost", "Paul")).isEqualTo(StartDecision.DONE);
        assertThat(read(1)).containsExactly(ids.get(1));
        assertThat(startAt(ids.get(2))).as("what was read stays known").isEqualTo(StartDecision.READ_BEFORE);
        assertThat(startAt(ids.get(3))).isEqualTo(StartDecision.READ_BEFORE);
        assertThat(read(10)).isEqualTo(ids.subList(2, 4));
    }

    @Test
    void notWhileAConsumerIsAtWork() throws Exception {
        List<String> ids = add(1);
        StreamApp app = start(StreamApp::acknowledge);
        until("read", () -> app.ids().size() == 1 && pending().isEmpty());
        assertThat(startAt(Long.MAX_VALUE / 2 + "-0")).isEqualTo(StartDecision.AT_WORK);
        assertThat(lastRead()).isEqualTo(ids.get(0));
        app.close();
        until("it has left", () -> !admin().status().atWork());
        assertThat(startAt(Long.MAX_VALUE / 2 + "-0")).isEqualTo(StartDecision.DONE);
    }

    @Test
    void notWhileAnEntryIsPending() throws Exception {
        List<String> ids = add(2);
        readByAnEarlierProcess();
        redis.xack(stream, StreamApp.GROUP, ids.get(0));
        assertThat(startAt(Long.MAX_VALUE / 2 + "-0")).isEqualTo(StartDecision.PENDING);
        assertThat(admin().start()).isEmpty();
        redis.xack(stream, StreamApp.GROUP, ids.get(1));
        assertThat(startAt(Long.MAX_VALUE / 2 + "-0")).isEqualTo(StartDecision.DONE);
    }

    /** Otherwise what lies before it would come after all. */
    @Test
    void aGroupThatIsMadeAnewBeginsThereAsWell() throws Exception {
        List<String> ids = add(4);
        startAt(ids.get(2));
        StreamApp app = start(StreamApp::acknowledge);
        until("read", () -> app.ids().size() == 2 && pending().isEmpty());
        redis.command("XGROUP", "DESTROY", stream, StreamApp.GROUP);
        until("read once more", () -> app.ids().size() == 4);
        assertThat(app.ids()).containsExactly(ids.get(2), ids.get(3), ids.get(2), ids.get(3));
    }

    @Test
    void comparesIdsAsNumbers() throws Exception {
        for (String id : List.of("9-9", "9-10", "10-0", "18446744073709551614-18446744073709551615")) {
            redis.command("XADD", stream, id, "n", "1");
        }
        createGroup();
        read(2);
        assertThat(startAt("9-9")).isEqualTo(StartDecision.READ_BEFORE);
        assertThat(startAt("9-10")).isEqualTo(StartDecision.READ_BEFORE);
        assertThat(startAt("9-11")).isEqualTo(StartDecision.DONE);
        assertThat(startAt("10-0")).isEqualTo(StartDecision.DONE);
        read(1);
        assertThat(startAt("10-0")).isEqualTo(StartDecision.READ_BEFORE);
        assertThat(startAt("10-1")).isEqualTo(StartDecision.DONE);
    }

    @Test
    void whatSomebodyPutInThePlaceOfTheDecisionIsNone() throws Exception {
        List<String> ids = add(2);
        String key = "{" + stream + "}:start:" + StreamApp.GROUP;
        redis.command("SET", key, "x");
        assertThat(admin().start()).isEmpty();
        assertThat(startAt(ids.get(1))).isEqualTo(StartDecision.DONE);
        for (String field : List.of("first", "read", "after", "decidedAt")) {
            redis.command("HSET", key, field, "nonsense");
            assertThat(startAt(ids.get(1))).as(field).isEqualTo(StartDecision.DONE);
        }
        redis.command("HSET", key, "first", "nonsense");
        assertThat(admin().start()).isEmpty();
        StreamApp app = start(StreamApp::acknowledge);
        until("read", () -> app.ids().size() == 1);
    }

    @Test
    void whatWasTrimmedIsCountedAnew() throws Exception {
        redis.command("HSET", "{" + stream + "}:trimmed", StreamApp.GROUP, "3");
        List<String> ids = add(5);
        createGroup();
        startAt(ids.get(4));
        StreamApp app = start(StreamApp::acknowledge);
        until("read", () -> app.ids().size() == 1);
        IntStream.range(0, 3).forEach(n -> redis.xadd(stream, "n", n));
        until("the others", () -> app.ids().size() == 4);
        assertThat(admin().status().trimmed()).isZero();
    }
}
