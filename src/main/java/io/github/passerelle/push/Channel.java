package io.github.passerelle.push;

import java.time.Clock;
import java.time.Instant;

import io.github.passerelle.camel.redisstreams.TryOutcome;

/**
 * What the push channel remembers of its deliveries since it was started.
 */
public class Channel {

    private final Clock clock;
    private final Instant startedAt;
    private volatile Instant lastSuccessAt;
    private volatile Instant failingSince;
    private volatile String lastError;

    public Channel() {
        this(Clock.systemUTC());
    }

    Channel(Clock clock) {
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    void delivered() {
        lastSuccessAt = clock.instant();
        failingSince = null;
    }

    void failed(Cause cause) {
        lastError = cause.code();
        FailureClass failureClass = cause.failureClass();
        if (failureClass == FailureClass.REJECTED) {
            // the answer of a Paheko that is well
            failingSince = null;
        } else if (failureClass.outcome() != TryOutcome.NOT_ASKED && failingSince == null) {
            failingSince = clock.instant();
        }
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** When Paheko last took an entry; null when it has not yet. */
    public Instant lastSuccessAt() {
        return lastSuccessAt;
    }

    /** Since when every try has failed for a reason that lies not in the entry; null when the last answer was Paheko's own. */
    public Instant failingSince() {
        return failingSince;
    }

    /** The cause code of the last failed try; null when none has failed. */
    public String lastError() {
        return lastError;
    }
}
