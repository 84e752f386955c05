package io.github.passerelle.campaign;

import java.util.List;

/** The worker is killed again and again; what each leaves is the next one's to finish. */
final class KillAct implements Act {

    private static final int[] IN_FLIGHT = { 1, 2, 4, 8 };

    private final String name;
    private final List<Moment> moments;
    private final int kills;
    private final int sales;

    /**
     * @param moments taken in turn
     * @param kills   in all
     * @param sales   for each kill
     */
    KillAct(String name, List<Moment> moments, int kills, int sales) {
        this.name = name;
        this.moments = moments;
        this.kills = kills;
        this.sales = sales;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void play(Scene scene) {
        for (int i = 0; i < kills; i++) {
            scene.load().sell(sales);
            moments.get(i % moments.size()).kill(scene, scene.crew().start(IN_FLIGHT[i % IN_FLIGHT.length]));
        }
    }
}
