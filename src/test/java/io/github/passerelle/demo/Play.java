package io.github.passerelle.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Two mornings at the till: in the first Paheko goes away for a while, in the second it refuses one ticket. */
final class Play implements AutoCloseable {

    private static final int TICKETS = 30;
    private static final int BEFORE_OUTAGE = 10;
    private static final int AFTER_OUTAGE = 22;
    private static final int LOCKED = 5;
    private static final int REFUSED = 12;
    private static final Duration PACE = Duration.ofMillis(200);

    private final World world;
    private final Narrator narrator;
    private final Deadline deadline;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "till");
        thread.setDaemon(true);
        return thread;
    });

    Play(World world, Narrator narrator, Deadline deadline) {
        this.world = world;
        this.narrator = narrator;
        this.deadline = deadline;
    }

    void play() {
        sessionWithOutage();
        sessionWithRefusal();
    }

    private void sessionWithOutage() {
        CashSession session = world.till().session(TICKETS);
        narrator.title("Session 1: Paheko goes away for a while");
        publish(1, List.of(session.opened()));
        publish(1, session.tickets().subList(0, BEFORE_OUTAGE));
        awaitSettled("the first tickets");

        CountDownLatch outage = goAwayAtNextRequest();
        publish(1, session.tickets().subList(BEFORE_OUTAGE, BEFORE_OUTAGE + 1));
        await("the outage", () -> outage.getCount() == 0);
        narrator.tell("Paheko", Narrator.Tone.BAD, "is away: connections are refused");
        narrator.tell("till", "goes on selling: tickets " + (BEFORE_OUTAGE + 2) + " to " + AFTER_OUTAGE);
        publish(1, session.tickets().subList(BEFORE_OUTAGE + 1, AFTER_OUTAGE));
        await("an entry that outlives its redeliveries", () -> !world.log().leftPending().isEmpty());
        world.paheko().startAgain();
        narrator.tell("Paheko", Narrator.Tone.GOOD, "is back");

        publish(1, session.tickets().subList(AFTER_OUTAGE, TICKETS));
        publish(1, List.of(session.closed()));
        awaitSettled("session 1");
    }

    /** The hardest way to go: a sale is booked, and its answer never leaves. */
    private CountDownLatch goAwayAtNextRequest() {
        PahekoStandIn paheko = world.paheko();
        CountDownLatch gone = new CountDownLatch(1);
        paheko.answerNext(1, exchange -> {
            exchange.judge();
            exchange.reset();
            paheko.stop();
            gone.countDown();
        });
        return gone;
    }

    private void sessionWithRefusal() {
        CashSession session = world.till().sessionWithRefusedTicket(TICKETS, REFUSED);
        narrator.title("Session 2: Paheko is locked for a moment, and refuses one ticket");
        String locked = session.tickets().get(LOCKED).key();
        world.paheko().when(request -> request.key().equals(locked), 1, Behaviour.databaseLocked());
        publish(2, session.events());
        awaitSettled("session 2");
    }

    private void publish(int session, List<SaleEvent> sales) {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(sales.size());
        ScheduledFuture<?> selling = clock.scheduleAtFixedRate(() -> {
            if (next.get() < sales.size()) {
                world.publications().publish(session, sales.get(next.getAndIncrement()));
                done.countDown();
            }
        }, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
        await("the till", () -> done.getCount() == 0);
        selling.cancel(false);
    }

    /** Waits until each published entry was accepted, or is refused or held, and only these are pending. */
    private void awaitSettled(String what) {
        await(what, () -> reckoning().isSettled());
    }

    Reckoning reckoning() {
        List<Published> published = world.publications().all();
        return new Reckoning(published, world.paheko().ledger(), world.redis().xpending(Till.STREAM, Till.GROUP), world.log().failed());
    }

    private void await(String what, BooleanSupplier condition) {
        deadline.await(what, () -> {
            if (!world.application().isAlive()) {
                throw new DemoFailure("The application ended by itself; see " + world.log().file());
            }
            return condition.getAsBoolean();
        }, () -> reckoning().missing());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
