package io.github.passerelle.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.apache.camel.Exchange;

/**
 * The answer to {@code GET /health}. What it says is so at this moment.
 */
public class Health {

    private final Clock clock;
    private Watch watch;

    public Health() {
        this(Clock.systemUTC());
    }

    Health(Clock clock) {
        this.clock = clock;
    }

    public void setWatch(Watch watch) {
        this.watch = watch;
    }

    /** Sets the body to the report and the status to 200, or 503 when something is wrong. */
    public void report(Exchange exchange) throws InterruptedException {
        Situation situation = watch.look();
        exchange.getMessage().setBody(report(situation));
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, situation.isWell() ? 200 : 503);
    }

    Map<String, Object> report(Situation situation) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", situation.isWell() ? "ok" : "error");
        report.put("redis", situation.redis() ? "ok" : "error");
        report.put("push_worker", name(situation.worker()));
        report.put("role", name(situation.role()));
        report.put("last_success_at", situation.lastSuccessAt() == null ? null : situation.lastSuccessAt().toString());
        report.put("last_error", situation.lastError());
        report.put("waiting", situation.waiting());
        report.put("pending", situation.pending());
        report.put("held", situation.held());
        report.put("collected", situation.collected());
        report.put("quarantined", situation.quarantined());
        report.put("oldest_pending_seconds", age(situation.oldestPending()));
        report.put("paused", situation.paused());
        report.put("attention", situation.attention());
        return report;
    }

    private Long age(Instant written) {
        return written == null ? null : (Long) Math.max(0, Duration.between(written, clock.instant()).toSeconds());
    }

    private static String name(Enum<?> word) {
        return word == null ? null : word.name().toLowerCase(Locale.ROOT);
    }
}
