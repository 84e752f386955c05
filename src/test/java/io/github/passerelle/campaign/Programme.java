package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.List;

/** The acts of one run. */
final class Programme {

    private static final int SALES_PER_KILL = 95;

    private Programme() {
    }

    static List<Act> of(Extent extent) {
        List<Act> acts = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            acts.add(new KillAct("kill -9 " + moment, List.of(moment), extent.of(18), SALES_PER_KILL));
        }
        return acts;
    }

    /** Everything once, for the tests of each build. */
    static List<Act> shortest() {
        List<Act> acts = new ArrayList<>();
        acts.add(new KillAct("kill -9 at each moment", List.of(Moment.values()), Moment.values().length, 60));
        return acts;
    }
}
