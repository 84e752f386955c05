package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.Redis;

/** Several consumers of one name, of which one is at work. */
class ExclusiveTest extends StreamTest {

    private static final String EXCLUSIVE = "&exclusive=true&leaseDuration=600&replayDelay=600000";

    @Test
    void oneIsAtWorkAndTheOtherTakesOverWhenItStops() throws Exception {
        StreamApp first = start(EXCLUSIVE, StreamApp::acknowledge);
        until("the first one is at work", () -> first.consumer().status().active());
        StreamApp second = start(EXCLUSIVE, StreamApp::acknowledge);
        until("the second one stands by", () -> second.consumer().status().connected());
        List<String> before = add(20);
        until("all", () -> first.ids().containsAll(before) && pending().isEmpty());
        assertThat(second.consumer().status().active()).isFalse();
        assertThat(second.ids()).isEmpty();
        first.close();
        List<String> after = add(5);
        until("the rest", () -> second.ids().containsAll(after) && pending().isEmpty());
        assertThat(second.consumer().status().active()).isTrue();
        assertThat(second.ids()).containsExactlyElementsOf(after);
    }

    /** Another one may be at work by then. */
    @Test
    void howLongItHasBeenAtWorkIsUnknownOnceItsLeaseHasEnded() throws Exception {
        StreamApp app = start(EXCLUSIVE, StreamApp::acknowledge);
        until("it is at work", () -> app.consumer().status().activeFor() != null);
        server.pause();
        try {
            until("it is not sure", () -> app.consumer().status().activeFor() == null);
        } finally {
            server.resume();
        }
        until("it is at work again", () -> app.consumer().status().activeFor() != null);
    }

    @Test
    void theOtherFinishesWhatIsLeft() throws Exception {
        List<String> failing = add(3);
        StreamApp first = start(EXCLUSIVE + "&count=1", exchange -> {
            throw new IllegalStateException("not today");
        });
        until("each had a round", () -> dueRecords().size() == 6);
        StreamApp second = start(EXCLUSIVE + "&groupStart=$", StreamApp::acknowledge);
        first.close();
        until("it is at work", () -> second.consumer().status().active());
        String next = add(1).get(0);
        // the next round of the others is in ten minutes
        until("the next one alone", () -> second.ids().contains(next) && pending().equals(failing));
        failing.forEach(id -> redis.command("HDEL", key("due"), StreamApp.GROUP + " " + id));
        second.close();
        StreamApp third = start(EXCLUSIVE, StreamApp::acknowledge);
        until("all", () -> pending().isEmpty());
        assertThat(third.ids()).isEqualTo(failing);
    }

    @Test
    void oneThatLostItsLeaseNeitherGoesOnNorRecordsAnything() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<String> ids = addTogether(4);
        StreamApp first = start(EXCLUSIVE, exchange -> {
            gate.await();
            throw new IllegalStateException("too late");
        });
        until("it is at work", () -> first.ids().size() == 1);
        try (LogLines log = new LogLines()) {
            takeAway();
            until("it notices", () -> !first.consumer().status().active()
                    && log.all().anyMatch(line -> line.startsWith("INFO Standing by: another process is at work on stream " + stream)));
        }
        gate.countDown();
        until("its try ended", () -> first.consumer().status().inProgress() == 0);
        assertThat(dueRecords()).isEmpty();
        assertThat(first.ids()).containsExactly(ids.get(0));
        redis.command("DEL", key("leader:" + StreamApp.GROUP));
        until("it is at work again", () -> first.ids().containsAll(ids));
        assertThat(first.ids()).containsExactly(ids.get(0), ids.get(0), ids.get(1), ids.get(2), ids.get(3));
    }

    @Test
    void anAcknowledgementThatWasEarnedIsMadeAllTheSame() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        String id = add(1).get(0);
        StreamApp first = start(EXCLUSIVE, exchange -> {
            gate.await();
            StreamApp.acknowledge(exchange);
        });
        until("it is at work", () -> first.ids().contains(id));
        takeAway();
        until("it notices", () -> !first.consumer().status().active());
        gate.countDown();
        until("the acknowledgement", () -> pending().isEmpty());
        assertThat(first.ids()).containsExactly(id);
    }

    @Test
    void aSuspendedOneLetsAnotherTakeOver() throws Exception {
        StreamApp first = start(EXCLUSIVE, StreamApp::acknowledge);
        until("it is at work", () -> first.consumer().status().active());
        StreamApp second = start(EXCLUSIVE, StreamApp::acknowledge);
        first.consumer().suspend();
        String id = add(1).get(0);
        until("the other", () -> second.ids().contains(id) && pending().isEmpty());
        first.consumer().resume();
        String next = add(1).get(0);
        until("still the other", () -> second.ids().contains(next) && pending().isEmpty());
        assertThat(first.ids()).isEmpty();
    }

    /** Else Redis hands an entry to a read of a process that hangs, and the one at work since does not know of it. */
    @Test
    void noReadWaitsLongerThanTheLeaseLasts() throws Exception {
        StreamApp app = start(EXCLUSIVE + "&block=600000", StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        redis.command("CONFIG", "RESETSTAT");
        until("it reads again and again", () -> readsThatEnded() > 3);
        String id = add(1).get(0);
        until("the entry", () -> app.ids().contains(id) && pending().isEmpty());
    }

    private long readsThatEnded() {
        return Redis.text(redis.command("INFO", "commandstats")).lines().filter(line -> line.startsWith("cmdstat_xreadgroup:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=(\\d+),.*", "$1"))).sum();
    }

    @Test
    void manyContendersLoseNothingAndSendNothingTwice() throws Exception {
        AtomicInteger concurrent = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<StreamApp> apps = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            apps.add(start(EXCLUSIVE, exchange -> {
                most.accumulateAndGet(concurrent.incrementAndGet(), Math::max);
                StreamApp.acknowledge(exchange);
                concurrent.decrementAndGet();
            }));
        }
        List<String> all = new ArrayList<>();
        while (apps.size() > 1) {
            all.addAll(add(30));
            until("one is at work", () -> apps.stream().filter(app -> app.consumer().status().active()).count() == 1);
            StreamApp active = apps.stream().filter(app -> app.consumer().status().active()).findFirst().orElseThrow();
            active.close();
            apps.remove(active);
            closed.addAll(active.ids());
        }
        until("all", () -> pending().isEmpty() && closed.size() + apps.get(0).ids().size() >= all.size());
        closed.addAll(apps.get(0).ids());
        assertThat(closed).containsExactlyInAnyOrderElementsOf(all);
        assertThat(most).hasValue(1);
    }

    /** As another process would, after this one gave no sign of life for long. */
    private void takeAway() {
        redis.command("SET", key("leader:" + StreamApp.GROUP), "another-one", "PX", "60000");
    }
}
