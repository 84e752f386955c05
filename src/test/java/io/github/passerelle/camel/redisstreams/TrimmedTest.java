package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;

/** Entries that the stream holds no more before they are acknowledged. */
class TrimmedTest extends StreamTest {

    private static final byte[] BROKEN = { 'a', (byte) 0xC3, '(', (byte) 0xFF, 0, '\r', '\n', (byte) 0xE9 };
    private static final String ROUTED = "&routeTrimmed=true&pendingScanPeriod=50&replayDelay=20&replayMaxDelay=20";

    @Test
    void isHandedToTheRouteWithoutABodyWhereThatIsAskedFor() throws Exception {
        List<String> ids = add(3);
        readByAnEarlierProcess();
        redis.command("XDEL", stream, ids.get(0), ids.get(2));
        StreamApp app = start(ROUTED, TrimmedTest::parkTheTrimmed);
        until("the one that is there is acknowledged, the others are put aside",
                () -> pending().equals(List.of(ids.get(0), ids.get(2))) && admin().status().parked() == 2);
        assertThat(app.ids()).isEqualTo(ids);
        assertThat(app.handed().stream().map(StreamApp.Handed::trimmed)).containsExactly(true, false, true);
        assertThat(app.handed().stream().map(handed -> handed.fields() == null)).containsExactly(true, false, true);
        assertThat(admin().entry(id(ids.get(0)))).as("there is no copy to show").isEmpty();
        assertThat(redis.command("EXISTS", key("quarantine:group:" + ids.get(0) + ":entry"))).isEqualTo(0L);
        app.close();
        StreamApp again = start(ROUTED, StreamApp::acknowledge);
        String later = redis.xadd(stream, "n", "later");
        until("what came later", () -> again.ids().contains(later));
        assertThat(again.ids()).as("over a restart").containsExactly(later);
    }

    @Test
    void onesTriedAgainAreStillTrimmedAndCanBeDiscarded() throws Exception {
        List<String> ids = add(2);
        readByAnEarlierProcess();
        redis.command("XTRIM", stream, "MAXLEN", 0);
        StreamApp app = start(ROUTED, TrimmedTest::parkTheTrimmed);
        until("they are put aside", () -> admin().status().parked() == 2);
        assertThat(admin().unpark(id(ids.get(0)), "", "")).isEqualTo(Decision.DONE);
        until("it is handed out and put aside again", () -> app.rounds(ids.get(0)).size() == 2 && admin().status().parked() == 2);
        assertThat(app.handed()).allSatisfy(handed -> {
            assertThat(handed.trimmed()).isTrue();
            assertThat(handed.fields()).isNull();
        });
        assertThat(ids).allSatisfy(id -> assertThat(admin().discard(id(id), "lost", "Ann")).isEqualTo(Decision.DONE));
        assertThat(pending()).isEmpty();
    }

    @Test
    void anEntryThatIsTrimmedBetweenTwoRoundsIsTrimmedInTheNext() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        StreamApp app = start(ROUTED, exchange -> {
            if (rounds.incrementAndGet() == 2) {
                redis.command("XDEL", stream, exchange.getProperty(RedisStreamsConstants.ENTRY_ID));
            }
            if (exchange.getMessage().getHeader(RedisStreamsConstants.TRIMMED, false, Boolean.class)) {
                StreamApp.park(exchange);
            }
        });
        String id = add(1).get(0);
        until("it is put aside", () -> admin().status().parked() == 1);
        assertThat(app.handed(id).stream().map(StreamApp.Handed::trimmed)).containsExactly(false, false, true);
        assertThat(app.rounds(id)).containsExactly(1, 2, 3);
    }

    /** The copy is what lay in the stream. With or without the option: nothing is lost of it. */
    @Test
    void whatWasPutAsideAndThenTrimmedIsHandedOutAsItWas() throws Exception {
        for (String option : List.of("", ROUTED)) {
            AtomicBoolean well = new AtomicBoolean();
            String id = redis.xadd(stream, "payload", BROKEN, "é", "");
            StreamApp app = start(option, exchange -> {
                if (well.get()) {
                    StreamApp.acknowledge(exchange);
                } else {
                    StreamApp.park(exchange);
                }
            });
            until("it is put aside", () -> admin().status().parked() == 1);
            redis.command("XTRIM", stream, "MAXLEN", 0);
            assertThat(admin().entry(id(id)).orElseThrow().fields().get("payload")).isEqualTo(BROKEN);
            well.set(true);
            assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
            until("the acknowledgement", () -> pending().isEmpty());
            StreamApp.Handed last = app.handed(id).get(1);
            assertThat(last.trimmed()).isFalse();
            assertThat(last.fields()).containsOnlyKeys("payload", "é").containsEntry("payload", BROKEN).containsEntry("é", new byte[0]);
            app.close();
        }
    }

    /** Refused once more, it is copied from its copy. */
    @Test
    void theCopyOutlivesASecondTimeAside() throws Exception {
        StreamApp app = start(ROUTED, StreamApp::park);
        String id = redis.xadd(stream, "payload", BROKEN);
        until("it is put aside", () -> admin().status().parked() == 1);
        redis.command("XTRIM", stream, "MAXLEN", 0);
        assertThat(admin().unpark(id(id), "", "")).isEqualTo(Decision.DONE);
        until("it is put aside again", () -> app.rounds(id).size() == 2 && admin().status().parked() == 1);
        assertThat(admin().entry(id(id)).orElseThrow().fields().get("payload")).isEqualTo(BROKEN);
        assertThat((Long) redis.command("TTL", key("quarantine:group:" + id + ":entry"))).isEqualTo(-1);
    }

    @Test
    void whatAnotherConsumerHeldWhenItWasTrimmedIsHandedToTheRouteOnce() throws Exception {
        createGroup();
        List<String> ids = add(4);
        redis.command("XREADGROUP", "GROUP", StreamApp.GROUP, "worker-1", "STREAMS", stream, ">");
        redis.command("XTRIM", stream, "MINID", ids.get(2));
        try (LogLines log = new LogLines()) {
            StreamApp app = start(ROUTED + "&adopt=true", TrimmedTest::parkTheTrimmed);
            until("the others are acknowledged, those put aside",
                    () -> pending().equals(ids.subList(0, 2)) && admin().status().parked() == 2);
            for (int look = 0; look < 3; look++) {
                look(app);
            }
            assertThat(ids).allSatisfy(id -> assertThat(app.rounds(id)).containsExactly(1));
            assertThat(admin().pending(id(ids.get(0))).orElseThrow().consumer()).as("a claim would make Redis forget it").isEqualTo("worker-1");
            assertThat(log.all()).noneMatch(line -> line.contains("was trimmed from stream"));
            assertThat(admin().unpark(id(ids.get(0)), "", "")).isEqualTo(Decision.DONE);
            until("it is tried again", () -> app.rounds(ids.get(0)).size() == 2);
            assertThat(admin().discard(id(ids.get(1)), "", "")).isEqualTo(Decision.DONE);
        }
    }

    /** Another one claimed it, and it is that one's business now, trimmed or not. */
    @Test
    void whatWentOverToAnotherConsumerIsNotHandedOut() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        String id = add(1).get(0);
        StreamApp app = start("&routeTrimmed=true&replayDelay=50&replayMaxDelay=50", exchange -> {
            if (first.getAndSet(false)) {
                redis.command("XCLAIM", stream, StreamApp.GROUP, "worker-1", 0, id);
                redis.command("XDEL", stream, id);
            } else {
                StreamApp.acknowledge(exchange);
            }
        });
        until("its time is over", () -> app.ids().contains(id) && app.consumer().status().inProgress() == 0
                && app.consumer().status().overdue() == null);
        assertThat(app.rounds(id)).containsExactly(1);
        assertThat(pending()).containsExactly(id);
    }

    /** Nobody has ever seen it: all that can be told is how many they were. */
    @Test
    void whatWasTrimmedBeforeItWasReadIsCountedOnce() throws Exception {
        StreamApp app = start("&pendingScanPeriod=50", StreamApp::acknowledge);
        add(3);
        until("the first", () -> pending().isEmpty() && app.ids().size() == 3);
        app.close();
        try (LogLines log = new LogLines()) {
            trimUnread(10, 4);
            assertThat(admin().status().trimmed()).as("not noticed yet").isZero();
            StreamApp second = start("&pendingScanPeriod=50", StreamApp::acknowledge);
            until("it is counted", () -> admin().status().trimmed() == 6);
            assertThat(admin().status().waiting()).isZero();
            second.close();
            List<String> unread = add(5);
            assertThat(admin().status().waiting()).as("six of what Redis counts will never come").isEqualTo(5);
            StreamApp third = start("&pendingScanPeriod=50", StreamApp::acknowledge);
            until("all are read", () -> third.ids().containsAll(unread));
            look(third);
            third.close();
            trimUnread(5, 3);
            StreamApp fourth = start("&pendingScanPeriod=50", StreamApp::acknowledge);
            until("two more", () -> admin().status().trimmed() == 8);
            look(fourth);
            assertThat(log.all().filter(line -> line.contains("before they were read"))).containsExactly(
                    "ERROR 6 entries were trimmed from stream " + stream + " before they were read: their content is lost [cause=\"trimmed\"]",
                    "ERROR 2 entries were trimmed from stream " + stream + " before they were read: their content is lost [cause=\"trimmed\"]");
        }
    }

    private void trimUnread(int added, int kept) {
        add(added);
        redis.command("XTRIM", stream, "MAXLEN", kept);
    }

    /** The pending list is looked through once more. */
    private void look(StreamApp app) {
        String lost = lostByAnAnswer();
        until("another look", () -> app.ids().contains(lost));
    }

    private static void parkTheTrimmed(Exchange exchange) {
        if (exchange.getMessage().getHeader(RedisStreamsConstants.TRIMMED, false, Boolean.class)) {
            StreamApp.park(exchange);
        } else {
            StreamApp.acknowledge(exchange);
        }
    }
}
