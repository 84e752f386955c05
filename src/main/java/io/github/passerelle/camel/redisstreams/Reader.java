package io.github.passerelle.camel.redisstreams;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides what goes next and speaks to Redis about it. It never waits for a receiver, and so notices a lost connection or
 * a stop at once.
 */
final class Reader implements Runnable {

    /** What the reader asks of the consumer whose entries it chooses. */
    interface Dispatch {

        /** False once the consumer is stopping for good. */
        boolean isRunning();

        boolean isSuspended();

        /** Whether another entry may be in progress, and a thread is free for it. */
        boolean hasRoom();

        /** The same; where it is so, nobody else takes this room until it is used by {@link #start} or released. */
        boolean reserve();

        void release();

        /** Whether nothing is being routed at this moment. */
        boolean isIdle();

        /** What is in progress may be another consumer's from now on. */
        void disown();

        /** Redis did not take an acknowledgement; it is repeated. */
        void acknowledgementFailed();

        /**
         * @param  gathered what was left to this entry
         * @return          false when nothing is handed out any more
         */
        boolean start(Entry entry, List<Entry> gathered, int round, Order order, String note, boolean probe);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    private static final long STAND_BY_MILLIS = 500;
    private static final long MAX_BYTES_AHEAD = 1024 * 1024;

    private final RedisStream stream;
    private final RedisStreamsConfiguration configuration;
    private final Backlog backlog;
    private final Orders orders;
    private final Pause pause;
    private final Lease lease;
    private final Leadership leadership;
    private final GrowingDelay replayDelay;
    private final GrowingDelay reconnectDelay;
    private final Time time;
    private final Dispatch dispatch;
    private final Consumer<Exception> onOutage;
    private final String address;
    private final Semaphore wakeUp = new Semaphore(0);
    private final AtomicBoolean runsOut = new AtomicBoolean();
    private final NewEntries newEntries;
    private final Adoption adoption;
    private final PendingScanner pendingScanner;
    private final TrimmedEntries trimmedEntries;
    private final HeadRoomWatch headRoomWatch;

    private EntryId newest;
    // up to here, what the group has read is in the backlog or in nobody's hands any more
    private volatile EntryId seen = EntryId.MIN;
    private EntryId notHandedOut;
    private int failures;
    private boolean askedForNew;
    private volatile long nextCatchUp;
    private volatile Instant pausedSince;
    private volatile boolean connected;
    private volatile String error = "not connected yet";

    Reader(RedisStream stream, RedisStreamsConfiguration configuration, String address, Backlog backlog, Orders orders, Pause pause, Lease lease,
           GrowingDelay replayDelay, GrowingDelay reconnectDelay, Time time, Dispatch dispatch, Consumer<Exception> onOutage) {
        this.stream = stream;
        this.configuration = configuration;
        this.address = address;
        this.backlog = backlog;
        this.orders = orders;
        this.pause = pause;
        this.lease = lease;
        this.leadership = new Leadership(lease, configuration, time);
        this.replayDelay = replayDelay;
        this.reconnectDelay = reconnectDelay;
        this.time = time;
        this.dispatch = dispatch;
        this.onOutage = onOutage;
        this.newEntries = new NewEntries(stream, configuration, lease::millisLeft, time, () -> seen, wakeUp::release);
        this.adoption = new Adoption(stream, this::staysAtWork);
        this.pendingScanner = new PendingScanner(stream, backlog, orders, time, replayDelay.longestMillis(), this::staysAtWork);
        this.trimmedEntries = new TrimmedEntries(configuration.getStream());
        this.headRoomWatch = new HeadRoomWatch(configuration.getStream());
    }

    boolean isConnected() {
        return connected;
    }

    /** Why it is not connected. */
    String error() {
        return error;
    }

    /** Whether it is the one that reads the stream. */
    boolean isLeading() {
        return leadership.isLeading();
    }

    /** For how long it has been; null when it is not. */
    Duration leadingFor() {
        return leadership.leadingFor();
    }

    /** Null when it is not pausing. */
    Instant pausedSince() {
        return pausedSince;
    }

    /** Something has changed: look again what goes next. */
    void wakeUp() {
        wakeUp.release();
    }

    /** Redis did not take an acknowledgement, or an entry is in nobody's hands: that is seen to before anything else. */
    void catchUpSoon() {
        nextCatchUp = time.ticks();
        wakeUp.release();
    }

    /** A try tells of the receiver. */
    synchronized void tried(EntryId id, TryOutcome outcome) {
        Set<EntryId> again = pause.tried(id, outcome, time.ticks());
        if (!pause.isPaused() && pausedSince == null && again.isEmpty()) {
            // nothing has changed
            return;
        }
        if (pause.isPaused() && pausedSince == null) {
            pausedSince = Instant.ofEpochMilli(time.wallClock());
            LOG.warn("Reading of stream {} is paused, as the receiver seems to be at fault; it is probed with one entry at a time", stream.name());
        } else if (!pause.isPaused() && pausedSince != null) {
            pausedSince = null;
            LOG.info("Reading of stream {} goes on", stream.name());
        }
        // before all that came after them
        backlog.hasten(again, Backlog.AT_ONCE);
        wakeUp.release();
    }

    /**
     * The last the reader does; its thread has been told to end by then.
     *
     * @param idle whether nothing is in progress any more; else the sign of life is left to end by itself
     */
    void leave(boolean idle) {
        if (idle) {
            leadership.leave();
        }
        connected = false;
        error = "stopped";
    }

    @Override
    public void run() {
        while (dispatch.isRunning()) {
            try {
                if (lead()) {
                    begin();
                    handOutEntries();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                // an Error as well: nobody else would notice that nothing is read any more
                if (dispatch.isRunning()) {
                    disconnected(e);
                    if (!waitAtMost(reconnectDelay.millis(++failures))) {
                        return;
                    }
                }
            }
        }
    }

    /** Whether this consumer is the one at work; where it is not, it waits a moment before it says so. */
    private boolean lead() throws InterruptedException {
        if (leadership.isLost()) {
            resign();
        }
        boolean mayLead = !configuration.isExclusive() || !dispatch.isSuspended();
        if (mayLead && leadership.lead(pausedSince)) {
            return true;
        }
        if (mayLead) {
            standBy();
        }
        wakeUp.tryAcquire(STAND_BY_MILLIS, TimeUnit.MILLISECONDS);
        return false;
    }

    /** Another one may have been at work since: nothing that is known can be relied on. */
    private void resign() {
        leadership.resign();
        pause.reset();
        pausedSince = null;
        dispatch.disown();
        backlog.leaveAll();
    }

    private void standBy() throws InterruptedException {
        if (!backlog.toAcknowledge().isEmpty()) {
            repeatAcknowledgements(stream.await(stream.status()).lastRead());
        }
        failures = 0;
        connected = true;
        leadership.standBy();
    }

    /** In the midst of what may take long. */
    private void staysAtWork() throws InterruptedException {
        if (leadership.isTickDue()) {
            leadership.renew(pausedSince);
        }
    }

    /** The group is created only where it is missing: a Redis at its memory limit refuses the attempt, and delivers what is there. */
    private void begin() throws InterruptedException {
        if (newest != null && stream.noteRollBack(newest)) {
            LOG.warn("Redis came back with older data: entry {} of stream {} was read before and is not there any more", newest, stream.name());
            newest = null;
        }
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
            LOG.info("Reading stream {} as consumer {} of group {}", stream.name(), configuration.getConsumerName(), configuration.getGroup());
        }
        connected = true;
    }

    private void disconnected(Throwable e) {
        String reason = RedisStreamsException.describe(configuration, e);
        // one line when it begins or changes its reason, not one for each attempt
        if (connected || !reason.equals(error)) {
            LOG.warn("Cannot read stream {} at {}, will try again until it works: {}", stream.name(), address, reason);
        }
        error = reason;
        connected = false;
        leadership.disconnected();
        newEntries.giveUp();
        // a person may have decided about what was read and not handed out before the connection is there again
        backlog.leaveFresh();
        if (failures == 0) {
            tellOutage(new RedisStreamsException(configuration, e));
        }
    }

    /** With the option bridgeErrorHandler this runs the error handler of the route, and so what somebody else wrote. */
    private void tellOutage(RedisStreamsException e) {
        try {
            onOutage.accept(e);
        } catch (Throwable mistake) {
            LOG.error("The exception handler of stream {} failed", stream.name(), mistake);
        }
    }

    /** Returns when the consumer stops, or must not be at work any more; throws when Redis fails. */
    private void handOutEntries() throws Exception {
        lookAtDecided();
        while (dispatch.isRunning() && lease.isHeld()) {
            if (dispatch.isSuspended()) {
                // what was left unfinished is found in the pending list after the resume
                backlog.leaveFresh();
                nextCatchUp = time.ticks();
                if (leadership.isTickDue() && !dispatch.isIdle() && !tick()) {
                    // an entry still in progress must not be discarded meanwhile
                    return;
                }
                wakeUp.tryAcquire(1, TimeUnit.SECONDS);
                continue;
            }
            if (time.ticks() >= nextCatchUp) {
                catchUp();
            }
            if (leadership.isTickDue() && !tick()) {
                return;
            }
            if (newEntries.isReading()) {
                addNew(newEntries.check());
            }
            // during a pause nothing is read that could prove it
            if (newEntries.isProven() || pause.isPaused()) {
                connected();
            }
            Backlog.Next next = pause.isPaused() ? nextProbe() : nextEntry();
            if (next != null) {
                try {
                    handOut(next);
                } finally {
                    dispatch.release();
                }
            } else {
                long now = time.ticks();
                wakeUp.tryAcquire(Math.max(1, Math.max(now, nextEvent()) - now), TimeUnit.MILLISECONDS);
                wakeUp.drainPermits();
            }
        }
    }

    private void addNew(List<Entry> read) throws InterruptedException {
        if (newEntries.isReading()) {
            return;
        }
        if (newEntries.hasMissed()) {
            // looked up before anything that came after it, even a close, is handed out
            catchUp();
        }
        for (Entry entry : read) {
            newest = entry.id();
            if (entry.id().compareTo(seen) > 0) {
                Orders.Found found = orders.of(entry);
                backlog.addFresh(found.entry(), found.order());
                seen = entry.id();
            } else {
                // the answer was late: the pending list was looked through since, and somebody may have dealt with it
                nextCatchUp = time.ticks();
            }
            if (backlog.isToAcknowledge(entry.id())) {
                nextCatchUp = time.ticks();
            }
        }
    }

    private Backlog.Next nextEntry() {
        boolean room = dispatch.reserve();
        Backlog.Next next = room ? backlog.next(time.ticks()) : null;
        if (next == null) {
            dispatch.release();
        }
        if (!newEntries.isReading() && (runsOut.getAndSet(false) || room) && !isEnoughAtHand()) {
            readAhead();
        }
        return next;
    }

    /**
     * For a thread that is free: what goes next, where that was read and needs nothing but to be routed; null where the reader must see to it.
     * Unlike all else it is asked by other threads.
     */
    Backlog.Next nextAtHand() {
        long now = time.ticks();
        Backlog.Next next = connected && now < nextCatchUp && !pause.isPaused() ? backlog.nextFresh(now) : null;
        if (next != null && backlog.fresh() < configuration.getConcurrentConsumers() && runsOut.compareAndSet(false, true)) {
            wakeUp.release();
        }
        return next;
    }

    /** Where many go at the same time, each that ends its round should find the next one; but not if they are large. */
    private boolean isEnoughAtHand() {
        int fresh = backlog.fresh();
        return fresh > 0 && (fresh >= configuration.getConcurrentConsumers() || backlog.freshBytes() >= MAX_BYTES_AHEAD);
    }

    /** What waits for others of its key is kept in memory, a little of it; more is read only when nothing else is left to do. */
    private void readAhead() {
        boolean enough = isEnoughAside();
        if (enough && dispatch.isIdle() && !newEntries.isReading()) {
            backlog.dropContentsAside();
        }
        if (!enough || dispatch.isIdle()) {
            newEntries.readAhead(MAX_BYTES_AHEAD);
        }
    }

    /** Where many go at the same time, as many may wait behind them, or those after them would wait as well; but not if they are large. */
    private boolean isEnoughAside() {
        int aside = backlog.contentsAside();
        return aside >= configuration.getCount() && (aside >= configuration.getConcurrentConsumers() || backlog.bytesAside() >= MAX_BYTES_AHEAD);
    }

    /** During a pause a new entry is read only when all that is known has had its turn. */
    private Backlog.Next nextProbe() {
        if (time.ticks() < pause.nextProbe() || newEntries.isReading() || !dispatch.hasRoom()) {
            return null;
        }
        Set<EntryId> sendable = backlog.sendable();
        Optional<EntryId> chosen = pause.beginProbe(sendable, id -> backlog.order(id).key());
        if (chosen.isEmpty() && askedForNew && !sendable.isEmpty()) {
            pause.newTurn();
            chosen = pause.beginProbe(sendable, id -> backlog.order(id).key());
        }
        if (chosen.isEmpty()) {
            askedForNew = true;
            newEntries.read(1);
            return null;
        }
        askedForNew = false;
        Backlog.Next next = backlog.take(chosen.get());
        if (next == null) {
            pause.skipProbe(chosen.get());
        }
        return next;
    }

    private long nextEvent() {
        long next = Math.min(Math.min(leadership.nextTick(), nextCatchUp), newEntries.deadline());
        if (pause.isPaused()) {
            return newEntries.isReading() || !dispatch.hasRoom() ? next : Math.min(next, pause.nextProbe());
        }
        return dispatch.hasRoom() ? Math.min(next, backlog.nextDue()) : next;
    }

    private void catchUp() throws InterruptedException {
        nextCatchUp = time.ticks() + configuration.getPendingScanPeriod();
        StreamStatus status = stream.await(stream.status());
        repeatAcknowledgements(status.lastRead());
        List<EntryId> trimmed = configuration.isAdopt() ? adoption.adopt() : List.of();
        if (!configuration.isRouteTrimmed()) {
            trimmed.forEach(trimmedEntries::report);
            trimmed = List.of();
        }
        EntryId newestPending = pendingScanner.scan(trimmed);
        // Redis gives out entries in their order: what it has given out before one of these was found as well
        seen = Stream.of(status.lastRead(), newestPending).max(Comparator.naturalOrder()).orElseThrow();
        lookAfterGathered();
        trimmedEntries.reportUnread(stream.countTrimmed());
        headRoomWatch.look(status);
    }

    /** The oldest are trimmed first: what the stream holds no more is told before its barrier comes, which may take long. */
    private void lookAfterGathered() throws InterruptedException {
        Optional<EntryId> oldest = backlog.oldestGathered();
        while (oldest.isPresent() && stream.entries(new TreeSet<>(Set.of(oldest.get())), this::staysAtWork).isEmpty()) {
            backlog.lookAgain(oldest.get());
            oldest = backlog.oldestGathered();
        }
    }

    private void repeatAcknowledgements(EntryId lastRead) throws InterruptedException {
        for (Acker.Acknowledgement acknowledgement : backlog.toAcknowledge()) {
            EntryId id = acknowledgement.id();
            long counted = acknowledgeNow(acknowledgement);
            if (counted == 0 && id.compareTo(lastRead) > 0) {
                // Redis came back with older data, and will hand it out again: it is acknowledged then
                continue;
            }
            backlog.forget(id, acknowledgement.gathered().stream().map(Acker.Acknowledgement::id).toList());
            if (counted > 0) {
                LOG.atInfo().addKeyValue("correlation_id", id.toString()).log("The acknowledgement of entry {} was repeated and taken", id);
            }
        }
    }

    private long acknowledgeNow(Acker.Acknowledgement acknowledgement) throws InterruptedException {
        try {
            return stream.await(stream.acknowledge(acknowledgement));
        } catch (RedisStreamsException e) {
            dispatch.acknowledgementFailed();
            throw e;
        }
    }

    /** @return false when another consumer is at work */
    private boolean tick() throws InterruptedException {
        if (!leadership.renew(pausedSince)) {
            return false;
        }
        lookAtDecided();
        for (EntryId id : backlog.newlyHeld()) {
            hold(id);
            LOG.atInfo().addKeyValue("correlation_id", id.toString()).log("Entry {} is held until earlier ones of its key are gone", id);
        }
        return true;
    }

    private void hold(EntryId id) throws InterruptedException {
        try {
            stream.hold(id, backlog.order(id));
        } catch (RedisStreamsException e) {
            // the next look at the pending list finds that Redis does not know of it
            LOG.debug("Redis did not take that entry {} is held", id, e);
        }
    }

    private void lookAtDecided() throws InterruptedException {
        List<EntryId> decided = leadership.takeDecided();
        if (!decided.isEmpty()) {
            pendingScanner.decided(decided);
        }
    }

    private void handOut(Backlog.Next next) throws InterruptedException {
        EntryId id = next.id();
        try {
            handOut(next, next.entry() != null ? RedisStream.Fetched.fresh(next.entry()) : stream.take(id));
            notHandedOut = null;
        } catch (InterruptedException e) {
            // the consumer is stopping; if it starts again, its first look at the pending list finds the entry
            backlog.leave(id);
            throw e;
        } catch (RuntimeException | Error e) {
            pause.endProbe(id, time.ticks(), 0);
            notHandedOut(next);
            throw e;
        }
    }

    private void handOut(Backlog.Next next, RedisStream.Fetched fetched) throws InterruptedException {
        EntryId id = next.id();
        if (fetched.notOurs()) {
            lease.lose();
            backlog.leave(id);
            return;
        }
        if (fetched.parked()) {
            backlog.park(id);
            pause.forget(id);
        } else if (!fetched.pending()) {
            backlog.forget(id);
            pause.forget(id);
        } else if (fetched.entry() == null && !configuration.isRouteTrimmed()) {
            trimmedEntries.report(id);
            backlog.park(id);
        } else {
            Entry entry = fetched.entry() == null ? Entry.trimmed(id) : fetched.entry();
            Order order = fetched.order().isReleased() ? fetched.order() : backlog.order(id);
            NavigableSet<EntryId> gathered = backlog.gatheredFor(id);
            Optional<List<EntryId>> gone = stream.mark(gathered, Round.NOW);
            if (gone.isEmpty()) {
                lease.lose();
                backlog.leave(id);
                return;
            }
            // somebody has dealt with them
            gone.get().forEach(backlog::forget);
            gathered.removeAll(gone.get());
            List<Entry> contents = stream.entries(gathered, this::staysAtWork);
            if (contents.size() < gathered.size()) {
                contents.forEach(content -> gathered.remove(content.id()));
                // each goes the way of what was trimmed before its barrier is done with
                backlog.waitForGathered(next, gathered);
            } else if (dispatch.start(entry, contents, next.roundsDone() + 1, order, fetched.note(), pause.isPaused())) {
                return;
            } else {
                backlog.leave(id);
            }
        }
        pause.skipProbe(id);
    }

    /** The next look at the pending list finds it again; where the same one fails once more, those behind it get their turn first. */
    private void notHandedOut(Backlog.Next next) {
        if (next.id().equals(notHandedOut)) {
            long wait = replayDelay.millis(1);
            backlog.again(next.id(), next.roundsDone(), time.ticks() + wait);
            LOG.atWarn().addKeyValue("correlation_id", next.id().toString()).log("Entry {} cannot be fetched; next attempt in {} s",
                    next.id(), Math.round(wait / 1000.0));
            notHandedOut = null;
        } else {
            backlog.leave(next.id());
            notHandedOut = next.id();
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
