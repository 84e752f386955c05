package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.Redis;

class OutageTest extends StreamTest {

    @AfterEach
    void redisIsThereAgain() {
        if (!redis.pings()) {
            server.restart();
        }
    }

    @Test
    void waitsForARedisThatIsNotThereYet() throws Exception {
        String id = redis.xadd(stream, "n", "1");
        killRedis();
        StreamApp app = start(StreamApp::acknowledge);
        until("it has tried", () -> app.consumer().status().error() != null && !app.consumer().status().error().startsWith("not connected"));
        assertThat(app.context().isStarted()).isTrue();
        server.restart();
        until("the entry", () -> app.ids().contains(id));
        until("its acknowledgement", () -> pending().isEmpty());
    }

    @Test
    void goesOnWhenRedisComesBack() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        List<String> ids = new ArrayList<>(add(5));
        until("those before", () -> app.ids().size() == 5 && pending().isEmpty());
        for (int outage = 0; outage < 2; outage++) {
            killRedis();
            until("it notices", () -> !app.consumer().status().connected());
            server.restart();
            ids.addAll(add(5));
            until("those after", () -> app.ids().size() >= ids.size());
            until("their acknowledgements", () -> pending().isEmpty());
        }
        assertThat(app.ids()).isEqualTo(ids);
    }

    @Test
    void tellsAnOutageOnceAndNotForEachAttempt() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        try (LogLines log = new LogLines()) {
            server.pause();
            until("it notices", () -> !app.consumer().status().connected());
            server.resume();
            until("it reads again", () -> app.consumer().status().connected());
            assertThat(log.all().filter(line -> line.startsWith("WARN Cannot read stream " + stream))).hasSizeBetween(1, 2);
            assertThat(log.all().filter(line -> line.startsWith("INFO Reading stream " + stream))).hasSize(1);
        }
    }

    @Test
    void makesTheGroupAnewWhenItWasDestroyed() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        String before = redis.xadd(stream, "n", "1");
        until("what came before", () -> app.ids().contains(before) && pending().isEmpty());
        redis.command("XGROUP", "DESTROY", stream, StreamApp.GROUP);
        String after = redis.xadd(stream, "n", "2");
        until("what came after", () -> app.ids().contains(after));
        until("its acknowledgement", () -> pending().isEmpty());
    }

    @Test
    void goesOnWhenTheStreamWasDeleted() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        add(3);
        until("what came before", () -> app.ids().size() == 3 && pending().isEmpty());
        redis.command("DEL", stream);
        String after = redis.xadd(stream, "n", "2");
        until("what came after", () -> app.ids().contains(after));
    }

    @Test
    void goesOnWhenRedisWasFlushed() throws Exception {
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50", exchange -> {
            if (exchange.getMessage().getHeader(RedisStreamsConstants.ROUND, Integer.class) > 2 || redis.xlen(stream) < 3) {
                StreamApp.acknowledge(exchange);
            }
        });
        add(3);
        until("some wait for another round", () -> !dueRecords().isEmpty());
        redis.flushall();
        String after = redis.xadd(stream, "n", "2");
        until("what came after", () -> app.ids().contains(after));
        until("its acknowledgement", () -> pending().isEmpty() && dueRecords().isEmpty());
    }

    @Test
    void anAcknowledgementThatRedisDidNotTakeIsRepeatedAndTheEntryNotHandedOutAgain() throws Exception {
        CountDownLatch processed = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        AtomicReference<String> first = new AtomicReference<>();
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50&pendingScanPeriod=200", exchange -> {
            String id = exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
            if (first.compareAndSet(null, id)) {
                processed.countDown();
                killed.await();
            }
            StreamApp.acknowledge(exchange);
        });
        String id = redis.xadd(stream, "n", "1");
        processed.await();
        killRedis();
        killed.countDown();
        until("it notices", () -> !app.consumer().status().connected());
        server.restart();
        assertThat(pending()).as("Redis does not know yet").containsExactly(id);
        until("the repeated acknowledgement", () -> pending().isEmpty());
        String later = redis.xadd(stream, "n", "2");
        until("the next", () -> app.ids().contains(later) && pending().isEmpty());
        assertThat(app.rounds(id)).containsExactly(1);
    }

    @Test
    void anEntryWhoseRoundEndedWhileRedisWasAwayComesAgain() throws Exception {
        CountDownLatch processing = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        StreamApp app = start("&replayDelay=50&replayMaxDelay=50", exchange -> {
            if (processing.getCount() > 0) {
                processing.countDown();
                killed.await();
                throw new IllegalStateException("failed while Redis was away");
            }
            StreamApp.acknowledge(exchange);
        });
        String id = redis.xadd(stream, "n", "1");
        processing.await();
        killRedis();
        killed.countDown();
        until("it notices", () -> !app.consumer().status().connected());
        server.restart();
        until("the acknowledgement", () -> app.rounds(id).size() >= 2 && pending().isEmpty());
    }

    /** It was read and waited for its turn: somebody may have dealt with it while this consumer could not know. */
    @Test
    void whatWasAcknowledgedDuringAnOutageIsNotHandedOutAfterIt() throws Exception {
        CountDownLatch processing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> ids = add(4);
        StreamApp app = start(exchange -> {
            processing.countDown();
            release.await();
            StreamApp.acknowledge(exchange);
        });
        processing.await();
        until("the others were read", () -> pending().size() == 4);
        killRedis();
        until("it notices", () -> !app.consumer().status().connected());
        server.restart();
        redis.xack(stream, StreamApp.GROUP, ids.get(1), ids.get(2));
        until("it is connected", () -> app.consumer().status().connected());
        release.countDown();
        until("the rest", () -> app.ids().contains(ids.get(3)) && pending().isEmpty());
        assertThat(app.ids()).containsExactly(ids.get(0), ids.get(3));
    }

    /** A read was under way when the pause began, and until the next probe there will be none that could prove that Redis is well. */
    @Test
    void isConnectedAgainDuringAPause() throws Exception {
        StreamApp app = start("&pauseAfter=1&probeDelay=60000&block=60000&maxInProgress=2", exchange -> {
            throw new IllegalStateException("down");
        });
        until("it waits", () -> app.consumer().status().connected()
                && Redis.text(redis.command("INFO", "clients")).contains("blocked_clients:1"));
        add(1);
        until("it pauses", () -> app.consumer().status().pausedSince() != null);
        killRedis();
        until("it notices", () -> !app.consumer().status().connected());
        server.restart();
        until("it is connected", () -> app.consumer().status().connected());
        assertThat(app.consumer().status().pausedSince()).isNotNull();
    }

    @Test
    void itsReadinessFollowsRedis() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        until("ready", () -> state(app) == HealthCheck.State.UP);
        killRedis();
        until("not ready", () -> state(app) == HealthCheck.State.DOWN);
        server.restart();
        until("ready again", () -> state(app) == HealthCheck.State.UP);
    }

    @Test
    void aRestartWouldNotBringRedisBackSoLivenessSaysNothing() throws Exception {
        StreamApp app = start(StreamApp::acknowledge);
        HealthCheck check = (HealthCheck) app.consumer().getHealthCheck();
        assertThat(check.isLiveness()).isFalse();
        assertThat(check.isReadiness()).isTrue();
        killRedis();
        until("it notices", () -> !app.consumer().status().connected());
        assertThat(HealthCheckHelper.invokeLiveness(app.context())).allSatisfy(
                result -> assertThat(result.getState()).isNotEqualTo(HealthCheck.State.DOWN));
    }

    @Test
    void anOutageGoesToTheErrorHandlerOfTheRouteOnceWhereTheOptionSaysSo() throws Exception {
        List<Throwable> handled = new CopyOnWriteArrayList<>();
        List<String> read = new CopyOnWriteArrayList<>();
        try (LogLines log = new LogLines()) {
            StreamApp app = bridged(handled::add, read);
            until("it reads", () -> app.consumer().status().connected());
            redis.command("SET", stream, "no stream");
            until("it notices", () -> String.valueOf(app.consumer().status().error()).endsWith("(WRONGTYPE)"));
            killRedis();
            until("the reason has changed", () -> !app.consumer().status().error().endsWith("(WRONGTYPE)"));
            server.restart();
            redis.command("DEL", stream);
            String id = redis.xadd(stream, "n", "1");
            until("it goes on", () -> read.contains(id) && pending().isEmpty());
            until("once, although the reason changed", () -> !handled.isEmpty() && handled.size() == outagesThatAreOver(log));

            int before = handled.size();
            killRedis();
            until("the next outage", () -> handled.size() > before);
            server.restart();
            String later = redis.xadd(stream, "n", "2");
            until("it goes on again", () -> read.contains(later) && pending().isEmpty());
            until("once again", () -> handled.size() == outagesThatAreOver(log));
        }
        assertThat(handled).allSatisfy(failure -> assertThat(failure).isInstanceOf(RedisStreamsException.class)
                .hasMessageStartingWith("stream " + stream + ": "));
    }

    /** The reading begins once, and again after each of them. */
    private long outagesThatAreOver(LogLines log) {
        return log.all().filter(line -> line.startsWith("INFO Reading stream " + stream)).count() - 1;
    }

    @Test
    void anErrorHandlerThatFailsItselfDoesNotEndTheReading() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        List<String> read = new CopyOnWriteArrayList<>();
        StreamApp app = bridged(failure -> {
            calls.incrementAndGet();
            throw new AssertionError("a mistake in the error handler");
        }, read);
        until("it reads", () -> app.consumer().status().connected());
        killRedis();
        until("the error handler has failed", () -> calls.get() == 1);
        server.restart();
        String id = redis.xadd(stream, "n", "1");
        until("it goes on", () -> read.contains(id) && pending().isEmpty());
    }

    /** Acknowledges what it reads; failures of the reading go through the error handler of the route to {@code onFailure}. */
    private StreamApp bridged(Consumer<Throwable> onFailure, List<String> read) throws Exception {
        StreamApp app = closing(StreamApp.producer(server.url()));
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(RedisStreamsException.class).handled(true)
                        .process(exchange -> onFailure.accept(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("redis-streams:" + stream + "?group=" + StreamApp.GROUP + "&block=300&bridgeErrorHandler=true").routeId(StreamApp.ROUTE)
                        .process(exchange -> read.add(exchange.getMessage().getMessageId()))
                        .to("redis-streams:" + stream + "?operation=ack&group=" + StreamApp.GROUP);
            }
        });
        return app;
    }

    private static HealthCheck.State state(StreamApp app) {
        return ((HealthCheck) app.consumer().getHealthCheck()).call().getState();
    }
}
