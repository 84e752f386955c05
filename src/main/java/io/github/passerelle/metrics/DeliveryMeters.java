package io.github.passerelle.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.passerelle.push.Cause;
import io.github.passerelle.push.DeliveryListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts what happens to the entries. Each counter is there from the beginning, so that its first step can be seen. */
final class DeliveryMeters implements DeliveryListener {

    private static final String NO_CAUSE = "none";

    /** The whole of an answer has so long. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final List<Duration> BUCKETS = Stream.of(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis).toList();

    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter redeliveries;
    private final Timer requests;

    /** @param timeout how long an answer may take to begin */
    DeliveryMeters(MeterRegistry registry, Duration timeout) {
        this.registry = registry;
        this.redeliveries = Counter.builder("passerelle.redeliveries").description("Requests for an entry that was sent before")
                .register(registry);
        this.requests = Timer.builder("passerelle.request.duration").description("How long a request to Paheko took, whatever the answer")
                .serviceLevelObjectives(buckets(timeout)).register(registry);
        this.delivered = deliveries("delivered", NO_CAUSE);
        deliveries("skipped", NO_CAUSE);
        deliveries("pending", NO_CAUSE);
        for (Cause cause : Cause.values()) {
            failedTries(cause);
            deliveries("pending", cause.code());
            deliveries("quarantined", cause.code());
        }
        Stream.of("equal", "different", "unknown").forEach(this::closedSessions);
    }

    private static Duration[] buckets(Duration timeout) {
        return Stream.concat(BUCKETS.stream().filter(bucket -> bucket.compareTo(timeout) < 0), Stream.of(timeout, LONGEST)).distinct()
                .toArray(Duration[]::new);
    }

    private Counter deliveries(String outcome, String cause) {
        return Counter.builder("passerelle.deliveries").description("Rounds by what came of them").tag("outcome", outcome).tag("cause", cause)
                .register(registry);
    }

    private Counter failedTries(Cause cause) {
        return Counter.builder("passerelle.failed.tries").description("Tries that failed").tag("cause", cause.code()).register(registry);
    }

    private Counter closedSessions(String totals) {
        return Counter.builder("passerelle.closed.sessions").description("Closed cash sessions by whether the totals agree")
                .tag("totals", totals).register(registry);
    }

    @Override
    public void requested(Duration time, boolean again) {
        requests.record(time);
        if (again) {
            redeliveries.increment();
        }
    }

    @Override
    public void tryFailed(Cause cause) {
        failedTries(cause).increment();
    }

    @Override
    public void delivered() {
        delivered.increment();
    }

    @Override
    public void leftPending(Cause cause) {
        deliveries("pending", cause == null ? NO_CAUSE : cause.code()).increment();
    }

    @Override
    public void quarantined(Cause cause) {
        deliveries("quarantined", cause.code()).increment();
    }

    @Override
    public void skipped() {
        deliveries("skipped", NO_CAUSE).increment();
    }

    @Override
    public void closed(String totals) {
        closedSessions(totals).increment();
    }
}
