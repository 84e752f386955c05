package io.github.passerelle.push;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * How long Paheko wants to be left alone: the header {@code Retry-After} of an answer 408, 425, 429 or 503 (RFC 9110, section 10.2.3), between
 * one second and fifteen minutes. What cannot be read counts as not said.
 */
final class RetryAfter {

    private static final long MIN_MILLIS = 1_000;
    private static final long MAX_MILLIS = Duration.ofMinutes(15).toMillis();

    private final Clock clock;

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds from now. */
    Optional<Long> of(HttpOperationFailedException answer) {
        if (answer == null || !isHeeded(answer.getStatusCode()) || answer.getResponseHeaders() == null) {
            return Optional.empty();
        }
        return answer.getResponseHeaders().entrySet().stream().filter(header -> "retry-after".equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue).findFirst().flatMap(this::millis);
    }

    private static boolean isHeeded(int status) {
        return status == 408 || status == 425 || status == 429 || status == 503;
    }

    private Optional<Long> millis(String value) {
        String text = value == null ? "" : value.strip();
        if (text.matches("-?[0-9]+")) {
            // more digits than a long has: far beyond the longest time, or before the shortest
            boolean fits = text.length() < 16;
            long seconds = fits ? Long.parseLong(text) : text.startsWith("-") ? 0 : MAX_MILLIS;
            return Optional.of(bounded(seconds * 1_000));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text)).map(date -> bounded(clock.instant().until(date, ChronoUnit.MILLIS)));
    }

    private static long bounded(long millis) {
        return Math.max(MIN_MILLIS, Math.min(MAX_MILLIS, millis));
    }
}
