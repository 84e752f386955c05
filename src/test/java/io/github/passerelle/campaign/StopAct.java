package io.github.passerelle.campaign;

/** The worker is told to stop in the midst of its work and started again, over and over: nothing may be sent twice. */
final class StopAct implements Act {

    private static final int[] IN_FLIGHT = { 1, 4 };

    private final int restarts;
    private final int sales;

    /** @param sales for each restart */
    StopAct(int restarts, int sales) {
        this.restarts = restarts;
        this.sales = sales;
    }

    @Override
    public String name() {
        return "SIGTERM under load";
    }

    @Override
    public void play(Scene scene) {
        for (int i = 0; i < restarts; i++) {
            scene.load().sell(sales);
            int before = scene.requests();
            Worker worker = scene.crew().start(IN_FLIGHT[i % IN_FLIGHT.length]);
            int wanted = before + 1 + scene.random().nextInt(sales / 2);
            scene.await("the worker to be at work", () -> scene.requests() >= wanted);
            scene.crew().stop(worker);
        }
    }
}
