package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
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
 * the route does not acknowledge stays pending and is handed out again, round by round.
 * <p>
 * One thread decides what goes next and speaks to Redis; the entries themselves are routed on other threads, so that a slow receiver never
 * keeps it from noticing a lost connection or a stop.
 */
public class RedisStreamsConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStreamsConsumer.class);

    // entries of one order could overtake each other if more were in progress
    private static final int MAX_IN_PROGRESS = 1;
    private static final long WORKERS_END_MILLIS = 500;

    private final RedisStreamsConfiguration configuration;
    private final GrowingDelay replayDelay;
    private final GrowingDelay reconnectDelay;
    private final Time time;
    private final Fields fields;
    private final Backlog backlog = new Backlog();
    private final TrimmedEntries trimmedEntries;
    private final Map<EntryId, Delivery> inProgress = new ConcurrentHashMap<>();
    private final Semaphore wakeUp = new Semaphore(0);
    private final Object handOut = new Object();

    private RedisStream stream;
    private ExecutorService reader;
    private ExecutorService workers;
    private NewEntries newEntries;
    private Adoption adoption;
    private PendingScanner pendingScanner;
    private volatile long nextCatchUp;
    private volatile boolean connected;
    private volatile String error = "not connected yet";

    RedisStreamsConsumer(RedisStreamsEndpoint endpoint, Processor processor, GrowingDelay replayDelay, GrowingDelay reconnectDelay,
                         Time time) {
        super(endpoint, processor);
        this.configuration = endpoint.getConfiguration();
        this.replayDelay = replayDelay;
        this.reconnectDelay = reconnectDelay;
        this.time = time;
        this.fields = new Fields(configuration);
        this.trimmedEntries = new TrimmedEntries(configuration.getStream());
        // an outage is told in one line by this class; the stack trace is for who looks for it
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
        stream = getEndpoint().redisStream();
        newEntries = new NewEntries(stream, configuration, backlog, time, wakeUp::release);
        adoption = new Adoption(stream, trimmedEntries);
        pendingScanner = new PendingScanner(stream, backlog, time, replayDelay.longestMillis());
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        workers = executors.newFixedThreadPool(this, "RedisStreamsWorker", MAX_IN_PROGRESS);
        reader = executors.newSingleThreadExecutor(this, "RedisStreamsReader");
        reader.execute(this::run);
    }

    @Override
    protected void doSuspend() throws Exception {
        // after this nothing is handed out any more: the hand-out looks at the status under the same lock
        synchronized (handOut) {
            wakeUp.release();
        }
    }

    @Override
    protected void doResume() throws Exception {
        wakeUp.release();
    }

    @Override
    protected void doStop() throws Exception {
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        if (reader != null) {
            executors.shutdownNow(reader);
        }
        if (workers != null) {
            // what a stop waits for, it has waited for by now: see getPendingExchangesSize
            executors.shutdownGraceful(workers, WORKERS_END_MILLIS);
        }
        connected = false;
        error = "stopped";
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
                if (!delivery.isStarted()) {
                    size++;
                } else if (delivery.isBackingOff()) {
                    size--;
                }
            }
            return size;
        }
    }

    /**
     * Whether an entry may be tried again now. Asked under the lock under which a shutdown counts what it waits for: either the shutdown has
     * begun and the answer is no, or it will find the entry no longer between two tries, and wait for it.
     */
    private boolean isRedeliveryAllowed() {
        synchronized (handOut) {
            return isRunAllowed() && !isSuspendingOrSuspended();
        }
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing to do: doSuspend and doStop suffice
    }

    /** What this consumer is doing right now. */
    public ConsumerStatus status() {
        long due = backlog.nextDue();
        long now = time.ticks();
        Instant nextDue = due == Long.MAX_VALUE ? null
                : Instant.ofEpochMilli(time.wallClock()).plusMillis(due == Backlog.AT_ONCE ? 0 : due - now);
        return new ConsumerStatus(isStarted(), connected, connected ? null : error, inProgress.size(), nextDue);
    }

    private void run() {
        int failures = 0;
        while (isRunAllowed()) {
            try {
                stream.createGroup();
                catchUp();
                connected();
                failures = 0;
                handOutEntries();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                if (isRunAllowed()) {
                    disconnected(e);
                    if (!waitAtMost(reconnectDelay.millis(++failures))) {
                        return;
                    }
                }
            }
        }
    }

    private void connected() {
        if (!connected) {
            LOG.info("Reading stream {} as consumer {} of group {}", configuration.getStream(), configuration.getConsumerName(),
                    configuration.getGroup());
        }
        connected = true;
    }

    private void disconnected(Exception e) {
        String reason = RedisStreamsException.describe(configuration, e);
        // one line when it begins or changes its reason, not one for each attempt
        if (connected || !reason.equals(error)) {
            LOG.warn("Cannot read stream {} at {}, will try again until it works: {}", configuration.getStream(),
                    getEndpoint().getServiceUrl(), reason);
            getExceptionHandler().handleException(new RedisStreamsException(configuration, e));
        }
        error = reason;
        connected = false;
    }

    /** Returns only when the consumer stops; throws when Redis fails. */
    private void handOutEntries() throws Exception {
        while (isRunAllowed()) {
            if (isSuspendingOrSuspended()) {
                // what was left unfinished is found in the pending list after the resume
                nextCatchUp = time.ticks();
                wakeUp.tryAcquire(1, TimeUnit.SECONDS);
                continue;
            }
            if (time.ticks() >= nextCatchUp) {
                catchUp();
            }
            newEntries.check();
            Backlog.Next next = null;
            if (inProgress.size() < MAX_IN_PROGRESS) {
                if (!backlog.hasFresh()) {
                    newEntries.read();
                }
                next = backlog.next(time.ticks());
            }
            if (next != null) {
                handOut(next);
            } else {
                long until = Math.min(nextCatchUp, newEntries.deadline());
                if (inProgress.size() < MAX_IN_PROGRESS) {
                    until = Math.min(until, backlog.nextDue());
                }
                wakeUp.tryAcquire(Math.max(1, until - time.ticks()), TimeUnit.MILLISECONDS);
                wakeUp.drainPermits();
            }
        }
    }

    private void catchUp() throws Exception {
        nextCatchUp = time.ticks() + configuration.getPendingScanPeriod();
        repeatAcknowledgements();
        if (configuration.isAdopt()) {
            adoption.adopt();
        }
        pendingScanner.scan();
    }

    private void repeatAcknowledgements() throws Exception {
        for (EntryId id : backlog.toAcknowledge()) {
            stream.acknowledge(id).toCompletableFuture().get(2 * configuration.getTimeout(), TimeUnit.MILLISECONDS);
            backlog.forget(id);
            LOG.atInfo().addKeyValue("correlation_id", id.toString()).log("The acknowledgement of entry {} was repeated and taken", id);
        }
    }

    private void handOut(Backlog.Next next) throws Exception {
        try {
            Entry entry = next.entry() != null ? next.entry() : fetch(next.id());
            if (entry != null) {
                start(entry, next.roundsDone() + 1);
            }
        } catch (Exception e) {
            // the next look at the pending list finds it again
            inProgress.remove(next.id());
            backlog.forget(next.id());
            throw e;
        }
    }

    private void start(Entry entry, int round) {
        synchronized (handOut) {
            if (isRunAllowed() && !isSuspendingOrSuspended()) {
                Delivery delivery = new Delivery(entry, round, stream, createExchange(entry, round), this::isRedeliveryAllowed);
                inProgress.put(entry.id(), delivery);
                workers.execute(() -> route(delivery));
            } else {
                backlog.forget(entry.id());
            }
        }
    }

    /** Null when there is nothing to hand out: the entry is not pending any more, or was trimmed away. */
    private Entry fetch(EntryId id) throws InterruptedException {
        RedisStream.Fetched fetched = stream.fetch(id);
        if (!fetched.pending()) {
            backlog.forget(id);
        } else if (fetched.entry() == null) {
            trimmedEntries.report(id);
        }
        return fetched.entry();
    }

    private Exchange createExchange(Entry entry, int round) {
        Exchange exchange = createExchange(false);
        exchange.setProperty(RedisStreamsConstants.ENTRY_ID, entry.id().toString());
        exchange.setProperty(RedisStreamsConstants.ROUND, round);
        Message message = exchange.getMessage();
        message.setMessageId(entry.id().toString());
        message.setBody(entry.fields());
        fields.toHeaders(entry.fields(), exchange);
        message.setHeader(RedisStreamsConstants.ENTRY_ID, entry.id().toString());
        message.setHeader(RedisStreamsConstants.STREAM, configuration.getStream());
        message.setHeader(RedisStreamsConstants.GROUP, configuration.getGroup());
        message.setHeader(RedisStreamsConstants.ROUND, round);
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, entry.id().millis());
        return exchange;
    }

    private void route(Delivery delivery) {
        Exchange exchange = delivery.exchange();
        exchange.setProperty(RedisStreamsConstants.DELIVERY, delivery);
        delivery.started();
        getAsyncProcessor().process(exchange, doneSync -> finish(delivery));
    }

    private void finish(Delivery delivery) {
        try {
            if (delivery.isAcknowledged()) {
                backlog.forget(delivery.id());
            } else if (delivery.isAcknowledging()) {
                backlog.keepToAcknowledge(delivery.id());
                nextCatchUp = time.ticks();
            } else if (!isRunAllowed() || isSuspendingOrSuspended()) {
                // the round was cut short: as if the process had died, the entry is due at once when reading begins again
                backlog.forget(delivery.id());
            } else {
                endRound(delivery);
            }
        } finally {
            inProgress.remove(delivery.id());
            releaseExchange(delivery.exchange(), false);
            wakeUp.release();
        }
    }

    private void endRound(Delivery delivery) {
        EntryId id = delivery.id();
        boolean replay = !"false".equalsIgnoreCase(String.valueOf(delivery.exchange().getProperty(RedisStreamsConstants.REPLAY)));
        long wait = replay ? replayDelay.millis(delivery.round()) : 0;
        try {
            stream.endRound(id, new Round(delivery.round(), time.wallClock() + wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("correlation_id", id.toString()).log("Redis did not take the record of round {} of entry {}: {}",
                    delivery.round(), id, RedisStreamsException.describe(configuration, e));
        }
        if (replay) {
            backlog.again(id, delivery.round(), time.ticks() + wait);
            LOG.atInfo().addKeyValue("correlation_id", id.toString()).log("Entry {} stays pending after round {}; next round in {} s", id,
                    delivery.round(), Math.round(wait / 1000.0));
        } else {
            LOG.atInfo().addKeyValue("correlation_id", id.toString())
                    .log("Entry {} stays pending after round {}; it is not tried again before the next start", id, delivery.round());
        }
    }

    private boolean waitAtMost(long millis) {
        try {
            wakeUp.tryAcquire(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
