package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.camel.redisstreams.Count;
import io.github.passerelle.camel.redisstreams.Counters;
import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;

/** What an entry counts, and when, without Redis. */
class LedgerTest {

    private static final CamelContext CONTEXT = new DefaultCamelContext();

    @ParameterizedTest
    @CsvSource({ "2026-11-20T22:59:59.999Z, hour:2026-11-20T22:00:00Z, day:2026-11-20",
            "2026-11-20T23:00:00Z, hour:2026-11-20T23:00:00Z, day:2026-11-21" })
    void whatIsDeliveredCountsInTheHourAndOnTheDayOfTheProcess(Instant moment, String hour, String day) {
        Exchange exchange = exchange(true);
        ledgerAt(moment).count(exchange);
        assertThat(exchange.getProperty(RedisStreamsConstants.COUNTERS, Counters.class)).isEqualTo(new Counters("", "entry:1-0", false,
                List.of(new Count(hour, Map.of("delivered", 1L), Map.of(), 7), new Count(day, Map.of("delivered", 1L), Map.of(), 400))));
        ledgerAt(moment).refuse(exchange);
        assertThat(exchange.getProperty(RedisStreamsConstants.COUNTS)).isEqualTo(List.of(new Count(hour, Map.of("refused", 1L), Map.of(), 7),
                new Count(day, Map.of("refused", 1L), Map.of(), 400)));
    }

    @Test
    void whatWasLeftOutCountsInNoHour() {
        Exchange exchange = exchange(false);
        ledgerAt(Instant.EPOCH).count(exchange);
        assertThat(exchange.getProperty(RedisStreamsConstants.COUNTERS, Counters.class).counts()).isEmpty();
        assertThat(exchange.getProperty(RedisStreamsConstants.UNASKED, Boolean.class)).isTrue();
    }

    private static Ledger ledgerAt(Instant moment) {
        return new Ledger(Clock.fixed(moment, ZoneOffset.UTC));
    }

    private static Exchange exchange(boolean delivered) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.setProperty("idempotencyKey", "entry:1-0");
        exchange.setProperty("delivered", delivered);
        return exchange;
    }
}
