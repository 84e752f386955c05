package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private final RetryAfter retryAfter
            = new RetryAfter(Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({ "1, 1000", "120, 120000", " 120 , 120000", "0120, 120000", "900, 900000" })
    void isANumberOfSeconds(String value, long millis) {
        assertThat(retryAfter.of(answer(429, "Retry-After", value))).contains(millis);
    }

    @ParameterizedTest
    @CsvSource({ "0", "-0", "-1", "-120", "-99999999999999999999999999" })
    void isAtLeastOneSecond(String value) {
        assertThat(retryAfter.of(answer(429, "Retry-After", value))).contains(1_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = { "901", "86400", "31536000", "9223372036854775807", "9223372036854775808", "99999999999999999999999999" })
    void isAtMostFifteenMinutes(String value) {
        assertThat(retryAfter.of(answer(503, "Retry-After", value))).contains(900_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Fri, 20 Nov 2026 08:02:00 GMT   | 120000",
            "Friday, 20-Nov-26 08:02:00 GMT  | 120000",
            "Fri, 20 Nov 2026 08:00:00 GMT   | 1000",
            "Fri, 20 Nov 2026 07:00:00 GMT   | 1000",
            "Thu, 01 Jan 1970 00:00:00 GMT   | 1000",
            "Fri, 20 Nov 2026 09:00:00 GMT   | 900000",
            "Fri, 31 Dec 9999 23:59:59 GMT   | 900000" })
    void orADate(String value, long millis) {
        assertThat(retryAfter.of(answer(503, "Retry-After", value))).contains(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "soon", "1.5", "1e3", "+30", "0x10", "120 s", "120, 60", "NaN", "\u0661\u0662", "2026-11-20T08:02:00Z",
            "Fri, 20 Nov 2026", "Fri, 32 Nov 2026 08:02:00 GMT" })
    void whatCannotBeReadCountsAsNotSaid(String value) {
        assertThat(retryAfter.of(answer(503, "Retry-After", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 408, 425, 429, 503 })
    void isHeededWhereItMeansPatience(int status) {
        assertThat(retryAfter.of(answer(status, "retry-AFTER", "7"))).contains(7_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 400, 401, 403, 404, 413, 500, 502, 504 })
    void isNotHeededElsewhere(int status) {
        assertThat(retryAfter.of(answer(status, "Retry-After", "7"))).isEmpty();
    }

    @Test
    void withoutAnAnswerOrAHeaderNothingIsSaid() {
        assertThat(retryAfter.of(null)).isEmpty();
        assertThat(retryAfter.of(answer(503, "Date", "7"))).isEmpty();
        assertThat(retryAfter.of(new HttpOperationFailedException("https://paheko.example/", 503, "", null, null, ""))).isEmpty();
    }

    private static HttpOperationFailedException answer(int status, String header, String value) {
        return new HttpOperationFailedException("https://paheko.example/", status, "", null, Map.of(header, value), "");
    }
}
