package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.push.Periods;

/** What the shipped routes count in hours and days. */
class CountedTest extends TrackingTest {

    @Test
    void eachEntryCountsForWhatBecameOfIt() throws Exception {
        start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 1));
        CashSession session = till.session(3);
        SaleEvent failing = session.tickets().get(1);
        paheko.when(request -> request.key().equals(failing.key()), 1, Behaviour.answer(503));
        List<Published> published = till.publish(session);
        Published again = till.publish(session.tickets().get(0));
        untilDelivered(again);
        untilDelivered(published.get(4));
        Published refused = quarantinedTicket();
        redis.xadd(stream, "payload", "no json");
        until("unreadable", () -> tracking.queries().overview().totalQuarantined() == 2);
        assertThat(tracking.decisions().discard(id(refused), BY_MARIE).result()).isEqualTo(Outcome.Result.DONE);
        assertThat(tracking.decisions().discard(id(refused), BY_MARIE).result()).isEqualTo(Outcome.Result.ALREADY);
        for (List<Period> periods : hoursAndDays()) {
            assertThat(sum(periods, Period::delivered)).as("opened, tickets and closed, each once").isEqualTo(5);
            assertThat(sum(periods, Period::tickets)).isEqualTo(3);
            assertThat(sum(periods, Period::cents)).isEqualTo(session.tickets().stream().mapToLong(SaleEvent::amountCents).sum());
            assertThat(sum(periods, Period::repeated)).isEqualTo(1);
            assertThat(sum(periods, Period::failed)).as("a refusal is no failure").isEqualTo(1);
            assertThat(sum(periods, Period::refused)).isEqualTo(2);
            assertThat(sum(periods, Period::discarded)).isEqualTo(1);
        }
        assertThat(ttl("hour:")).isNotEmpty().allMatch(seconds -> seconds > 6 * 86_400 && seconds <= 7 * 86_400);
        assertThat(ttl("day:")).isNotEmpty().allMatch(seconds -> seconds > 399 * 86_400 && seconds <= 400 * 86_400);
    }

    @Test
    void aReplayCountsAsRefusedAgainOrAsDeliveredAtLast() throws Exception {
        start();
        Published refused = quarantinedTicket();
        tracking.decisions().replay(id(refused), BY_MARIE);
        until("refused again", () -> paheko.received(refused.key()).size() == 2 && state(refused) == State.QUARANTINED);
        paheko.always(Behaviour.accept());
        tracking.decisions().replay(id(refused), BY_MARIE);
        untilDelivered(refused);
        for (List<Period> periods : hoursAndDays()) {
            assertThat(sum(periods, Period::refused)).isEqualTo(2);
            assertThat(sum(periods, Period::delivered)).isEqualTo(1);
            assertThat(sum(periods, Period::repeated)).isEqualTo(1);
            assertThat(sum(periods, Period::failed)).isZero();
        }
    }

    @Test
    void aTicketWithoutASessionCountsOnceAsWell() throws Exception {
        paheko.always(Behaviour.accept());
        start();
        SaleEvent ticket = till.ticket().with("\"cash_session_id\": \"[^\"]+\"", "\"cash_session_id\": 7");
        untilDelivered(till.publish(ticket));
        untilDelivered(till.publish(ticket));
        for (List<Period> periods : hoursAndDays()) {
            assertThat(sum(periods, Period::delivered)).isEqualTo(1);
            assertThat(sum(periods, Period::cents)).isEqualTo(ticket.amountCents());
        }
    }

    @Test
    void aTicketOfUnknownAmountMakesTheSumUnknown() throws Exception {
        paheko.always(Behaviour.accept());
        start();
        untilDelivered(till.publish(till.ticket()));
        untilDelivered(till.publish(till.ticket().with("\"total_amount\": (\\d+)", "\"total_amount\": \"$1\"")));
        for (List<Period> periods : hoursAndDays()) {
            assertThat(sum(periods, Period::tickets)).isEqualTo(2);
            assertThat(periods).extracting(Period::cents).containsNull();
        }
    }

    @Test
    void whatIsLeftOutOnPurposeIsNotDelivered() throws Exception {
        start(app().setting("PAHEKO_PUSH_SKIP_VIRTUAL", true));
        CashSession session = till.session(1);
        till.publish(session.opened().with("\"session_type\": \"real\"", "\"session_type\": \"virtual\""));
        till.publish(session.tickets().get(0));
        Published closed = till.publish(session.closed());
        untilDelivered(closed);
        assertThat(paheko.ledger()).isEmpty();
        assertThat(hoursAndDays()).allSatisfy(periods -> assertThat(periods).allMatch(Period::isEmpty));
    }

    @Test
    void somebodyElsesValuesInTheirPlaceStopNothing() throws Exception {
        redis.command("SET", "{" + stream + "}:counted:" + Till.GROUP, "x");
        for (String name : keys()) {
            redis.command("SET", counted(name), "x");
        }
        start();
        deliveredTicket();
        pendingTicket();
        Published refused = quarantinedTicket();
        tracking.decisions().discard(id(refused), BY_MARIE);
        for (List<Period> periods : hoursAndDays()) {
            assertThat(sum(periods, Period::delivered)).isEqualTo(1);
            assertThat(sum(periods, Period::failed)).isEqualTo(1);
            assertThat(sum(periods, Period::refused)).isEqualTo(1);
            assertThat(sum(periods, Period::discarded)).isEqualTo(1);
        }
    }

    private void untilDelivered(Published sale) {
        until("delivered", () -> state(sale) == State.DELIVERED);
    }

    /** The last two of each, as a test may begin in one and end in the next. */
    private List<List<Period>> hoursAndDays() throws InterruptedException {
        return List.of(tracking.queries().hours(2), tracking.queries().days(2));
    }

    private static long sum(List<Period> periods, ToLongFunction<Period> number) {
        return periods.stream().mapToLong(number).sum();
    }

    /** The names of the current hour and day, and of the next ones. */
    private static List<String> keys() {
        Instant now = Instant.now();
        return Stream.of(now, now.plusSeconds(3600))
                .flatMap(moment -> Stream.of(Periods.nameOfHour(moment), Periods.nameOfDay(Periods.day(moment)))).distinct().toList();
    }

    private List<Long> ttl(String prefix) {
        return ((List<?>) redis.command("KEYS", counted(prefix + "*"))).stream()
                .map(key -> (Long) redis.command("TTL", key)).toList();
    }
}
