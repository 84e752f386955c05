package io.github.passerelle.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

import io.github.passerelle.camel.redisstreams.TryOutcome;

/**
 * What the push channel remembers of its deliveries since it was started. How long ago something was, it measures with a clock that nobody can
 * set.
 */
public class Channel {

    private record Moment(Instant at, long nanos) {
    }

    private final Clock clock;
    private final LongSupplier nanos;
    private final long started;
    private volatile Moment lastSuccess;
    private volatile Moment failingSince;
    private volatile Moment lastDoubt;
    private volatile String lastDelivered;
    private volatile String lastError;

    public Channel() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanos counts up from anywhere, as {@link System#nanoTime()} does */
    Channel(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    /** @param key the idempotency key of what Paheko took */
    void delivered(String key) {
        lastDelivered = key;
        lastSuccess = now();
        failingSince = null;
    }

    /** @param ambiguous whether Paheko may have done nevertheless what it was asked, or may still be at it */
    void failed(Cause cause, boolean ambiguous) {
        if (ambiguous) {
            lastDoubt = now();
        }
        lastError = cause.code();
        FailureClass failureClass = cause.failureClass();
        if (failureClass == FailureClass.REJECTED) {
            // the answer of a Paheko that is well
            failingSince = null;
        } else if (failureClass.outcome() != TryOutcome.NOT_ASKED && failingSince == null) {
            failingSince = now();
        }
    }

    private Moment now() {
        return new Moment(clock.instant(), nanos.getAsLong());
    }

    /** How long ago it was started. */
    public Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - started);
    }

    /** When Paheko last took an entry; null when it has not yet. */
    public Instant lastSuccessAt() {
        Moment success = lastSuccess;
        return success == null ? null : success.at();
    }

    /** How long ago that was; null when it has not yet. */
    public Duration sinceSuccess() {
        return since(lastSuccess);
    }

    /** The idempotency key of what Paheko took last; null when it has not taken anything yet. */
    public String lastDelivered() {
        return lastDelivered;
    }

    /** For how long every try has failed for a reason that lies not in the entry; null when the last answer was Paheko's own. */
    public Duration failingFor() {
        return since(failingSince);
    }

    /** How long ago a request ended that Paheko may still be at; null when none has. */
    Duration sinceDoubt() {
        return since(lastDoubt);
    }

    private Duration since(Moment moment) {
        return moment == null ? null : Duration.ofNanos(nanos.getAsLong() - moment.nanos());
    }

    /** The cause code of the last failed try; null when none has failed. */
    public String lastError() {
        return lastError;
    }
}
