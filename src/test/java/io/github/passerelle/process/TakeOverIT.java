package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Till;

/** Two processes on one stream. */
class TakeOverIT extends ProcessTest {

    private PasserelleProcess active;
    private PasserelleProcess standby;

    @Test
    void theOtherTakesOverWhatWasInProgressWhenTheFirstDies() {
        startBoth();
        Hold answer = paheko.holdAnswer();
        List<Published> sales = new ArrayList<>(till.publish(till.session(3)));
        answer.awaitHeld();
        active.kill9();
        answer.release();
        sales.addAll(till.publish(till.session(2)));
        awaitAllAcknowledged();
        standby.awaitHealth("at work", health -> health.text("role").equals("active") && health.status() == 200);
        assertThat(paheko.accepted()).containsOnlyKeys(keys(sales));
        assertThat(paheko.ledger().stream().filter(Received::duplicate)).as("what was in flight").hasSize(1);
    }

    @Test
    void theOtherTakesOverAfterTheLastRequestOfOneThatStops() {
        startBoth();
        Hold hold = paheko.hold();
        List<Published> sales = till.publish(till.session(3));
        hold.awaitHeld();
        active.sigterm();
        active.awaitLine(line -> line.contains("Waiting as there are still"), STOP_LIMIT);
        assertThat(paheko.ledger()).as("the other one waits for it").hasSize(1);
        hold.release();
        assertThat(active.waitFor(STOP_LIMIT)).isEqualTo(EXIT_AFTER_SIGTERM);
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
        assertThat(standby.linesWith("Delivered to Paheko")).hasSize(4);
    }

    @Test
    void aStopBetweenTwoTriesGivesTheLeaseBack() {
        CashSession session = till.session(1);
        paheko.when(request -> request.key().equals(session.tickets().get(0).key()), 1, Behaviour.answer(503));
        startBoth("PAHEKO_PUSH_BACKOFF_SECONDS", 600);
        till.publish(session);
        active.awaitLine(line -> line.contains("\"outcome\":\"failed\""), STOP_LIMIT);
        String lease = lease();
        active.sigterm();
        assertThat(active.waitFor(STOP_LIMIT)).isEqualTo(EXIT_AFTER_SIGTERM);
        assertThat(lease()).as("ended, or another one's").isNotEqualTo(lease);
        awaitAllAcknowledged();
    }

    @Test
    void oneThatWasFrozenSendsAndAcknowledgesNothingMore() {
        CashSession session = till.session(6);
        // the first ticket fails now and then, so that it is between two tries when the process is frozen
        paheko.when(request -> request.key().equals(session.tickets().get(0).key()), 2, Behaviour.answer(503));
        startBoth("PAHEKO_PUSH_BACKOFF_SECONDS", 2);
        List<Published> sales = new ArrayList<>(till.publish(session));
        paheko.awaitRequests(1, session.tickets().get(0).key());
        active.sigstop();
        standby.awaitHealth("at work", health -> health.text("role").equals("active"));
        awaitAllAcknowledged();
        int requests = paheko.ledger().size();
        long lines = active.linesWith("outcome").count();

        active.sigcont();
        active.awaitHealth("standing by", health -> health.text("role").equals("standby") && health.status() == 200);
        sales.addAll(till.publish(till.session(2)));
        awaitAllAcknowledged();
        assertThat(paheko.ledger()).hasSize(requests + 4);
        assertThat(paheko.ledger()).noneMatch(Received::duplicate);
        assertThat(paheko.accepted()).containsOnlyKeys(keys(sales));
        assertThat(active.linesWith("\"outcome\":\"delivered\"").count()).isLessThanOrEqualTo(lines);
    }

    private String lease() {
        Object lease = redis.command("GET", "{" + Till.STREAM + "}:leader:" + Till.GROUP);
        return lease == null ? null : Redis.text(lease);
    }

    private void startBoth(Object... settings) {
        active = start(with(settings));
        active.awaitHealth("at work", health -> health.text("role").equals("active"));
        standby = start(with(settings));
        standby.awaitHealth("standing by", health -> health.text("role").equals("standby") && health.text("push_worker").equals("ok"));
    }

    private PasserelleProcess.Builder with(Object... settings) {
        PasserelleProcess.Builder builder = application();
        for (int i = 0; i < settings.length; i += 2) {
            builder.environment(settings[i].toString(), settings[i + 1]);
        }
        return builder;
    }

    private static String[] keys(List<Published> sales) {
        return sales.stream().map(Published::key).toArray(String[]::new);
    }
}
