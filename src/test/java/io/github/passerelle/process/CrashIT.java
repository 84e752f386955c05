package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Till;

class CrashIT extends ProcessTest {

    @Test
    void sendsASaleAgainUnderTheSameKeyWhenKilledBetweenTheAnswerAndTheAcknowledgement() {
        Hold answer = paheko.holdAnswer();
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start();
        answer.awaitHeld();
        application.kill9();
        answer.release();
        assertThat(paheko.accepted()).containsOnlyKeys(sale.key());
        assertThat(pending()).containsExactly(sale.entryId());

        start();
        awaitAllAcknowledged();
        List<Received> both = paheko.received(sale.key());
        assertThat(both).hasSize(2).allSatisfy(request -> assertThat(request.body()).isEqualTo(sale.payload()));
        assertThat(both).extracting(Received::booked).containsExactly(true, false);
        assertThat(both.get(1).duplicate()).isTrue();
        assertThat(both.get(1).header("X-Request-Id")).isEqualTo(both.get(0).header("X-Request-Id")).isEqualTo(sale.entryId());
        assertThat(paheko.ledger()).hasSize(2);
        assertThat(countedToday("tickets")).as("counted once").isEqualTo(1);
        assertThat(countedToday("cents")).isEqualTo(sale.sale().amountCents());
    }

    /** Of today and, around midnight, of yesterday. */
    private long countedToday(String field) {
        return ((List<?>) redis.command("KEYS", "{" + Till.STREAM + "}:counted:" + Till.GROUP + ":day:*")).stream()
                .mapToLong(day -> Long.parseLong(Redis.text(redis.command("HGET", day, field)))).sum();
    }

    @Test
    void resumesAtTheOldestPendingEntryWhenKilledDuringABackoff() {
        paheko.answerNext(3, Behaviour.normal());
        paheko.always(Behaviour.answer(503));
        List<Published> sales = new ArrayList<>(till.publish(till.session(20)));
        PasserelleProcess application = start(application().environment("PAHEKO_PUSH_BACKOFF_SECONDS", "600"));
        paheko.awaitRequests(4);
        application.awaitLine(line -> line.contains("\"outcome\":\"failed\""), STOP_LIMIT);
        application.kill9();
        assertThat(pending()).first().isEqualTo(sales.get(3).entryId());

        sales.addAll(publishTickets(3));
        paheko.forget();
        paheko.normal();
        start();
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales.subList(3, sales.size()));
    }
}
