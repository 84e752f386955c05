package io.github.passerelle.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;

/** The processes of the application in one act: how they are started, and how they end. Nothing that they say may hold a secret. */
final class Crew implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int EXIT_AFTER_SIGTERM = 143;

    // tests run in several processes, and two of them have a crew
    private final Path directory = PasserelleProcess.copyShipped(PasserelleProcess.repository()
            .resolve("target/campaign-" + ProcessHandle.current().pid()));
    private final String redisUrl;
    private final List<String> secrets;
    private final PahekoStandIn paheko;
    private final Consumer<Incident> incidents;
    private final List<Worker> alive = new ArrayList<>();
    private final List<String> secretsSaid = new CopyOnWriteArrayList<>();
    private int kills;
    private int stops;

    Crew(String redisUrl, PahekoStandIn paheko, List<String> secrets, Consumer<Incident> incidents) {
        this.redisUrl = redisUrl;
        this.paheko = paheko;
        this.secrets = secrets;
        this.incidents = incidents;
    }

    /** Starts one more, with the options that are shipped, and with waits that suit a campaign. */
    Worker start(int inFlight) {
        PasserelleProcess process = PasserelleProcess.builder().directory(directory).receiver(paheko)
                .jvmOptions("-XX:+UseSerialGC", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1",
                        "-Dcamel.component.redis-streams.configuration.lease-duration=3000")
                .environment("REDIS_URL", redisUrl)
                .environment("PAHEKO_PUSH_REQUESTS_IN_FLIGHT", inFlight).environment("PAHEKO_PUSH_MAX_IN_PROGRESS", inFlight + 16)
                .environment("PAHEKO_PUSH_MAX_RETRIES", 2).environment("PAHEKO_PUSH_BACKOFF_SECONDS", 0.05)
                .environment("PAHEKO_PUSH_TIMEOUT_SECONDS", 3)
                .environment("PAHEKO_PUSH_REPLAY_SECONDS", 0.3).environment("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 1)
                .environment("PAHEKO_PUSH_PROBE_SECONDS", 0.1).environment("PAHEKO_PUSH_PROBE_MAX_SECONDS", 0.3)
                .onLine(this::listen).start();
        Worker worker = new Worker(process, inFlight);
        alive.add(worker);
        return worker;
    }

    private void listen(String line) {
        if (secrets.stream().anyMatch(line::contains)) {
            secretsSaid.add(line);
        }
    }

    /** What it has under way may have been booked, and comes again. */
    void kill(Worker worker) {
        long begin = System.nanoTime();
        worker.process().kill9();
        kills++;
        incidents.accept(new Incident("kill -9", begin, System.nanoTime(), worker.inFlight()));
        alive.remove(worker);
    }

    /** Restarts under load begin with this. */
    void stop(Worker worker) {
        end(worker);
        stops++;
    }

    /** In good order: nothing may come again because of it. */
    void end(Worker worker) {
        worker.process().sigterm();
        int code = worker.process().waitFor(STOP_LIMIT);
        if (code != EXIT_AFTER_SIGTERM) {
            throw new CampaignFailure("After a SIGTERM the worker ended with " + code);
        }
        alive.remove(worker);
    }

    /** The one that is at work, or will be. */
    Worker one() {
        return alive.isEmpty() ? start(1) : alive.get(0);
    }

    /** Of several, the one that is at work. */
    Worker active() {
        return alive.stream().filter(Crew::isActive).findFirst().orElse(null);
    }

    static boolean isActive(Worker worker) {
        return hasRole(worker, "active");
    }

    static boolean isStandingBy(Worker worker) {
        return hasRole(worker, "standby");
    }

    private static boolean hasRole(Worker worker, String role) {
        try {
            return role.equals(worker.process().health().text("role"));
        } catch (IOException e) {
            // it has only just begun
            return false;
        }
    }

    List<Worker> alive() {
        return List.copyOf(alive);
    }

    void checkAlive() {
        alive.stream().filter(worker -> !worker.process().isAlive()).findFirst().ifPresent(worker -> {
            throw new CampaignFailure("A worker ended by itself; its last lines:\n" + String.join("\n", last(worker.process().lines())));
        });
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }

    List<String> secretsSaid() {
        return secretsSaid;
    }

    int kills() {
        return kills;
    }

    int stops() {
        return stops;
    }

    @Override
    public void close() {
        alive.forEach(worker -> worker.process().close());
    }
}
