package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;

/** A consumer that pauses when the receiver seems to be at fault. */
class PausingTest extends StreamTest {

    private static final String PAUSE = "&pauseAfter=3&probeDelay=50&probeMaxDelay=100&replayDelay=600000";

    private Receiver receiver;

    @BeforeEach
    void ownReceiver() {
        receiver = new Receiver();
    }

    @Test
    void threeFailuresInARowAndNothingNewIsReadUntilAProbeSucceeds() throws Exception {
        receiver.outcome = TryOutcome.FAILED;
        StreamApp app = start(PAUSE, receiver::take);
        List<String> ids = add(3);
        until("the pause", () -> app.consumer().status().pausedSince() != null);
        until("Redis says so, too", () -> admin().status().pausedSince() != null);
        until("the first probes", () -> app.handed().size() >= 6);
        assertThat(app.ids().subList(0, 6)).containsExactly(ids.get(0), ids.get(1), ids.get(2), ids.get(2), ids.get(2), ids.get(2));
        assertThat(app.handed().subList(0, 6).stream().map(StreamApp.Handed::probe)).containsExactly(false, false, false, true, true, true);
        List<String> fresh = addTogether(60);
        until("it probes on", () -> app.handed().size() >= 9);
        assertThat(admin().status().waiting()).as("not read but one by one").isGreaterThan(50);
        receiver.outcome = TryOutcome.ANSWERED;
        until("all is taken, what had failed as well, ten minutes early", () -> pending().isEmpty() && admin().status().waiting() == 0);
        assertThat(app.ids()).containsAll(fresh);
        until("the pause is over", () -> app.consumer().status().pausedSince() == null);
        until("Redis says so, too", () -> admin().status().pausedSince() == null);
        assertThat(app.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void theProbesTakeTurnsAndNewOnesAreReadOneAtATime() throws Exception {
        receiver.outcome = TryOutcome.FAILED;
        StreamApp app = start("&pauseAfter=3&probeDelay=20&probeMaxDelay=20&replayDelay=600000&block=50&count=1", receiver::take);
        List<String> ids = add(5);
        until("all turns", () -> app.handed().size() >= 14);
        String a = ids.get(0);
        String b = ids.get(1);
        String c = ids.get(2);
        String d = ids.get(3);
        String e = ids.get(4);
        assertThat(app.ids().subList(0, 14)).containsExactly(a, b, c, c, c, c, a, b, d, e, a, b, c, d);
    }

    @Test
    void oneEntryThatFailsAmongOthersThatSucceedPausesNothing() throws Exception {
        try (LogLines log = new LogLines()) {
            receiver.outcomes.put("bad", TryOutcome.FAILED);
            StreamApp app = start("&pauseAfter=3&probeDelay=60000&replayDelay=1&replayMaxDelay=1", receiver::take);
            String bad = redis.xadd(stream, "n", "bad");
            until("it failed often", () -> app.rounds(bad).size() > 10);
            List<String> others = add(20);
            until("the others", () -> pending().equals(List.of(bad)) && app.ids().containsAll(others));
            assertThat(log.all()).noneMatch(line -> line.contains("is paused"));
            assertThat(app.handed()).noneMatch(StreamApp.Handed::probe);
        }
    }

    @Test
    void aFailureThatConcernsAllPausesAtOnce() throws Exception {
        try (LogLines log = new LogLines()) {
            receiver.outcome = TryOutcome.FAILED_FOR_ALL;
            StreamApp app = start(PAUSE, receiver::take);
            List<String> ids = add(10);
            until("some probes", () -> app.handed().size() >= 3);
            assertThat(app.ids().subList(0, 3)).containsExactly(ids.get(0), ids.get(0), ids.get(0));
            receiver.outcome = TryOutcome.ANSWERED;
            until("all", () -> pending().isEmpty());
            assertThat(log.all().filter(line -> line.startsWith("WARN Reading of stream " + stream + " is paused"))).hasSize(1);
            assertThat(log.all().filter(line -> line.startsWith("INFO Reading of stream " + stream + " goes on"))).hasSize(1);
        }
    }

    @Test
    void withoutTheOptionItNeverPauses() throws Exception {
        receiver.outcome = TryOutcome.FAILED_FOR_ALL;
        StreamApp app = start("&replayDelay=600000", receiver::take);
        List<String> ids = add(40);
        until("each once", () -> app.handed().size() == 40);
        assertThat(app.ids()).isEqualTo(ids);
        assertThat(app.consumer().status().pausedSince()).isNull();
    }

    @Test
    void aRouteThatReportsNothingPausesByItsFailures() throws Exception {
        StreamApp app = start(PAUSE, exchange -> {
            throw new IllegalStateException("down");
        });
        add(10);
        until("the pause", () -> app.consumer().status().pausedSince() != null);
        assertThat(app.handed().subList(0, 3).stream().map(StreamApp.Handed::id)).doesNotHaveDuplicates();
    }

    /** It gets the answer of a wrong configuration alone: the others must not wait for it, and it must not be tried for ever. */
    @Test
    void whoAloneFailsAsIfAllDidIsASuspectAndPausesNothingMore() throws Exception {
        receiver.outcomes.put("bad", TryOutcome.FAILED_FOR_ALL);
        StreamApp app = start(PAUSE + "&count=1", receiver::take);
        String bad = redis.xadd(stream, "n", "bad");
        List<String> others = add(20);
        until("the others", () -> app.ids().containsAll(others) && pending().equals(List.of(bad)));
        until("it was put aside", () -> admin().status().parked() == 1);
        List<StreamApp.Handed> tries = app.handed(bad);
        assertThat(tries.stream().map(StreamApp.Handed::probe)).as("one try, three probes, and one at full rate")
                .containsExactly(false, true, true, true, false);
        assertThat(tries.stream().map(StreamApp.Handed::suspect)).containsExactly(false, false, false, false, true);
        assertThat(app.consumer().status().pausedSince()).isNull();
    }

    @Test
    void aRedeliveryWhoseDelayEndsDuringAPauseIsNotMade() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        List<Long> times = new CopyOnWriteArrayList<>();
        DefaultCamelContext context = new DefaultCamelContext();
        closing(context::stop);
        RedisStreamsComponent component = new RedisStreamsComponent(context);
        component.setConfiguration(configuration());
        context.addComponent("redis-streams", component);
        context.getRegistry().bind("onlyWhileRunning", new OnlyWhileRunning());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).maximumRedeliveries(5).redeliveryDelay(100).asyncDelayedRedelivery()
                        .onRedeliveryRef("onlyWhileRunning").logExhausted(false).logRetryAttempted(false);
                from("redis-streams:" + stream + "?group=" + StreamApp.GROUP + "&pauseAfter=1&probeDelay=400&probeMaxDelay=400&replayDelay=600000")
                        .process(exchange -> {
                            times.add(System.nanoTime());
                            tries.incrementAndGet();
                            TryOutcome.FAILED_FOR_ALL.report(exchange);
                            throw new IllegalStateException("wrong password");
                        });
            }
        });
        context.start();
        redis.xadd(stream, "n", "1");
        until("two probes", () -> tries.get() >= 3);
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(1) - times.get(0))).as("no redelivery but a probe").isGreaterThanOrEqualTo(319);
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(2) - times.get(1))).isGreaterThanOrEqualTo(319);
    }

    @Test
    void aProbeWaitsAsLongAsTheReceiverAsks() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        receiver.outcome = TryOutcome.FAILED_FOR_ALL;
        start("&pauseAfter=3&probeDelay=10&probeMaxDelay=10&replayDelay=600000", exchange -> {
            times.add(System.nanoTime());
            exchange.setProperty(RedisStreamsConstants.REPLAY_DELAY, 500);
            receiver.take(exchange);
        });
        add(1);
        until("two probes", () -> times.size() >= 3);
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(2) - times.get(1))).isGreaterThanOrEqualTo(499);
    }

    @Test
    void aConsumerThatIsStartedAgainBeginsWithoutAPause() throws Exception {
        receiver.outcome = TryOutcome.FAILED_FOR_ALL;
        StreamApp app = start("&pauseAfter=3&probeDelay=60000&replayDelay=50&replayMaxDelay=50", receiver::take);
        List<String> ids = add(2);
        until("the pause", () -> app.consumer().status().pausedSince() != null);
        app.consumer().stop();
        receiver.outcome = TryOutcome.ANSWERED;
        app.consumer().start();
        until("all", () -> pending().isEmpty() && app.ids().containsAll(ids));
        until("no pause", () -> app.consumer().status().pausedSince() == null);
    }

    @Test
    void aConsumerThatWasSuspendedDuringAPauseProbesAfterTheResume() throws Exception {
        receiver.outcome = TryOutcome.FAILED;
        StreamApp app = start("&pauseAfter=3&probeDelay=5&probeMaxDelay=5&replayDelay=600000&block=20", receiver::take);
        List<String> ids = new ArrayList<>(add(6));
        until("the pause", () -> app.consumer().status().pausedSince() != null);
        for (int i = 0; i < 20; i++) {
            int before = app.handed().size();
            until("it probes", () -> app.handed().size() > before);
            app.consumer().suspend();
            app.consumer().resume();
        }
        receiver.outcome = TryOutcome.ANSWERED;
        until("all", () -> pending().isEmpty() && app.ids().containsAll(ids));
    }

    /** What a person decides during a pause must not use up the time of probes. */
    @Test
    void entriesThatWereDiscardedMeanwhileDoNotDelayTheProbes() throws Exception {
        receiver.outcome = TryOutcome.FAILED;
        StreamApp app = start("&pauseAfter=30&probeDelay=1000&probeMaxDelay=600000&replayDelay=600000&count=1", receiver::take);
        List<String> ids = add(30);
        until("the pause", () -> app.consumer().status().pausedSince() != null);
        until("the last one waits", () -> app.consumer().status().inProgress() == 0);
        redis.xack(stream, StreamApp.GROUP, ids.toArray(String[]::new));
        receiver.outcome = TryOutcome.ANSWERED;
        String fresh = redis.xadd(stream, "n", "fresh");
        until("the new one, with the second probe at the latest", () -> app.ids().contains(fresh) && pending().isEmpty());
    }

    /** What the route makes of an entry, by the value of its field {@code n}. */
    private static final class Receiver {

        private final Map<String, TryOutcome> outcomes = new ConcurrentHashMap<>();
        private volatile TryOutcome outcome = TryOutcome.ANSWERED;

        void take(Exchange exchange) {
            String n = new String((byte[]) exchange.getMessage().getBody(Map.class).get("n"));
            TryOutcome mine = outcomes.getOrDefault(n, outcome);
            if (mine == TryOutcome.ANSWERED) {
                StreamApp.acknowledge(exchange);
                return;
            }
            if (mine == TryOutcome.FAILED_FOR_ALL && exchange.getProperty(RedisStreamsConstants.SUSPECT, Boolean.class)) {
                StreamApp.park(exchange);
            }
            mine.report(exchange);
            throw new IllegalStateException("not today");
        }
    }
}
