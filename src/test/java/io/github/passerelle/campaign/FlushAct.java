package io.github.passerelle.campaign;

/** Somebody empties Redis, stream and all. */
final class FlushAct implements Act {

    private static final int IN_FLIGHT = 2;

    private final int flushes;
    private final int sales;

    /** @param sales for each flush */
    FlushAct(int flushes, int sales) {
        this.flushes = flushes;
        this.sales = sales;
    }

    @Override
    public String name() {
        return "FLUSHALL";
    }

    @Override
    public void play(Scene scene) {
        scene.crew().start(IN_FLIGHT);
        for (int i = 0; i < flushes; i++) {
            scene.load().sell(sales);
            scene.awaitMoreRequests(1 + scene.random().nextInt(sales / 2));
            scene.flush();
        }
        scene.load().sell(sales);
    }
}
