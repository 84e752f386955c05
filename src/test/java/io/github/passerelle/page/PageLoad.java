package io.github.passerelle.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/**
 * Measures by how much the channel slows down while the page and {@code /health} are asked for 200 times a second: rounds without and with that
 * load in turn, each with its own sales, against the packaged application. A programme to run by hand after {@code mvn package}:
 * {@code mvn -q exec:java@demo -Dexec.mainClass=io.github.passerelle.page.PageLoad}. It judges nothing, as what it finds depends on the machine.
 */
public final class PageLoad {

    private static final int SESSIONS = 10;
    private static final int TICKETS = 48;
    private static final int ROUNDS = 5;
    private static final int PER_SECOND = 200;
    private static final List<String> PATHS = List.of("/health", "/", "/api/state", "/health", "/api/quarantine", "/api/state", "/health", "/api/sessions");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

    private final List<String> paths;

    private PageLoad(List<String> paths) {
        this.paths = paths;
    }

    /** @param args the paths that are asked for in turn; none for a mixture of all */
    public static void main(String[] args) throws Exception {
        new PageLoad(args.length == 0 ? PATHS : List.of(args)).measure();
    }

    private void measure() throws Exception {
        try (RedisServer server = RedisServer.start();
                Redis redis = server.connect();
                PahekoStandIn paheko = PahekoStandIn.start();
                PasserelleProcess application = PasserelleProcess.builder().redis(server).receiver(paheko)
                        .environment("PASSERELLE_LOG_LEVEL", "WARN").start()) {
            paheko.always(Behaviour.accept());
            application.awaitHealthy();
            Till till = new Till(redis, 1);
            round(till, redis, paheko);
            List<Double> quiet = new ArrayList<>();
            List<Double> busy = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                quiet.add(told("without visitors", round(till, redis, paheko)));
                ScheduledExecutorService visitors = visit(application.httpPort());
                busy.add(told("with visitors", round(till, redis, paheko)));
                visitors.shutdownNow();
                visitors.awaitTermination(10, TimeUnit.SECONDS);
            }
            double slower = 1 - median(busy) / median(quiet);
            System.out.printf("median without %.0f, with %.0f: slower by %.0f %%%n", median(quiet), median(busy), 100 * slower);
            answers.forEach((answer, count) -> System.out.printf("%s: %d%n", answer, count));
        }
    }

    private static double told(String what, double perSecond) {
        System.out.printf("%s: %.0f entries a second%n", what, perSecond);
        return perSecond;
    }

    /** Entries a second. */
    private static double round(Till till, Redis redis, PahekoStandIn paheko) {
        paheko.forget();
        for (int i = 0; i < SESSIONS; i++) {
            till.publish(till.session(TICKETS));
        }
        int all = SESSIONS * (TICKETS + 2);
        long from = System.nanoTime();
        int before = paheko.accepted().size();
        Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(20))
                .until(() -> paheko.accepted().size() == all && redis.xpending(Till.STREAM, Till.GROUP).isEmpty());
        return Math.round((all - before) * 1e9 / (System.nanoTime() - from));
    }

    private ScheduledExecutorService visit(int port) {
        ScheduledExecutorService visitors = Executors.newScheduledThreadPool(1);
        AtomicInteger turn = new AtomicInteger();
        visitors.scheduleAtFixedRate(() -> {
            String path = paths.get(turn.getAndIncrement() % paths.size());
            URI address = URI.create("http://127.0.0.1:" + port + path);
            http.sendAsync(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> answers.merge(path + " " + (failure == null ? answer.statusCode() : "failed"), 1, Integer::sum));
        }, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
        return visitors;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
