package io.github.passerelle.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.fixture.PasserelleProcess;

/** How long a person waits for the answer of {@code status}. */
final class StatusTime {

    private static final int TIMES = 3;

    private StatusTime() {
    }

    /** In seconds, the median of three. */
    static double measure(Scene scene) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            try (PasserelleProcess process = PasserelleProcess.builder().script(scene.site().unpacked().resolve("passerelle")).arguments("status")
                    .environment("REDIS_URL", scene.redisUrl()).start()) {
                int code = process.waitFor(Duration.ofSeconds(30));
                seconds.add((System.nanoTime() - begin) / 1e9);
                if (code != 0) {
                    throw new BenchmarkFailure("status ended with " + code + ": " + process.lines());
                }
            }
        }
        return Figures.median(seconds);
    }
}
