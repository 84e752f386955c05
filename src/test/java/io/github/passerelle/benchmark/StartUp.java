package io.github.passerelle.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;

/** How long it takes from the start of the process to its first request, with an entry that waits. */
final class StartUp implements Case {

    static final String NAME = "start";
    static final String SECONDS = "start to first delivery";

    private final Contender passerelle;
    private final PrintStream out;

    StartUp(Contender passerelle, PrintStream out) {
        this.passerelle = passerelle;
        this.out = out;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Site site, Figures figures) {
        try (Scene scene = new Scene(site)) {
            scene.redis().command(Stock.ofSessions(1).nextTrimmed());
            scene.receiver().noteArrivals();
            long begin = Receiver.micros(Instant.now());
            try (Contender.Running worker = scene.start(passerelle)) {
                Awaitility.await("the first delivery").atMost(Duration.ofSeconds(60)).until(() -> scene.receiver().counts().taken() == 1);
                double seconds = (scene.receiver().arrivals().values().iterator().next() - begin) / 1e6;
                figures.add(SECONDS, seconds);
                out.printf("  %s: %.2f s%n", SECONDS, seconds);
            }
        }
    }
}
