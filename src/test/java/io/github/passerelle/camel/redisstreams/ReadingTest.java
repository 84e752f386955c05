package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.TcpLine;

class ReadingTest extends StreamTest {

    @Test
    void createsStreamAndGroupWhereThereAreNone() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        until("the group", () -> app.consumer().status().connected());
        assertThat(redis.xlen(stream)).isZero();
        String id = redis.xadd(stream, "a", "1");
        until("the entry", () -> app.ids().equals(List.of(id)));
        until("its acknowledgement", () -> pending().isEmpty());
    }

    @Test
    void readsWhatWasThereBeforeTheGroup() throws Exception {
        List<String> ids = add(3);
        StreamApp app = start(StreamApp::acknowledge);
        until("all", () -> app.ids().size() == 3);
        assertThat(app.ids()).isEqualTo(ids);
    }

    @Test
    void leavesAGroupThatExistsWhereItIs() throws Exception {
        String old = redis.xadd(stream, "n", "old");
        redis.command("XGROUP", "CREATE", stream, StreamApp.GROUP, "$");
        StreamApp app = start(StreamApp::acknowledge);
        String fresh = redis.xadd(stream, "n", "new");
        until("the new entry", () -> app.ids().contains(fresh));
        assertThat(app.ids()).doesNotContain(old);
    }

    /** By then the entry was found in the pending list, handed out and acknowledged. */
    @Test
    void anAnswerThatComesLateHandsOutNothingTwice() throws Exception {
        TcpLine line = closing(TcpLine.to(server.port()));
        StreamApp app = closing(StreamApp.start("redis://127.0.0.1:" + line.port(), stream, "&block=20000&pendingScanPeriod=100",
                StreamApp::acknowledge));
        until("a read waits", () -> line.holdAnswersWhereTheClientLastSaid("BLOCK") == 1);
        String id = redis.xadd(stream, "n", 1);
        until("it is handed out", () -> app.ids().contains(id));
        until("its acknowledgement", () -> pending().isEmpty());
        line.release();
        String next = redis.xadd(stream, "n", 2);
        until("the next one", () -> app.ids().contains(next));
        assertThat(app.ids()).containsExactly(id, next);
    }

    @Test
    void handsOutAnEntryWithItsNames() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        String id = redis.xadd(stream, "one", "1", "two", "");
        until("the entry", () -> app.handed().size() == 1);
        StreamApp.Handed handed = app.handed().get(0);
        assertThat(handed.id()).isEqualTo(id);
        assertThat(handed.messageId()).isEqualTo(id);
        assertThat(handed.round()).isEqualTo(1);
        assertThat(handed.stream()).isEqualTo(stream);
        assertThat(handed.group()).isEqualTo(StreamApp.GROUP);
        assertThat(handed.fields()).containsOnlyKeys("one", "two");
        assertThat(handed.fields().get("two")).isEmpty();
    }

    @Test
    void leavesEveryByteOfAValueAsItIs() throws Exception {
        byte[] every = new byte[70_000];
        new Random(5).nextBytes(every);
        byte[] broken = { 'a', (byte) 0xC3, '(', (byte) 0xFF, 0, '\r', '\n', (byte) 0xE9 };
        StreamApp app = start(StreamApp::acknowledge);
        redis.xadd(stream, "every", every, "broken", broken, "é€", "été".getBytes(StandardCharsets.UTF_8));
        until("the entry", () -> app.handed().size() == 1);
        Map<String, byte[]> fields = app.handed().get(0).fields();
        assertThat(fields.get("every")).isEqualTo(every);
        assertThat(fields.get("broken")).isEqualTo(broken);
        assertThat(fields.get("é€")).isEqualTo("été".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void handsOutItsOwnPendingEntriesFirstAllOfThemOldestFirst() throws Exception {
        List<String> expected = new ArrayList<>(add(1_250));
        readByAnEarlierProcess();
        expected.addAll(add(30));
        StreamApp app = start(StreamApp::acknowledge);
        until("all entries", () -> app.ids().size() >= expected.size());
        assertThat(app.ids()).isEqualTo(expected);
        until("all acknowledgements", () -> pending().isEmpty());
    }

    @Test
    void pendingEntriesThatFailDoNotHideThoseBehindThem() throws Exception {
        add(600);
        readByAnEarlierProcess();
        String last = redis.xadd(stream, "n", "last");
        StreamApp app = start("&replayDelay=600000", exchange -> {
            throw new IllegalStateException("refused");
        });
        until("the newest", () -> app.ids().contains(last));
        assertThat(app.ids()).hasSize(601).doesNotHaveDuplicates();
        assertThat(pending()).hasSize(601);
    }

    /** Such a Redis refuses even the attempt to create a group that exists; reading and acknowledging it allows. */
    @Test
    void handsOutWhatIsThereWhenRedisIsAtItsMemoryLimit() throws Exception {
        List<String> expected = new ArrayList<>(add(3));
        readByAnEarlierProcess();
        expected.addAll(add(3));
        redis.command("CONFIG", "SET", "maxmemory", "1");
        try {
            StreamApp app = start(StreamApp::acknowledge);
            until("all entries", () -> app.ids().size() == 6);
            assertThat(app.ids()).isEqualTo(expected);
            until("all acknowledgements", () -> pending().isEmpty());
        } finally {
            redis.command("CONFIG", "SET", "maxmemory", "0");
        }
    }

    /** Camel makes a failed exchange of an exception; an Error in an asynchronous step it lets pass. */
    @Test
    void goesOnAfterAnErrorInTheRoute() throws Exception {
        List<String> ids = add(2);
        StreamApp app = start(new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (exchange.getMessage().getHeader(RedisStreamsConstants.ENTRY_ID).equals(ids.get(0))) {
                    throw new NoClassDefFoundError("missing");
                }
                StreamApp.acknowledge(exchange);
                callback.done(true);
                return true;
            }
        });
        until("the second", () -> pending().equals(List.of(ids.get(0))));
        assertThat(app.ids()).startsWith(ids.get(0)).contains(ids.get(1));
    }

    @Test
    void leavesAloneWhatOtherConsumersHold() throws Exception {
        String others = redis.xadd(stream, "n", "1");
        redis.command("XGROUP", "CREATE", stream, StreamApp.GROUP, "0");
        redis.command("XREADGROUP", "GROUP", StreamApp.GROUP, "worker-1", "STREAMS", stream, ">");
        StreamApp app = start(StreamApp::acknowledge);
        String own = redis.xadd(stream, "n", "2");
        until("its own", () -> app.ids().contains(own));
        until("its own was acknowledged, the other neither lost nor taken", () -> pending().equals(List.of(others)));
    }

    @Test
    void handsOutOneAtATime() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        // before the start: a read that brought only the first would be the last one while that is in progress
        add(40);
        StreamApp app = start(exchange -> {
            first.countDown();
            release.await();
            StreamApp.acknowledge(exchange);
        });
        first.await();
        // the others of the first read are there: nothing but the cap keeps them back
        until("the others were read", () -> pending().size() > 1 || app.handed().size() > 1);
        assertThat(app.consumer().status().inProgress()).isEqualTo(1);
        release.countDown();
        until("all", () -> app.ids().size() == 40);
        assertThat(app.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void anEntryThatWasTrimmedIsNeverHandedOnAndStaysPending() throws Exception {
        List<String> ids = add(4);
        readByAnEarlierProcess();
        redis.command("XDEL", stream, ids.get(2));
        redis.command("XTRIM", stream, "MINID", ids.get(1));
        try (LogLines log = new LogLines()) {
            StreamApp app = start("&pendingScanPeriod=100", StreamApp::acknowledge);
            String later = redis.xadd(stream, "n", "later");
            until("the others", () -> app.ids().contains(later));
            assertThat(app.ids()).containsExactly(ids.get(1), ids.get(3), later);
            until("their acknowledgements", () -> pending().size() == 2);
            assertThat(pending()).containsExactly(ids.get(0), ids.get(2));
            for (int look = 1; look <= 3; look++) {
                String lost = lostByAnAnswer();
                until("another look at the pending list", () -> app.ids().contains(lost));
            }
            assertThat(log.about(ids.get(0))).hasSize(1).first().asString().startsWith("ERROR").contains("trimmed");
            assertThat(log.about(ids.get(2))).hasSize(1);
            assertThat(app.ids()).doesNotContain(ids.get(0), ids.get(2));
        }
    }

    @Test
    void findsEntriesOfItsOwnThatItHasNeverSeen() throws Exception {
        StreamApp app = start("&pendingScanPeriod=100", StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        String lost = lostByAnAnswer();
        until("the entry", () -> app.ids().contains(lost));
        until("its acknowledgement", () -> pending().isEmpty());
        assertThat(app.rounds(lost)).containsExactly(1);
    }

    @Test
    void nothingIsHandedOutWhileSuspendedAndAllAfterTheResume() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        StreamApp app = start(exchange -> {
            entered.countDown();
            release.await();
            StreamApp.acknowledge(exchange);
        });
        List<String> ids = new ArrayList<>(add(5));
        entered.await();
        app.consumer().suspend();
        release.countDown();
        until("the one in progress is acknowledged", () -> redis.entry(stream, ids.get(0)) != null && !pending().contains(ids.get(0)));
        ids.addAll(add(5));
        await("nothing comes").during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(30)).until(() -> app.ids().size() == 1);
        app.consumer().resume();
        until("all", () -> app.ids().size() == 10);
        assertThat(app.ids()).isEqualTo(ids);
        until("all acknowledged", () -> pending().isEmpty());
    }
}
