package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route notes of an entry, and when it wants to have it again. */
class NotesTest extends StreamTest {

    private static final String NOTE = "é€ 1 -1\n{\"tries\": 2}  ";

    @Test
    void aNoteIsThereAgainInTheNextRounds() throws Exception {
        StreamApp app = start("&replayDelay=20&replayMaxDelay=20", exchange -> {
            if (exchange.getProperty(RedisStreamsConstants.ROUND, Integer.class) < 3) {
                exchange.setProperty(RedisStreamsConstants.NOTE, NOTE + exchange.getProperty(RedisStreamsConstants.ROUND));
            }
        });
        String id = add(1).get(0);
        until("five rounds", () -> app.rounds(id).size() >= 5);
        assertThat(app.handed(id).subList(0, 5).stream().map(StreamApp.Handed::note))
                .containsExactly("", NOTE + 1, NOTE + 2, NOTE + 2, NOTE + 2);
    }

    @Test
    void aNoteIsThereAgainAfterARestart() throws Exception {
        StreamApp app = start("&replayDelay=1500&replayMaxDelay=1500", exchange -> exchange.setProperty(RedisStreamsConstants.NOTE, NOTE));
        String id = add(1).get(0);
        until("the end of the round", () -> !dueRecords().isEmpty());
        app.close();
        assertThat(admin().pending(id(id)).orElseThrow().note()).isEqualTo(NOTE);
        StreamApp again = start("&replayDelay=1500&replayMaxDelay=1500", StreamApp::acknowledge);
        until("the next round", () -> again.ids().contains(id));
        assertThat(again.handed(id).get(0).note()).isEqualTo(NOTE);
        assertThat(again.rounds(id)).containsExactly(2);
    }

    /** A stop cuts the round short: it does not count, and what was noted in it does. */
    @Test
    void aNoteOutlivesARoundThatAStopCutsShort() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        StreamApp app = start("", exchange -> {
            exchange.setProperty(RedisStreamsConstants.NOTE, NOTE);
            entered.countDown();
            release.await();
        });
        String id = add(1).get(0);
        entered.await();
        app.consumer().suspend();
        release.countDown();
        until("the end of the round", () -> !dueRecords().isEmpty());
        app.close();
        StreamApp again = start(StreamApp::acknowledge);
        until("the same round", () -> again.ids().contains(id));
        assertThat(again.rounds(id)).containsExactly(1);
        assertThat(again.handed(id).get(0).note()).isEqualTo(NOTE);
    }

    /** The record of an entry that was in progress when its process was killed says 0. */
    @Test
    void anEntryThatWasInProgressWhenItsProcessDiedIsDueAtOnceInTheSameRound() throws Exception {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50", exchange -> {
            exchange.setProperty(RedisStreamsConstants.NOTE, NOTE);
            entered.countDown();
            if (entered.getCount() == 0) {
                release.await();
            }
        });
        String id = add(1).get(0);
        entered.await();
        List<String> asLeft = dueRecords();
        assertThat(asLeft.get(1)).isEqualTo("1 0 k: " + NOTE);
        release.countDown();
        app.close();
        setRecord(id, asLeft.get(1));
        StreamApp again = start("&replayDelay=600000", StreamApp::acknowledge);
        until("the entry", () -> again.ids().contains(id));
        assertThat(again.rounds(id)).containsExactly(2);
        assertThat(again.handed(id).get(0).note()).isEqualTo(NOTE);
    }

    @Test
    void aRouteMaySayWhenItWantsAnEntryAgain() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        start("&replayDelay=600000", exchange -> {
            times.add(System.nanoTime());
            exchange.setProperty(RedisStreamsConstants.REPLAY_DELAY, times.size() * 300);
        });
        add(1);
        until("three rounds", () -> times.size() >= 3);
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(1) - times.get(0))).as("to the millisecond, and not spread").isGreaterThanOrEqualTo(299);
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(2) - times.get(1))).isGreaterThanOrEqualTo(599);
    }

    @Test
    void aTimeThatARouteSaidOutlivesARestart() throws Exception {
        StreamApp app = start("&replayDelay=10&replayMaxDelay=600000", exchange -> exchange.setProperty(RedisStreamsConstants.REPLAY_DELAY, "300000"));
        String id = add(1).get(0);
        until("the end of the round", () -> !dueRecords().isEmpty());
        app.close();
        assertThat(admin().pending(id(id)).orElseThrow().due().toEpochMilli() - System.currentTimeMillis()).isBetween(200_000L, 300_000L);
        StreamApp again = start("&replayDelay=10&replayMaxDelay=600000", StreamApp::acknowledge);
        String later = redis.xadd(stream, "n", "later");
        until("what came later", () -> again.ids().contains(later));
        assertThat(again.ids()).doesNotContain(id);
    }

    @Test
    void aTimeFarAwayIsBoundedAndBreaksNothing() throws Exception {
        StreamApp app = start("", exchange -> exchange.setProperty(RedisStreamsConstants.REPLAY_DELAY, Long.MAX_VALUE));
        String id = add(1).get(0);
        until("the end of the round", () -> !dueRecords().isEmpty());
        assertThat(admin().pending(id(id)).orElseThrow().due().toEpochMilli() - System.currentTimeMillis()).isBetween(80_000_000L, 86_400_000L);
        until("the reader knows", () -> app.consumer().status().overdue() != null);
        String later = add(1).get(0);
        until("what came later", () -> app.ids().contains(later));
        assertThat(app.rounds(id)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "soon", "", "-5" })
    void whatIsNoTimeIsNotHeeded(String time) throws Exception {
        StreamApp app = start("&replayDelay=20&replayMaxDelay=20", exchange -> exchange.setProperty(RedisStreamsConstants.REPLAY_DELAY, time));
        String id = add(1).get(0);
        until("three rounds", () -> app.rounds(id).size() >= 3);
        assertThat(pending()).containsExactly(id);
    }
}
