package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
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
    private EntryId notFetched;
    private int failures;
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
        backlog.forgetFresh();
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
                if (!delivery.isInFlight()) {
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
        while (isRunAllowed()) {
            try {
                begin();
                handOutEntries();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                // an Error as well: nobody else would notice that nothing is read any more
                if (isRunAllowed()) {
                    disconnected(e);
                    if (!waitAtMost(reconnectDelay.millis(++failures))) {
                        return;
                    }
                }
            }
        }
    }

    /** The group is created only where it is missing: a Redis at its memory limit refuses the attempt, and delivers what is there. */
    private void begin() throws InterruptedException {
        try {
            catchUp();
        } catch (RedisStreamsException e) {
            if (!e.isAnswer("NOGROUP")) {
                throw e;
            }
            stream.createGroup();
            catchUp();
        }
    }

    private void connected() {
        failures = 0;
        if (!connected) {
            LOG.info("Reading stream {} as consumer {} of group {}", configuration.getStream(), configuration.getConsumerName(),
                    configuration.getGroup());
        }
        connected = true;
    }

    private void disconnected(Throwable e) {
        String reason = RedisStreamsException.describe(configuration, e);
        // one line when it begins or changes its reason, not one for each attempt
        if (connected || !reason.equals(error)) {
            LOG.warn("Cannot read stream {} at {}, will try again until it works: {}", configuration.getStream(),
                    getEndpoint().getServiceUrl(), reason);
        }
        error = reason;
        connected = false;
        if (failures == 0) {
            handleException(new RedisStreamsException(configuration, e));
        }
    }

    /** With the option bridgeErrorHandler this runs the error handler of the route, and so what somebody else wrote. */
    private void handleException(RedisStreamsException e) {
        try {
            getExceptionHandler().handleException(e);
        } catch (Throwable mistake) {
            LOG.error("The exception handler of stream {} failed", configuration.getStream(), mistake);
        }
    }

    /** Returns only when the consumer stops; throws when Redis fails. */
    private void handOutEntries() throws Exception {
        while (isRunAllowed()) {
            if (isSuspendingOrSuspended()) {
                // what was left unfinished is found in the pending list after the resume
                backlog.forgetFresh();
                nextCatchUp = time.ticks();
                wakeUp.tryAcquire(1, TimeUnit.SECONDS);
                continue;
            }
            if (time.ticks() >= nextCatchUp) {
                catchUp();
            }
            newEntries.check();
            if (newEntries.isProven()) {
                connected();
            }
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

    private void catchUp() throws InterruptedException {
        nextCatchUp = time.ticks() + configuration.getPendingScanPeriod();
        repeatAcknowledgements();
        if (configuration.isAdopt()) {
            adoption.adopt();
        }
        pendingScanner.scan();
    }

    private void repeatAcknowledgements() throws InterruptedException {
        for (EntryId id : backlog.toAcknowledge()) {
            stream.acknowledgeNow(id);
            backlog.forget(id);
            LOG.atInfo().addKeyValue("correlation_id", id.toString()).log("The acknowledgement of entry {} was repeated and taken", id);
        }
    }

    private void handOut(Backlog.Next next) throws InterruptedException {
        Entry entry = next.entry() != null ? next.entry() : fetch(next);
        if (entry != null) {
            start(entry, next.roundsDone() + 1);
        }
    }

    private void start(Entry entry, int round) {
        synchronized (handOut) {
            if (isRunAllowed() && !isSuspendingOrSuspended()) {
                Delivery delivery = new Delivery(entry, round, stream, createExchange(entry, round), this::isRedeliveryAllowed);
                inProgress.put(entry.id(), delivery);
                try {
                    workers.execute(() -> route(delivery));
                } catch (RejectedExecutionException e) {
                    finish(delivery);
                }
            } else {
                backlog.forget(entry.id());
            }
        }
    }

    /** Null when there is nothing to hand out: the entry is not pending any more, or was trimmed away. */
    private Entry fetch(Backlog.Next next) throws InterruptedException {
        EntryId id = next.id();
        RedisStream.Fetched fetched;
        try {
            fetched = stream.fetch(id);
        } catch (RuntimeException | Error e) {
            notFetched(next);
            throw e;
        }
        notFetched = null;
        if (!fetched.pending()) {
            backlog.forget(id);
        } else if (fetched.entry() == null) {
            trimmedEntries.report(id);
        }
        return fetched.entry();
    }

    /** The next look at the pending list finds it again; where the same one fails once more, those behind it get their turn first. */
    private void notFetched(Backlog.Next next) {
        if (next.id().equals(notFetched)) {
            long wait = replayDelay.millis(1);
            backlog.again(next.id(), next.roundsDone(), time.ticks() + wait);
            LOG.atWarn().addKeyValue("correlation_id", next.id().toString()).log("Entry {} cannot be fetched; next attempt in {} s",
                    next.id(), Math.round(wait / 1000.0));
            notFetched = null;
        } else {
            backlog.forget(next.id());
            notFetched = next.id();
        }
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
        try {
            getAsyncProcessor().process(exchange, doneSync -> finish(delivery));
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
