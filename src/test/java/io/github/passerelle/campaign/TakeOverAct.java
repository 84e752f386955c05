package io.github.passerelle.campaign;

/** Two processes, of which one is at work: it is killed, and the other one takes over. */
final class TakeOverAct implements Act {

    private static final int IN_FLIGHT = 2;

    private final int kills;
    private final int sales;

    /** @param sales for each take-over */
    TakeOverAct(int kills, int sales) {
        this.kills = kills;
        this.sales = sales;
    }

    @Override
    public String name() {
        return "take-over after kill -9";
    }

    @Override
    public void play(Scene scene) {
        scene.crew().start(IN_FLIGHT);
        scene.crew().start(IN_FLIGHT);
        for (int i = 0; i < kills; i++) {
            scene.load().sell(sales);
            scene.awaitMoreRequests(1 + scene.random().nextInt(sales / 2));
            scene.await("one to be at work", () -> scene.crew().active() != null);
            scene.crew().kill(scene.crew().active());
            scene.crew().start(IN_FLIGHT);
        }
    }
}
