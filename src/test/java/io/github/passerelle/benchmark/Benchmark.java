package io.github.passerelle.benchmark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Measures what the channel costs beside what does less on the same clients, and ends with an error when a bar is missed.
 * <pre>
 * mvn -q -DskipTests package exec:java@benchmark
 * mvn -q exec:java@benchmark -Dexec.args="--seconds 5 --warm-up 5 --rounds 1 --only default-0"
 * </pre>
 */
public final class Benchmark {

    private final Options options;
    private final PrintStream out;
    private final List<Contender> pythons = new ArrayList<>();
    private final Figures figures = new Figures();

    private Benchmark(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String... arguments) throws Exception {
        // UTF-8 whatever the locale
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        boolean right = false;
        try {
            right = new Benchmark(Options.parse(List.of(arguments)), out).run();
        } catch (IllegalArgumentException | BenchmarkFailure e) {
            out.println(e.getMessage());
        }
        // inside Maven's own JVM this is what makes the command fail, without a page of Maven's advice
        System.exit(right ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        List<Case> cases = cases();
        List<Case> wanted = cases.stream().filter(each -> options.isWanted(each.name())).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("--only knows " + cases.stream().map(Case::name).collect(Collectors.joining(", ")));
        }
        try (Site site = new Site()) {
            for (int round = 1; round <= options.rounds(); round++) {
                out.printf("Round %d of %d%n", round, options.rounds());
                for (Case each : wanted) {
                    if (round == 1 || !each.isOnce()) {
                        each.measure(site, figures);
                    }
                }
            }
        }
        Report report = new Report(figures, out);
        report.print();
        return report.missed().isEmpty();
    }

    private List<Case> cases() {
        Optional<Contender> oneClient = Contenders.python(false);
        if (oneClient.isEmpty()) {
            out.println("The Python worker is left out: this machine has no Python with redis-py and httpx (Debian: python3-redis, python3-httpx)");
        }
        oneClient.ifPresent(pythons::add);
        Contenders.python(true).ifPresent(pythons::add);
        Contender one = Contenders.passerelle(1);
        Contender many = Contenders.passerelle(Contenders.MANY);
        List<Contender> all = new ArrayList<>(List.of(one, Contenders.bareLoop(1)));
        all.addAll(pythons);
        List<Contender> together = List.of(many, Contenders.plainRoute(Contenders.MANY), Contenders.bareLoop(Contenders.MANY));
        return List.of(new StartUp(one, out), new Throughput("default-0", 0, all, options, out),
                new Throughput("default-20", 20, all, options, out), new Throughput("many-0", 0, together, options, out),
                new Throughput("many-20", 20, together, options, out), new Steady(List.of(one, Contenders.bareLoop(1)), options, out),
                new ManyQuarantined(one, options, out), new LongBacklog(many, options, out));
    }
}
