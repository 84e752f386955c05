package io.github.passerelle.push;

import java.time.Clock;
import java.time.Instant;

/**
 * What the push channel remembers of its deliveries since it was started.
 */
public class Channel {

    private final Clock clock;
    private final Instant startedAt;
    private volatile Instant lastSuccessAt;
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
    }

    void failed(Cause cause) {
        lastError = cause.code();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** When Paheko last took an entry; null when it has not yet. */
    public Instant lastSuccessAt() {
        return lastSuccessAt;
    }

    /** The cause code of the last failed try; null when none has failed. */
    public String lastError() {
        return lastError;
    }
}
