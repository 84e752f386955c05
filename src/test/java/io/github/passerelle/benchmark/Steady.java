package io.github.passerelle.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;

import io.github.passerelle.fixture.Redis;

/** Fifty entries a second: how long each takes from XADD to the request, what that costs, and what it costs when nothing comes. */
final class Steady implements Case {

    static final String NAME = "steady";

    private static final int PER_SECOND = 50;
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final List<Contender> contenders;
    private final Duration leadIn;
    private final Duration measured;
    private final Duration idle;
    private final PrintStream out;

    Steady(List<Contender> contenders, Options options, PrintStream out) {
        this.contenders = contenders;
        this.leadIn = options.leadIn();
        this.measured = options.atFifty();
        this.idle = options.measuredTime();
        this.out = out;
    }

    static String median(String contender) {
        return contender + ": p50";
    }

    static String high(String contender) {
        return contender + ": p99";
    }

    static String cpu(String contender) {
        return contender + ": CPU at 50/s";
    }

    static String idle(String contender) {
        return contender + ": CPU idle";
    }

    static String resident(String contender) {
        return contender + ": resident at 50/s";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Site site, Figures figures) throws InterruptedException {
        for (Contender contender : contenders) {
            try (Scene scene = new Scene(site); Contender.Running worker = scene.start(contender)) {
                measure(scene, contender.name(), worker.pid(), figures);
            }
        }
    }

    private void measure(Scene scene, String contender, long pid, Figures figures) throws InterruptedException {
        Stock stock = Stock.ofSessions(1);
        sell(scene, stock, leadIn);
        scene.receiver().noteArrivals();
        Usage before = Usage.of(pid);
        Map<String, Long> sent = sell(scene, stock, measured);
        double cpu = Usage.of(pid).shareSince(before);
        double resident = Usage.residentMegabytes(pid);
        Awaitility.await("the last arrival").atMost(Duration.ofSeconds(20)).until(() -> scene.receiver().arrivals().keySet().containsAll(sent.keySet()));
        Map<String, Long> arrivals = scene.receiver().arrivals();
        List<Long> micros = sent.keySet().stream().map(id -> arrivals.get(id) - sent.get(id)).sorted().toList();
        Thread.sleep(SETTLED.toMillis());
        Usage resting = Usage.of(pid);
        Thread.sleep(idle.toMillis());
        double idleShare = Usage.of(pid).shareSince(resting);
        double p50 = micros.get(micros.size() / 2) / 1e3;
        double p99 = micros.get(micros.size() * 99 / 100) / 1e3;
        figures.add(median(contender), p50);
        figures.add(high(contender), p99);
        figures.add(cpu(contender), cpu);
        figures.add(idle(contender), idleShare);
        figures.add(resident(contender), resident);
        out.printf("  %s: p50 %.2f ms, p99 %.2f ms, CPU %.1f %%, idle %.2f %%, resident %.0f MB%n", contender, p50, p99, 100 * cpu, 100 * idleShare,
                resident);
    }

    /** Returns when each entry was published, in microseconds since 1970. */
    private static Map<String, Long> sell(Scene scene, Stock stock, Duration time) {
        long wanted = time.toSeconds() * PER_SECOND;
        Map<String, Long> sent = new LinkedHashMap<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Long> done = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            clock.scheduleAtFixedRate(() -> {
                try {
                    if (done.size() < wanted) {
                        Object[] command = stock.nextTrimmed();
                        long at = Receiver.micros(Instant.now());
                        sent.put(Redis.text(scene.redis().command(command)), at);
                        done.add(at);
                    } else {
                        clock.shutdown();
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                    clock.shutdown();
                }
            }, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
            Awaitility.await("the last of " + wanted + " entries").atMost(time.plusSeconds(20)).until(clock::isTerminated);
        } finally {
            clock.shutdownNow();
        }
        if (failure.get() != null) {
            throw new BenchmarkFailure("publishing broke off: " + failure.get());
        }
        return sent;
    }
}
