package io.github.passerelle.campaign;

import java.time.Duration;

/** Two processes: the one at work is stopped in its tracks, the other one takes over, and the first one comes back as if nothing had happened. */
final class FreezeAct implements Act {

    private static final int IN_FLIGHT = 2;

    private final int freezes;
    private final int sales;
    private final Duration longest;

    /**
     * @param sales   for each freeze
     * @param longest how long the last freeze lasts at least; the others end when the other process has taken over and delivered something
     */
    FreezeAct(int freezes, int sales, Duration longest) {
        this.freezes = freezes;
        this.sales = sales;
        this.longest = longest;
    }

    @Override
    public String name() {
        return "SIGSTOP, take-over, SIGCONT";
    }

    @Override
    public void play(Scene scene) {
        scene.crew().start(IN_FLIGHT);
        scene.crew().start(IN_FLIGHT);
        for (int i = 0; i < freezes; i++) {
            scene.load().sell(sales);
            scene.awaitMoreRequests(1 + scene.random().nextInt(sales / 2));
            scene.await("one to be at work", () -> scene.crew().active() != null);
            freeze(scene, scene.crew().active(), i == freezes - 1 ? longest : Duration.ZERO);
        }
    }

    private void freeze(Scene scene, Worker worker, Duration atLeast) {
        Worker other = scene.crew().alive().stream().filter(one -> one != worker).findFirst().orElseThrow();
        long since = System.nanoTime();
        worker.process().sigstop();
        scene.await("the other one to take over", () -> Crew.isActive(other));
        scene.load().sell(sales);
        scene.awaitMoreRequests(sales / 2);
        scene.await("the end of the freeze", () -> System.nanoTime() - since >= atLeast.toNanos());
        worker.process().sigcont();
        scene.await("the first one to stand by", () -> Crew.isStandingBy(worker));
        scene.incident(new Incident("SIGSTOP", since, System.nanoTime(), worker.inFlight()));
        scene.fault();
    }
}
