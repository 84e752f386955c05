package io.github.passerelle.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The time the whole demonstration may take; what is not there by then is reported as missing. */
final class Deadline {

    private final long end;

    Deadline(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
    }

    /**
     * Waits for a condition.
     *
     * @param what    what is waited for
     * @param missing says, when the time is over, how far things have come
     */
    void await(String what, BooleanSupplier condition, Supplier<String> missing) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        try {
            Awaitility.await().atMost(left).pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new DemoFailure("Gave up waiting for " + what + ". " + missing.get());
        }
    }
}
