package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the entries of a stream to its route: what this consumer's name still has pending first, oldest first, then new ones. An entry that
 * the route does not acknowledge stays pending and is handed out again, round by round, unless the route puts it aside.
 * <p>
 * One thread, the {@link Reader}, decides what goes next; the entries themselves are routed on other threads.
 */
public class RedisStreamsConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStreamsConsumer.class);

    private static final long WORKERS_END_MILLIS = 500;

    private final RedisStreamsConfiguration configuration;
    private final GrowingDelay replayDelay;
    private final GrowingDelay reconnectDelay;
    private final Pause pause;
    private final Time time;
    private final Exchanges exchanges;
    private final Map<EntryId, Delivery> inProgress = new ConcurrentHashMap<>();
    private final AtomicLong acknowledgementFailures = new AtomicLong();
    private final Object handOut = new Object();
    private final Dispatch dispatch = new Dispatch();

    private RedisStream stream;
    private Lease lease;
    private volatile Reader reader;
    private volatile Backlog backlog;
    private RoundEnd roundEnd;
    private ExecutorService readerThread;
    private ExecutorService workers;
    // the reader has room for one more, and is about to begin it; under the lock of the hand-out
    private boolean reserved;

    RedisStreamsConsumer(RedisStreamsEndpoint endpoint, Processor processor, GrowingDelay replayDelay, GrowingDelay reconnectDelay, Pause pause,
                         Time time) {
        super(endpoint, processor);
        this.configuration = endpoint.getConfiguration();
        this.replayDelay = replayDelay;
        this.reconnectDelay = reconnectDelay;
        this.pause = pause;
        this.time = time;
        this.exchanges = new Exchanges(configuration, () -> createExchange(false));
        // an outage is told in one line by the reader; the stack trace is for who looks for it
        setExceptionHandler(new LoggingExceptionHandler(endpoint.getCamelContext(), getClass(), LoggingLevel.DEBUG));
    }

    @Override
    public RedisStreamsEndpoint getEndpoint() {
        return (RedisStreamsEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        RedisStreamsHealthCheck healthCheck = new RedisStreamsHealthCheck(this, getRouteId());
        healthCheck.setEnabled(((HealthCheckComponent) getEndpoint().getComponent()).isHealthCheckConsumerEnabled());
        setHealthCheck(healthCheck);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stream = getEndpoint().redisStream(UUID.randomUUID().toString());
        lease = new Lease(stream, configuration.isExclusive(), Duration.ofMillis(configuration.getLeaseDuration()), time);
        // what an earlier start knew is looked up again
        Backlog earlier = backlog;
        backlog = new Backlog();
        if (earlier != null) {
            backlog.inherit(earlier);
        }
        pause.reset();
        roundEnd = new RoundEnd(stream, configuration, backlog, replayDelay, time);
        reader = new Reader(stream, configuration, getEndpoint().getServiceUrl(), backlog,
                new Orders(configuration, getEndpoint().getCamelContext()), pause, lease, replayDelay, reconnectDelay, time,
                dispatch, failure -> getExceptionHandler().handleException(failure));
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        workers = executors.newFixedThreadPool(this, "RedisStreamsWorker", configuration.getConcurrentConsumers());
        readerThread = executors.newSingleThreadExecutor(this, "RedisStreamsReader");
        readerThread.execute(reader);
    }

    @Override
    protected void doSuspend() throws Exception {
        // after this nothing is handed out any more: the hand-out looks at the status under the same lock
        synchronized (handOut) {
            reader.wakeUp();
        }
    }

    @Override
    protected void doResume() throws Exception {
        reader.wakeUp();
    }

    @Override
    protected void doStop() throws Exception {
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        if (readerThread != null) {
            executors.shutdownNow(readerThread);
        }
        if (workers != null) {
            // what a stop waits for, it has waited for by now: see getPendingExchangesSize
            executors.shutdownGraceful(workers, WORKERS_END_MILLIS);
        }
        if (reader != null) {
            // between two redeliveries nothing is sent any more
            reader.leave(inFlight() == 0);
        }
        // what is in progress after a start is found in the pending list, and is another delivery
        inProgress.values().forEach(Delivery::abandon);
        inProgress.clear();
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /**
     * Camel adds this to the exchanges in flight that a shutdown waits for. An entry between two redeliveries need not be waited for, as it
     * stays pending in any case, so it is taken off; one that is about to be routed is added.
     */
    @Override
    public int getPendingExchangesSize() {
        synchronized (handOut) {
            int size = 0;
            for (Delivery delivery : inProgress.values()) {
                if (!delivery.isInFlight()) {
                    size++;
                } else if (delivery.isBackingOff()) {
                    size--;
                }
            }
            return size;
        }
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing to do: doSuspend and doStop suffice
    }

    /** What this consumer is doing right now. */
    public ConsumerStatus status() {
        Reader current = reader;
        boolean connected = current != null && current.isConnected();
        String error = current == null ? "not started" : current.error();
        boolean active = current != null && current.isLeading();
        return new ConsumerStatus(isStarted(), connected, connected ? null : error, active, current == null ? null : current.leadingFor(),
                inProgress.size(), current == null ? 0 : backlog.held(), current == null ? 0 : backlog.gathered(),
                current == null ? null : backlog.oldestGathered().map(id -> Duration.ofMillis(time.wallClock() - id.millis())).orElse(null),
                current == null ? null : current.pausedSince(), current == null ? null : overdue(), current == null ? null : backlog.oldestOpen().map(EntryId::time).orElse(null), acknowledgementFailures.get());
    }

    private Duration overdue() {
        long due = backlog.nextDue();
        return due == Long.MAX_VALUE ? null : Duration.ofMillis(due == Backlog.AT_ONCE ? 0 : time.ticks() - due);
    }

    /** Entries that are being routed, or whose acknowledgement is not answered. */
    private long inFlight() {
        return inProgress.values().stream().filter(delivery -> !delivery.isBackingOff()).count();
    }

    private boolean hasRoom() {
        int all = inProgress.size() + (reserved ? 1 : 0);
        return all < configuration.getMaxInProgress()
                && (all < configuration.getConcurrentConsumers() || inFlight() + (reserved ? 1 : 0) < configuration.getConcurrentConsumers());
    }

    private boolean isWorking() {
        return isRunAllowed() && !isSuspendingOrSuspended() && lease.isHeld();
    }

    /** Routes an entry, and then what is at hand, for as long as something is: no other thread need be woken for that. */
    private void work(Delivery first) {
        try {
            Delivery delivery = first;
            while (delivery != null) {
                route(delivery);
                delivery = delivery.isAbandoned() ? null : beginNextAtHand();
            }
        } finally {
            // between two redeliveries an entry keeps nobody waiting
            reader.wakeUp();
        }
    }

    private Delivery beginNextAtHand() {
        synchronized (handOut) {
            Backlog.Next next = isWorking() && hasRoom() ? reader.nextAtHand() : null;
            if (next == null) {
                return null;
            }
            try {
                Delivery delivery = begin(next.entry(), List.of(), 1, backlog.order(next.id()), "", false);
                if (backlog.fresh() > 0 && hasRoom()) {
                    // for another thread
                    reader.wakeUp();
                }
                return delivery;
            } catch (RuntimeException | Error e) {
                // the next look at the pending list finds it again
                backlog.leave(next.id());
                reader.catchUpSoon();
                throw e;
            }
        }
    }

    private Delivery begin(Entry entry, List<Entry> gathered, int round, Order order, String note, boolean probe) {
        Exchange exchange = exchanges.of(entry, gathered, round, order, note, probe, pause.isSuspect(entry.id()));
        Delivery delivery = new Delivery(entry, round, order, gathered.stream().map(Entry::id).toList(), stream, exchange, dispatch);
        inProgress.put(entry.id(), delivery);
        return delivery;
    }

    private void route(Delivery delivery) {
        Exchange exchange = delivery.exchange();
        exchange.setProperty(RedisStreamsConstants.DELIVERY, delivery);
        try {
            getAsyncProcessor().process(exchange, doneSync -> {
                finish(delivery);
                if (!doneSync) {
                    reader.wakeUp();
                }
            });
        } catch (Throwable e) {
            // Camel turns exceptions into a failed exchange, and lets an Error pass: the place in progress would never be free again
            LOG.atError().addKeyValue("correlation_id", delivery.id().toString()).setCause(e)
                    .log("The route broke off with entry {}, which stays pending", delivery.id());
            finish(delivery);
        }
    }

    private void finish(Delivery delivery) {
        if (!delivery.finish()) {
            return;
        }
        EntryId id = delivery.id();
        if (delivery.isAbandoned()) {
            releaseExchange(delivery.exchange(), false);
            return;
        }
        try {
            delivery.outcome().ifPresent(outcome -> tell(delivery, outcome));
            roundEnd.finish(delivery, !isWorking() || delivery.isDisowned());
            if (delivery.isAcknowledging() && !delivery.isAcknowledged()) {
                reader.catchUpSoon();
            }
            if (delivery.isAcknowledging() || delivery.isParked()) {
                pause.forget(id);
            }
        } finally {
            inProgress.remove(id, delivery);
            endProbe(delivery);
            releaseExchange(delivery.exchange(), false);
        }
    }

    /** What a try tells of the receiver, unless another consumer has been at work since. */
    private void tell(Delivery delivery, TryOutcome outcome) {
        if (outcome != TryOutcome.NOT_ASKED && !delivery.isDisowned()) {
            reader.tried(delivery.id(), outcome);
        }
    }

    private void endProbe(Delivery delivery) {
        if (delivery.isOverUntried()) {
            pause.skipProbe(delivery.id());
        } else {
            pause.endProbe(delivery.id(), time.ticks(), delivery.askedDelay().orElse(0L));
        }
    }

    /** What the reader asks for. */
    private final class Dispatch implements Reader.Dispatch, Delivery.Owner {

        @Override
        public boolean isRunning() {
            return isRunAllowed();
        }

        @Override
        public boolean isSuspended() {
            return isSuspendingOrSuspended();
        }

        @Override
        public boolean hasRoom() {
            synchronized (handOut) {
                return RedisStreamsConsumer.this.hasRoom();
            }
        }

        @Override
        public boolean reserve() {
            synchronized (handOut) {
                reserved = RedisStreamsConsumer.this.hasRoom();
                return reserved;
            }
        }

        @Override
        public void release() {
            synchronized (handOut) {
                reserved = false;
            }
        }

        @Override
        public boolean isIdle() {
            return inFlight() == 0;
        }

        @Override
        public void disown() {
            synchronized (handOut) {
                inProgress.values().forEach(Delivery::disown);
            }
        }

        @Override
        public boolean start(Entry entry, List<Entry> gathered, int round, Order order, String note, boolean probe) {
            synchronized (handOut) {
                if (!isWorking()) {
                    return false;
                }
                Delivery delivery = begin(entry, gathered, round, order, note, probe);
                reserved = false;
                try {
                    workers.execute(() -> work(delivery));
                } catch (RuntimeException | Error e) {
                    inProgress.remove(entry.id(), delivery);
                    releaseExchange(delivery.exchange(), false);
                    throw e;
                }
                return true;
            }
        }

        /**
         * Asked under the lock under which a shutdown counts what it waits for: either the shutdown has begun and the answer is no, or it will
         * find the entry no longer between two tries, and wait for it.
         */
        @Override
        public boolean isRedeliveryAllowed() {
            synchronized (handOut) {
                return isWorking() && !pause.isPaused();
            }
        }

        @Override
        public void acknowledgementFailed() {
            acknowledgementFailures.incrementAndGet();
        }

        @Override
        public void tried(Delivery delivery, TryOutcome outcome, List<Count> counts) {
            tell(delivery, outcome);
            roundEnd.keepNote(delivery, counts);
            // it may wait for a redelivery now, and keep nobody waiting
            reader.wakeUp();
        }
    }
}
