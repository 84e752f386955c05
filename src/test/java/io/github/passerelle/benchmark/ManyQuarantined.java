package io.github.passerelle.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

/** By how much entries that nobody has decided about slow down the new ones. */
final class ManyQuarantined implements Case {

    static final String NAME = "quarantine";
    static final String COST = "10 000 quarantined entries: cost to new ones";
    static final String STATUS = "status with 10 000 quarantined entries";

    private static final int QUARANTINED = 10_000;
    private static final int TOGETHER = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Contender passerelle;
    private final Duration warmUp;
    private final Duration measured;
    private final PrintStream out;

    ManyQuarantined(Contender passerelle, Options options, PrintStream out) {
        this.passerelle = passerelle;
        this.warmUp = options.warmUpTime();
        this.measured = options.measuredTime();
        this.out = out;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Site site, Figures figures) throws InterruptedException {
        try (Scene scene = new Scene(site); Contender.Running worker = scene.start(passerelle)) {
            Stock stock = Stock.ofSessions(1);
            Feeder before = scene.feeder(stock);
            double without = pace(scene, before, worker.pid());
            scene.settle(before.published(), "before the quarantine");
            quarantine(scene);
            Feeder after = scene.feeder(stock);
            double with = pace(scene, after, worker.pid());
            scene.settle(before.published() + after.published(), QUARANTINED, "with the quarantine");
            double status = StatusTime.measure(scene);
            figures.add(COST, 1 - with / without);
            figures.add(STATUS, status);
            out.printf("  %.0f entries/s without and %.0f with %d quarantined entries; status %.2f s%n", without, with, QUARANTINED, status);
        }
    }

    private double pace(Scene scene, Feeder feeder, long pid) throws InterruptedException {
        try (feeder) {
            return Pace.measure(scene, pid, warmUp, measured).perSecond();
        }
    }

    private static void quarantine(Scene scene) {
        Stock tickets = Stock.ofTickets(2);
        scene.receiver().refuse();
        for (int i = 0; i < QUARANTINED; i += TOGETHER) {
            List<Object[]> commands = new ArrayList<>();
            for (int j = 0; j < TOGETHER; j++) {
                commands.add(tickets.nextKept());
            }
            scene.redis().commands(commands);
        }
        Awaitility.await("all are refused").atMost(PATIENCE).until(() -> quarantined(scene) == QUARANTINED);
        scene.receiver().accept();
    }

    private static long quarantined(Scene scene) {
        return (Long) scene.redis().command("ZCARD", "{recyclic:push:caisse}:quarantine:recyclic-push");
    }
}
