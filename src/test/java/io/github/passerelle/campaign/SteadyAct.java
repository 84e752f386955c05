package io.github.passerelle.campaign;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A till that sells at a steady pace, a receiver with which some sales have bad luck, and a worker that must not grow. */
final class SteadyAct implements Act {

    private static final int IN_FLIGHT = 4;
    private static final int SALES_PER_SECOND = 50;
    private static final long DECISIONS_EVERY_SECONDS = 5;
    // an answer that does not come holds a connection for seconds: it is rarer than the rest
    private static final List<Fault> FAULTS = List.of(Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.RESET, Fault.RESET,
            Fault.RESET_BOOKED, Fault.RESET_BOOKED, Fault.CUT_HEAD, Fault.CUT_HEAD, Fault.BUSY, Fault.BUSY, Fault.UNAVAILABLE, Fault.REFUSED,
            Fault.UNAUTHORIZED, Fault.PAGE, Fault.UNAVAILABLE, Fault.RESET, Fault.CUT_HEAD, Fault.HANG, Fault.HANG_BOOKED);

    private final int seconds;
    private final double share;
    private final long seed;

    /** @param share of the sales that meet a fault */
    SteadyAct(int seconds, double share, long seed) {
        this.seconds = seconds;
        this.share = share;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "steady, " + SALES_PER_SECOND + "/s for " + seconds + " s, " + Math.round(share * 100) + " % faults";
    }

    @Override
    public void play(Scene scene) {
        scene.trouble(new Trouble(seed, share, FAULTS));
        Worker worker = scene.crew().start(IN_FLIGHT);
        scene.await("the start", () -> Crew.isActive(worker));
        long wanted = (long) seconds * SALES_PER_SECOND;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        try {
            clock.scheduleAtFixedRate(guarded(failure, () -> sell(scene, wanted)), 0, 1_000_000 / SALES_PER_SECOND, TimeUnit.MICROSECONDS);
            clock.scheduleAtFixedRate(guarded(failure, () -> scene.memory().add(Memory.residentKiB(worker.process().pid()))), 1, 1, TimeUnit.SECONDS);
            clock.scheduleAtFixedRate(guarded(failure, scene.clerk()::decide), 1, DECISIONS_EVERY_SECONDS, TimeUnit.SECONDS);
            scene.await("the last sale", Duration.ofSeconds(2L * seconds + 60), () -> scene.sold().tickets() >= wanted || failure.get() != null);
        } finally {
            clock.shutdown();
            scene.await("the till to be quiet", clock::isTerminated);
        }
        if (failure.get() != null) {
            throw new CampaignFailure("The steady phase broke off: " + failure.get());
        }
    }

    private static void sell(Scene scene, long wanted) {
        if (scene.sold().tickets() < wanted) {
            scene.load().sellNext();
        }
    }

    /** A task that fails is not run again, and nobody would be told. */
    private static Runnable guarded(AtomicReference<Throwable> failure, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                throw e;
            }
        };
    }
}
