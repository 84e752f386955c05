package io.github.passerelle.campaign;

import java.util.List;

/** Some sales meet one kind of fault at the receiver. */
final class FaultAct implements Act {

    private static final int IN_FLIGHT = 4;

    private final Fault fault;
    private final double share;
    private final int sales;
    private final long seed;

    /** @param share of the sales that meet it */
    FaultAct(Fault fault, double share, int sales, long seed) {
        this.fault = fault;
        this.share = share;
        this.sales = sales;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "receiver: " + fault;
    }

    @Override
    public void play(Scene scene) {
        scene.trouble(new Trouble(seed, share, List.of(fault)));
        scene.load().sell(sales);
        scene.crew().start(IN_FLIGHT);
    }
}
