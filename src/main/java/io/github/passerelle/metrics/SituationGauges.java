package io.github.passerelle.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.passerelle.health.Situation;
import io.github.passerelle.health.Situation.PushWorker;
import io.github.passerelle.health.Situation.Role;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How things are, as gauges. What is unknown is not a number. */
final class SituationGauges {

    private final Glance glance;
    private final Clock clock;

    SituationGauges(Glance glance, Clock clock) {
        this.glance = glance;
        this.clock = clock;
    }

    void bindTo(MeterRegistry registry) {
        gauge("passerelle.redis.up", "Whether Redis answered", now -> flag(now.redis())).register(registry);
        for (PushWorker state : PushWorker.values()) {
            gauge("passerelle.push.worker", "Whether the channel gets on", now -> flag(now.worker() == state)).tag("state", name(state))
                    .register(registry);
        }
        for (Role role : Role.values()) {
            gauge("passerelle.role", "Which part this process plays", now -> flag(now.role() == role)).tag("role", name(role)).register(registry);
        }
        gauge("passerelle.paused", "Whether nothing gets through and the channel only probes", now -> flag(now.paused())).register(registry);
        gauge("passerelle.waiting", "Entries not yet read", Situation::waiting).baseUnit("entries").register(registry);
        gauge("passerelle.pending", "Entries read and not delivered, which are tried again by themselves", Situation::pending).baseUnit("entries")
                .register(registry);
        gauge("passerelle.held", "Closes of cash sessions that wait", Situation::held).baseUnit("entries").register(registry);
        gauge("passerelle.collected", "Entries that are booked when their cash session is closed", Situation::collected).baseUnit("entries")
                .register(registry);
        gauge("passerelle.quarantined", "Entries put aside until a person decides", Situation::quarantined).baseUnit("entries")
                .register(registry);
        gauge("passerelle.oldest.undelivered.age", "Age of the oldest entry that waits or is pending, 0 when there is none", this::oldestAge)
                .baseUnit("seconds").register(registry);
        gauge("passerelle.last.success.timestamp", "When Paheko last took an entry, since the start of the process",
                now -> now.lastSuccessAt() == null ? null : now.lastSuccessAt().toEpochMilli() / 1000.0).baseUnit("seconds").register(registry);
        gauge("passerelle.trimmed", "Entries dropped from the stream before they were read", now -> now.redis() ? now.stream().trimmed() : null)
                .baseUnit("entries").register(registry);
        gauge("passerelle.headroom", "The part of what the stream keeps that may still come before undelivered entries are dropped",
                now -> now.headRoom().map(room -> 1 - (double) room.undelivered() / room.kept()).orElse(null)).baseUnit("ratio")
                .register(registry);
        FunctionCounter.builder("passerelle.acknowledgement.failures", this,
                gauges -> gauges.read(now -> now.consumer() == null ? 0 : now.consumer().acknowledgementFailures()))
                .description("Acknowledgements that Redis did not take; each is repeated").register(registry);
    }

    private Gauge.Builder<SituationGauges> gauge(String name, String description, Function<Situation, Number> value) {
        return Gauge.builder(name, this, gauges -> gauges.read(value)).description(description);
    }

    private double read(Function<Situation, Number> value) {
        try {
            Number number = value.apply(glance.situation());
            return number == null ? Double.NaN : number.doubleValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    /** Unknown where there is something whose age is not known. */
    private Number oldestAge(Situation now) {
        if (!now.redis() || now.pending() > 0 && now.oldestPending() == null) {
            return null;
        }
        return Stream.of(now.oldestWaiting(), now.oldestPending()).filter(written -> written != null).min(Instant::compareTo)
                .map(written -> Math.max(0, Duration.between(written, clock.instant()).toMillis() / 1000.0)).orElse(0.0);
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }

    private static String name(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
