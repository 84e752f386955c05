package io.github.passerelle.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Redis handed out with an answer that never came must not be overtaken by what came after it, and least of all by the close. */
class LostReadIT {

    private static final long SEED = 4711;

    @Test
    @Timeout(120)
    void entriesOfALostAnswerKeepTheirPlace() {
        try (Scene scene = new Scene(SEED, new Patience(Duration.ofSeconds(100)))) {
            Worker worker = scene.crew().start(1);
            scene.await("the worker to be at work", () -> Crew.isActive(worker));
            for (int i = 0; i < 3; i++) {
                Stop stop = scene.gate().stopAt(Point.READ_ANSWERED, 0);
                scene.load().sell(20);
                scene.load().finish();
                stop.awaitReached();
                stop.cut();
                int sold = scene.sold().size();
                scene.await("all of it", () -> scene.paheko().accepted().size() == sold);
            }
            scene.settle();
            assertThat(Invariant.ALL.stream().flatMap(invariant -> invariant.breaches(scene.facts()).stream())).isEmpty();
        }
    }
}
