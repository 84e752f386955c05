package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What the reader does at moments that no route can bring about. */
class ReaderTest extends StreamTest {

    private Backlog backlog;
    private Pause pause;
    private Consumer consumer;
    private Thread thread;

    @BeforeEach
    void ownConsumer() {
        backlog = new Backlog();
        pause = new Pause(3, new GrowingDelay(20, 20, 0, new Random(1)));
        consumer = new Consumer();
    }

    @AfterEach
    void endReader() throws InterruptedException {
        consumer.running = false;
        thread.interrupt();
        thread.join();
    }

    @Test
    void aProbeThatCouldNotStartIsFollowedByAnother() throws Exception {
        List<String> ids = add(2);
        readByAnEarlierProcess();
        consumer.onStart = () -> consumer.started.size() > 3;
        run(reader -> {
            ids.forEach(id -> reader.tried(id(id), TryOutcome.FAILED));
            reader.tried(id(ids.get(0)), TryOutcome.FAILED_FOR_ALL);
        });
        until("a probe after those that did not start", () -> consumer.started.size() >= 4);
        assertThat(ids).containsAll(consumer.started);
    }

    /** Such as when there is no memory for another exchange. */
    @Test
    void anEntryWhoseHandOutFailedComesAgain() throws Exception {
        String fetched = add(1).get(0);
        readByAnEarlierProcess();
        String fresh = add(1).get(0);
        consumer.onStart = () -> {
            if (consumer.started.stream().filter(consumer.started.get(consumer.started.size() - 1)::equals).count() < 3) {
                throw new IllegalStateException("no exchange");
            }
            return true;
        };
        run(reader -> {
        });
        until("both", () -> consumer.times(fetched) == 3 && consumer.times(fresh) == 3);
    }

    @Test
    void aProbeWhoseHandOutFailedIsFollowedByAnother() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        consumer.onStart = () -> {
            if (consumer.started.size() < 5) {
                throw new IllegalStateException("no exchange");
            }
            return true;
        };
        run(reader -> reader.tried(id(id), TryOutcome.FAILED_FOR_ALL));
        until("the fifth", () -> consumer.times(id) == 5);
    }

    /** The route may be started again in the same process, and nothing else would put the entry on the list again. */
    @Test
    void anEntryThatAStopKeptFromBeingFetchedIsNotKnownAnyMore() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        consumer.onAskedForRoom = () -> {
            server.pause();
            consumer.onAskedForRoom = () -> {
            };
        };
        try {
            run(reader -> {
            });
            until("it is being fetched", () -> consumer.askedForRoom > 0 && backlog.knows(id(id)) && backlog.sendable().isEmpty());
            consumer.running = false;
            thread.interrupt();
            thread.join();
            assertThat(backlog.knows(id(id))).isFalse();
        } finally {
            server.resume();
        }
    }

    /** While nothing may be handed out there is nothing to do: a wait that ends at once, again and again, would burn a processor. */
    @Test
    void doesNotSpinDuringAPauseWhileThereIsNoRoom() throws Exception {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        consumer.room = false;
        run(reader -> reader.tried(id(id), TryOutcome.FAILED_FOR_ALL));
        until("the probe is due", () -> backlog.knows(id(id)) && Time.system().ticks() > pause.nextProbe());
        int before = consumer.askedForRoom;
        long began = Time.system().ticks();
        until("some time", () -> Time.system().ticks() > began + 500);
        assertThat(consumer.askedForRoom - before).isLessThan(50);
        assertThat(consumer.started).isEmpty();
    }

    private interface Before {
        void prepare(Reader reader);
    }

    private void run(Before before) {
        RedisStreamsConfiguration configuration = configuration();
        configuration.setConsumerName("camel");
        configuration.setPendingScanPeriod(50);
        configuration.setBlock(50);
        GrowingDelay delay = new GrowingDelay(20, 20, 0, new Random(1));
        RedisStream redisStream = new RedisStream(closing(new RedissonClients()).get(configuration, null), configuration, "reader");
        Lease lease = new Lease(redisStream, false, Duration.ofSeconds(5), Time.system());
        Reader reader = new Reader(redisStream, configuration, "here", backlog,
                new Orders(configuration, new DefaultCamelContext()), pause, lease, delay, delay, Time.system(), consumer, failure -> {
                });
        before.prepare(reader);
        thread = new Thread(reader);
        thread.start();
    }

    /** Takes entries and does nothing with them. */
    private static final class Consumer implements Reader.Dispatch {

        private final List<String> started = new CopyOnWriteArrayList<>();
        private volatile boolean running = true;
        private volatile boolean room = true;
        private volatile int askedForRoom;
        private volatile Runnable onAskedForRoom = () -> {
        };
        private volatile BooleanSupplier onStart = () -> true;

        @Override
        public void disown() {
            throw new UnsupportedOperationException("this one need not share");
        }

        @Override
        public void acknowledgementFailed() {
            throw new UnsupportedOperationException("this one acknowledges nothing");
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public boolean isSuspended() {
            return false;
        }

        @Override
        public boolean hasRoom() {
            askedForRoom++;
            onAskedForRoom.run();
            return room;
        }

        @Override
        public boolean reserve() {
            return hasRoom();
        }

        @Override
        public void release() {
            // nobody else could take it
        }

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public boolean start(Entry entry, List<Entry> gathered, int round, Order order, String note, boolean probe) {
            started.add(entry.id().toString());
            return onStart.getAsBoolean();
        }

        long times(String id) {
            return started.stream().filter(id::equals).count();
        }
    }
}
