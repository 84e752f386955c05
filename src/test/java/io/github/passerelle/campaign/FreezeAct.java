package io.github.passerelle.campaign;

/** Two processes: the one at work is stopped in its tracks, the other one takes over, and the first one comes back as if nothing had happened. */
final class FreezeAct implements Act {

    private static final int IN_FLIGHT = 2;

    private final int freezes;
    private final int sales;

    /** @param sales for each freeze */
    FreezeAct(int freezes, int sales) {
        this.freezes = freezes;
        this.sales = sales;
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
            freeze(scene, scene.crew().active());
        }
    }

    private void freeze(Scene scene, Worker worker) {
        Worker other = scene.crew().alive().stream().filter(one -> one != worker).findFirst().orElseThrow();
        long since = System.nanoTime();
        worker.process().sigstop();
        scene.await("the other one to take over", () -> Crew.isActive(other));
        scene.load().sell(sales);
        scene.awaitMoreRequests(sales / 2);
        worker.process().sigcont();
        scene.await("the first one to stand by", () -> Crew.isStandingBy(worker));
        scene.incident(new Incident("SIGSTOP", since, System.nanoTime(), worker.inFlight()));
        scene.fault();
    }
}
