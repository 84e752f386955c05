package io.github.passerelle.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The acts of one run. */
final class Programme {

    private static final double FEW = 0.05;
    private static final double MANY = 0.2;

    private Programme() {
    }

    static List<Act> of(Extent extent, long seed) {
        List<Act> acts = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            acts.add(new KillAct("kill -9 " + moment, List.of(moment), extent.of(18), 95));
        }
        acts.add(new TakeOverAct(extent.of(10), 60));
        acts.add(new FreezeAct(extent.of(5), 40, Duration.ofSeconds(extent.of(60))));
        acts.add(new StopAct(extent.of(50), 60));
        acts.add(new RedisKillAct("always", extent.of(10), 100));
        acts.add(new RedisKillAct("everysec", extent.of(10), 100));
        acts.add(new RollBackAct(extent.of(5), 80));
        acts.add(new FlushAct(extent.of(5), 60));
        acts.add(new CutAct(extent.of(10), 40));
        acts.add(new TrimAct());
        int sales = extent.of(1000);
        for (Fault fault : Fault.values()) {
            // an answer that does not come takes seconds
            boolean slow = fault == Fault.HANG || fault == Fault.HANG_BOOKED || fault == Fault.BUSY;
            acts.add(new FaultAct(fault, slow ? FEW : MANY, sales, seed));
        }
        acts.add(OutageAct.answering(401, extent.of(10), sales));
        acts.add(OutageAct.answering(503, extent.of(10), sales));
        acts.add(OutageAct.refusingConnections(extent.of(10), sales));
        acts.add(new SteadyAct(extent.of(1200), FEW, seed));
        return acts;
    }

    /** For each build. Take-over, stops and cut connections are left out, as they have tests of their own. */
    static List<Act> shortest(long seed) {
        return List.of(new KillAct("kill -9 at each moment", List.of(Moment.values()), Moment.values().length, 40),
                new RedisKillAct("everysec", 1, 60),
                new RollBackAct(1, 80),
                new SteadyAct(10, MANY, seed));
    }
}
