package io.github.passerelle.campaign;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Breaks what can break on one machine, and ends with an error unless every promise held.
 * <pre>
 * mvn -q -DskipTests package exec:java@campaign
 * mvn -q -DskipTests package exec:java@campaign -Dexec.args="--minutes 60 --seed 7"
 * </pre>
 */
public final class Campaign {

    private static final int DEFAULT_MINUTES = 10;
    private static final long DEFAULT_SEED = 20261121;

    private final long seed;
    private final Patience patience;
    private final PrintStream out;
    private final Report report;

    /** @param limit after this it gives up */
    Campaign(long seed, Duration limit, PrintStream out) {
        this.seed = seed;
        this.patience = new Patience(limit);
        this.out = out;
        this.report = new Report(out);
    }

    public static void main(String... arguments) {
        // UTF-8 whatever the locale
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        boolean right = false;
        try {
            Options options = Options.parse(List.of(arguments), DEFAULT_MINUTES, DEFAULT_SEED);
            Extent extent = new Extent(options.minutes());
            out.printf("Campaign of about %d minutes, seed %d%n%n", extent.minutes(), options.seed());
            Duration limit = Duration.ofMinutes(Math.min(Extent.LONGEST, 2L * extent.minutes() + 2));
            right = new Campaign(options.seed(), limit, out).run(Programme.of(extent, options.seed()), options.only());
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
        }
        if (!right) {
            // inside Maven's own JVM this is what makes the command fail, without a page of Maven's advice
            System.exit(1);
        }
    }

    /** @param only acts whose name contains this are played; each with the seed that it has among all */
    boolean run(List<Act> acts, String only) {
        if (acts.stream().noneMatch(act -> act.name().contains(only))) {
            throw new IllegalArgumentException("--only must be part of one of: " + acts.stream().map(Act::name).collect(Collectors.joining(", ")));
        }
        report.head();
        for (int i = 0; i < acts.size(); i++) {
            if (acts.get(i).name().contains(only)) {
                play(acts.get(i), seed + i);
            }
        }
        out.println();
        report.sum();
        boolean right = report.isRight();
        out.println(right ? "Everything held." : "Something did NOT hold.");
        return right;
    }

    private void play(Act act, long actSeed) {
        long begin = System.nanoTime();
        String broken = null;
        try (Scene scene = new Scene(actSeed, patience, act.redisArguments().toArray(String[]::new))) {
            try {
                act.play(scene);
                scene.settle();
            } catch (RuntimeException | AssertionError e) {
                broken = "did not come to its end, seed " + actSeed + ": " + e;
            }
            report.add(Row.of(act, scene, broken, Duration.ofNanos(System.nanoTime() - begin).toSeconds()));
        }
    }

    Report report() {
        return report;
    }
}
