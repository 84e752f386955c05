package io.github.passerelle.campaign;

import java.util.List;

/** Redis keeps snapshots only, dies, and comes back with what it knew at the last one: what a Redis does that nobody told to keep anything. */
final class RollBackAct implements Act {

    private static final int IN_FLIGHT = 2;

    private final int rollBacks;
    private final int sales;

    /** @param sales for each roll-back, half of them after the snapshot */
    RollBackAct(int rollBacks, int sales) {
        this.rollBacks = rollBacks;
        this.sales = sales;
    }

    @Override
    public String name() {
        return "Redis rolled back to a snapshot";
    }

    @Override
    public List<String> redisArguments() {
        return List.of("--appendonly", "no");
    }

    @Override
    public void play(Scene scene) {
        scene.crew().start(IN_FLIGHT);
        for (int i = 0; i < rollBacks; i++) {
            scene.load().sell(sales / 2);
            scene.awaitMoreRequests(1 + scene.random().nextInt(sales / 4));
            scene.redis().command("SAVE");
            scene.load().sell(sales / 2);
            scene.awaitMoreRequests(1 + scene.random().nextInt(sales / 2));
            scene.killRedis();
        }
    }
}
