package io.github.passerelle.campaign;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** How long is waited for something, and for all of it together. */
final class Patience {

    private static final Duration FOR_ONE_THING = Duration.ofSeconds(180);

    private final long end;

    Patience(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
    }

    void await(String what, BooleanSupplier condition) {
        await(what, FOR_ONE_THING, condition);
    }

    void await(String what, Duration limit, BooleanSupplier condition) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        try {
            Awaitility.await().atMost(left.compareTo(limit) < 0 ? left : limit).pollInSameThread().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new CampaignFailure("Gave up waiting for " + what);
        }
    }
}
