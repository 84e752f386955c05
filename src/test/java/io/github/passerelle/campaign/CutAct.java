package io.github.passerelle.campaign;

/** The connection to Redis breaks at a given point of the way, and the message with it; the worker lives, so nothing may be sent twice. */
final class CutAct implements Act {

    private static final int IN_FLIGHT = 2;
    private static final int MOST_SKIPPED = 5;

    private final int cuts;
    private final int sales;

    /** @param cuts at each point */
    CutAct(int cuts, int sales) {
        this.cuts = cuts;
        this.sales = sales;
    }

    @Override
    public String name() {
        return "connection to Redis cut";
    }

    @Override
    public void play(Scene scene) {
        scene.crew().start(IN_FLIGHT);
        for (int i = 0; i < cuts; i++) {
            for (Point point : Point.values()) {
                Stop stop = scene.gate().stopAt(point, scene.random().nextInt(MOST_SKIPPED));
                scene.load().sell(sales);
                stop.awaitReached();
                stop.cut();
                scene.fault();
            }
        }
    }
}
