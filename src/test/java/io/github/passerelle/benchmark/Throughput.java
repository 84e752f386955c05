package io.github.passerelle.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** How many entries a second each contender carries when there is always another one, and what an entry costs. */
final class Throughput implements Case {

    private final String name;
    private final long delay;
    private final List<Contender> contenders;
    private final Duration warmUp;
    private final Duration measured;
    private final PrintStream out;

    /** @param delay of the receiver, in milliseconds */
    Throughput(String name, long delay, List<Contender> contenders, Options options, PrintStream out) {
        this.name = name;
        this.delay = delay;
        this.contenders = contenders;
        this.warmUp = options.warmUpTime();
        this.measured = options.measuredTime();
        this.out = out;
    }

    static String rate(String contender, long delay) {
        return contender + ", " + delay + " ms: entries/s";
    }

    static String cpu(String contender, long delay) {
        return contender + ", " + delay + " ms: CPU per entry";
    }

    static String resident(String contender, long delay) {
        return contender + ", " + delay + " ms: resident";
    }

    static String receiver(String contender, long delay) {
        return contender + ", " + delay + " ms: CPU of the receiver";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(Site site, Figures figures) throws InterruptedException {
        for (Contender contender : contenders) {
            try (Scene scene = new Scene(site)) {
                scene.receiver().delay(delay);
                try (Contender.Running worker = scene.start(contender)) {
                    measure(scene, contender.name(), worker.pid(), figures);
                }
            }
        }
    }

    private void measure(Scene scene, String contender, long pid, Figures figures) throws InterruptedException {
        Feeder feeder = scene.feeder(Stock.ofSessions(1));
        try (feeder) {
            Pace pace = Pace.measure(scene, pid, warmUp, measured);
            figures.add(rate(contender, delay), pace.perSecond());
            figures.add(cpu(contender, delay), pace.cpuMillisPerEntry());
            figures.add(resident(contender, delay), Usage.residentMegabytes(pid));
            figures.add(receiver(contender, delay), pace.receiverShare());
            out.printf("  %s, %d ms: %.0f entries/s, %.3f ms of CPU each, receiver at %.0f %%%n", contender, delay, pace.perSecond(),
                    pace.cpuMillisPerEntry(), 100 * pace.receiverShare());
        }
        scene.settle(feeder.published(), contender);
    }
}
