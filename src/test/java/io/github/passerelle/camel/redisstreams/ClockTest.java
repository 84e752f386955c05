package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the clock of the machine. */
class ClockTest extends StreamTest {

    private static final long HOUR = 3_600_000;
    private static final long LONGEST_DELAY = 5_000;

    /** Time stands still, until somebody sets the clock. */
    private static final class StandingTime implements Time {

        private volatile long clock = System.currentTimeMillis();

        @Override
        public long ticks() {
            return 1_000;
        }

        @Override
        public long wallClock() {
            return clock;
        }
    }

    private final StandingTime time = new StandingTime();
    private RedisStreamsConfiguration configuration;
    private RedisStream redisStream;
    private String id;

    @BeforeEach
    void oneEntryWaitsForItsNextRound() {
        id = add(1).get(0);
        readByAnEarlierProcess();
        setRecord(id, "1 " + (time.clock + 2_000) + " - ");
        configuration = configuration();
        configuration.setConsumerName("camel");
        configuration.setExclusive(true);
        redisStream = new RedisStream(closing(new RedissonClients()).get(configuration, null), configuration, "one");
    }

    @Test
    void aNextRoundKeepsItsTime() throws Exception {
        assertThat(nextDue()).isEqualTo(time.ticks() + 2_000);
    }

    @Test
    void aClockThatWasSetBackPutsNoEntryOffForLongerThanTheLongestDelay() throws Exception {
        time.clock -= HOUR;
        assertThat(nextDue()).isEqualTo(time.ticks() + LONGEST_DELAY);
    }

    @Test
    void aClockThatWasSetForwardMakesItDue() throws Exception {
        time.clock += HOUR;
        assertThat(nextDue()).isEqualTo(time.ticks());
    }

    @ParameterizedTest
    @ValueSource(longs = { -HOUR, HOUR })
    void theLeaseIsNeitherLostNorProlonged(long change) throws Exception {
        Lease lease = new Lease(redisStream, true, Duration.ofSeconds(5), time);
        assertThat(lease.renew(null)).hasValue(List.of());
        time.clock += change;
        assertThat(lease.isHeld()).isTrue();
        Long left = (Long) redis.command("PTTL", key("leader:" + StreamApp.GROUP));
        assertThat(left).isBetween(1L, 5_000L);
        assertThat(lease.renew(null)).hasValue(List.of());
    }

    /** When the consumer that begins now would hand it out, on the clock that nobody can set. */
    private long nextDue() throws InterruptedException {
        Backlog backlog = new Backlog();
        new PendingScanner(redisStream, backlog, new Orders(configuration, new DefaultCamelContext()), time, LONGEST_DELAY, () -> {
        }).scan(List.of());
        assertThat(backlog.knows(id(id))).isTrue();
        return backlog.nextDue();
    }
}
