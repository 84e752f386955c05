package io.github.passerelle.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A stream in which very many entries wait, from the first to the last: whether the pace and the memory stay what they are. */
final class LongBacklog implements Case {

    static final String NAME = "backlog";
    static final String PACE = "long backlog: pace of the last tenth by that of the second";
    static final String MEMORY = "long backlog: resident in the last tenth by that in the second";
    static final String RATE = "long backlog: entries/s";
    static final String RESIDENT = "long backlog: resident in the last tenth";
    static final String STATUS = "status with a long backlog";

    private static final int TOGETHER = 500;
    private static final int LOOK_MILLIS = 200;
    private static final Duration STUCK = Duration.ofSeconds(30);

    private record Look(long nanos, long taken, double megabytes) {
    }

    private final Contender passerelle;
    private final int entries;
    private final PrintStream out;

    LongBacklog(Contender passerelle, Options options, PrintStream out) {
        this.passerelle = passerelle;
        this.entries = options.backlog();
        this.out = out;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void measure(Site site, Figures figures) throws InterruptedException {
        try (Scene scene = new Scene(site)) {
            int published = publish(scene);
            double status = StatusTime.measure(scene);
            List<Look> looks;
            try (Contender.Running worker = scene.start(passerelle)) {
                looks = watch(scene, worker.pid(), published);
                scene.settle(published, NAME);
            }
            double pace = pace(looks, published, 9) / pace(looks, published, 1);
            double memory = megabytes(looks, published, 9) / megabytes(looks, published, 1);
            double seconds = (looks.get(looks.size() - 1).nanos() - looks.get(0).nanos()) / 1e9;
            figures.add(STATUS, status);
            figures.add(PACE, pace);
            figures.add(MEMORY, memory);
            figures.add(RATE, published / seconds);
            figures.add(RESIDENT, megabytes(looks, published, 9));
            out.printf("  %d entries in %.0f s: last tenth by second %.2f in pace, %.2f in memory (%.0f MB); status %.2f s%n", published, seconds, pace,
                    memory, megabytes(looks, published, 9), status);
        }
    }

    private int publish(Scene scene) {
        Stock stock = Stock.ofSessions(1);
        int published = 0;
        while (published < entries) {
            List<Object[]> commands = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                commands.add(stock.nextKept());
            }
            scene.redis().commands(commands);
            published += TOGETHER;
        }
        return published;
    }

    private static List<Look> watch(Scene scene, long pid, int all) throws InterruptedException {
        List<Look> looks = new ArrayList<>(List.of(new Look(System.nanoTime(), 0, Usage.residentMegabytes(pid))));
        long moved = System.nanoTime();
        while (looks.get(looks.size() - 1).taken() < all) {
            Thread.sleep(LOOK_MILLIS);
            Look last = looks.get(looks.size() - 1);
            Look look = new Look(System.nanoTime(), scene.receiver().counts().taken(), Usage.residentMegabytes(pid));
            looks.add(look);
            moved = look.taken() > last.taken() ? look.nanos() : moved;
            if (look.nanos() - moved > STUCK.toNanos()) {
                throw new BenchmarkFailure("nothing was delivered any more after " + look.taken() + " of " + all + " entries");
            }
        }
        return looks;
    }

    /** In entries a second. */
    private static double pace(List<Look> looks, long all, int tenth) {
        Look first = at(looks, all * tenth / 10);
        Look last = at(looks, all * (tenth + 1) / 10);
        return (last.taken() - first.taken()) * 1e9 / (last.nanos() - first.nanos());
    }

    private static double megabytes(List<Look> looks, long all, int tenth) {
        return looks.stream().filter(look -> look.taken() >= all * tenth / 10 && look.taken() <= all * (tenth + 1) / 10)
                .mapToDouble(Look::megabytes).average().orElseThrow();
    }

    private static Look at(List<Look> looks, long taken) {
        return looks.stream().filter(look -> look.taken() >= taken).findFirst().orElseThrow();
    }
}
