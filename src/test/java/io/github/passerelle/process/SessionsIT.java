package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.passerelle.camel.redisstreams.Decision;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConfiguration;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;
import org.awaitility.Awaitility;

/** What holds of cash sessions, whatever happens to the process. */
class SessionsIT extends ProcessTest {

    private static final int SEEDS = 20;
    private static final int[] IN_FLIGHT = { 1, 2, 4, 8, 16, 32, 64 };

    private final List<CashSession> sessions = new ArrayList<>();
    private final Set<String> toDiscard = new HashSet<>();
    private int lostAnswers;

    @Test
    void aCrashBetweenTheAnswerAndTheAcknowledgementCountsOnce() {
        CashSession session = till.session(1);
        PasserelleProcess application = start();
        till.publish(session.opened());
        awaitAllAcknowledged();
        Hold answer = paheko.holdAnswer();
        till.publish(session.tickets().get(0));
        answer.awaitHeld();
        application.kill9();
        answer.release();
        till.publish(session.closed());
        start();
        awaitAllAcknowledged();
        assertThat(paheko.received(session.tickets().get(0).key())).hasSize(2);
        assertThat(ledger(session)).containsEntry("tickets", "1").containsEntry("totals", "equal");
    }

    /** Each seed ends with a kill; what it leaves is the next one's to finish. */
    @Test
    @Timeout(300)
    void ordersAndCountsWhateverFails() throws Exception {
        List<Published> published = new ArrayList<>();
        int kills = 0;
        int atRisk = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            int inFlight = IN_FLIGHT[seed % IN_FLIGHT.length];
            PasserelleProcess application = start(quick(inFlight));
            int before = paheko.ledger().size();
            published.addAll(publishInterleaved(random));
            paheko.awaitRequests(before + 1 + random.nextInt(40));
            application.kill9();
            kills++;
            atRisk += inFlight;
        }
        start(quick(8));
        finish();

        List<Received> requests = paheko.ledger();
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> booked = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            first.putIfAbsent(requests.get(i).key(), i);
            if (requests.get(i).booked()) {
                booked.put(requests.get(i).key(), i);
            }
        }
        assertThat(kills).isEqualTo(SEEDS);
        assertThat(requests.stream().filter(Received::duplicate).count()).as("sent again although booked").isLessThanOrEqualTo(atRisk + lostAnswers);
        for (CashSession session : sessions) {
            assertOrdered(session, first, booked);
            assertCounted(session, booked.keySet());
        }
    }

    private void assertOrdered(CashSession session, Map<String, Integer> first, Map<String, Integer> booked) {
        List<Integer> tries = new ArrayList<>(List.of(first.get(session.opened().key())));
        session.tickets().forEach(ticket -> tries.add(first.get(ticket.key())));
        assertThat(tries).as("first tries of session " + session.id()).isSorted();
        int closed = first.get(session.closed().key());
        for (SaleEvent ticket : session.tickets()) {
            if (toDiscard.contains(ticket.key())) {
                assertThat(booked).doesNotContainKey(ticket.key());
            } else {
                assertThat(booked.get(ticket.key())).as("%s of session %s, its close is request %d", ticket.label(), session.id(), closed)
                        .isNotNull().isLessThan(closed);
            }
        }
        assertThat(booked).containsKeys(session.opened().key(), session.closed().key());
    }

    private void assertCounted(CashSession session, Set<String> booked) throws IOException {
        long tickets = 0;
        long cents = 0;
        long lines = 0;
        for (SaleEvent ticket : session.tickets()) {
            if (booked.contains(ticket.key())) {
                tickets++;
                cents += ticket.amountCents();
                lines += new ObjectMapper().readTree(ticket.payload()).path("items").size();
            }
        }
        assertThat(ledger(session)).as("ledger of session " + session.id()).containsEntry("tickets", String.valueOf(tickets))
                .containsEntry("cents", String.valueOf(cents)).containsEntry("lines", String.valueOf(lines))
                .containsEntry("totals", tickets == session.tickets().size() ? "equal" : "different");
    }

    private PasserelleProcess.Builder quick(int inFlight) {
        return application().environment("PAHEKO_PUSH_REQUESTS_IN_FLIGHT", inFlight).environment("PAHEKO_PUSH_MAX_IN_PROGRESS", inFlight + 16)
                .environment("PAHEKO_PUSH_MAX_RETRIES", 2).environment("PAHEKO_PUSH_BACKOFF_SECONDS", 0.02)
                .environment("PAHEKO_PUSH_REPLAY_SECONDS", 0.2).environment("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.5)
                .environment("PAHEKO_PUSH_PROBE_SECONDS", 0.1).environment("PAHEKO_PUSH_PROBE_MAX_SECONDS", 0.2);
    }

    /** Four sessions at once, some of their tickets in for trouble. */
    private List<Published> publishInterleaved(Random random) {
        List<List<SaleEvent>> tills = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CashSession session = till.session(6);
            sessions.add(session);
            session.tickets().forEach(ticket -> trouble(ticket, random.nextInt(100)));
            tills.add(new ArrayList<>(session.events()));
        }
        List<Published> published = new ArrayList<>();
        while (!tills.isEmpty()) {
            List<SaleEvent> events = tills.get(random.nextInt(tills.size()));
            published.add(till.publish(events.remove(0)));
            tills.removeIf(List::isEmpty);
        }
        return published;
    }

    private void trouble(SaleEvent ticket, int chance) {
        if (chance < 15) {
            paheko.when(request -> request.key().equals(ticket.key()), 1 + chance % 5, Behaviour.answer(503));
        } else if (chance < 22) {
            lostAnswers++;
            paheko.when(request -> request.key().equals(ticket.key()), 1, Behaviour.acceptThen(Behaviour.reset()));
        } else if (chance < 30) {
            paheko.when(request -> request.key().equals(ticket.key()), Behaviour.answer(422));
            if (chance < 25) {
                toDiscard.add(ticket.key());
            }
        }
    }

    /** What is refused is discarded or replayed, once all that can be delivered was. */
    private void finish() throws InterruptedException {
        try (RedisStreamsAdmin admin = admin()) {
            Awaitility.await("only refused tickets and what waits for them").atMost(Duration.ofSeconds(90)).until(() ->
                    admin.status().waiting() == 0 && admin.pendingAfter(EntryId.MIN, 1000).stream()
                            .allMatch(entry -> entry.state() == EntryStatus.State.PARKED || entry.state() == EntryStatus.State.HELD));
            assertThat(admin.status().parked()).isPositive();
            paheko.normal();
            for (EntryStatus entry : admin.pendingAfter(EntryId.MIN, 1000)) {
                if (entry.state() == EntryStatus.State.PARKED) {
                    boolean discard = toDiscard.stream().anyMatch(key -> entry.note().contains(key));
                    assertThat(discard ? admin.discard(entry.id(), "void", "Ana") : admin.unpark(entry.id(), "", "")).isEqualTo(Decision.DONE);
                }
            }
        }
        awaitAllAcknowledged();
    }

    private static RedisStreamsAdmin admin() {
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(redisServer.url());
        configuration.setStream(Till.STREAM);
        configuration.setGroup(Till.GROUP);
        return RedisStreamsAdmin.connect(configuration);
    }

    private Map<String, String> ledger(CashSession session) {
        Map<String, String> ledger = new LinkedHashMap<>();
        List<?> fields = (List<?>) redis.command("HGETALL", "{" + Till.STREAM + "}:counted:" + Till.GROUP + ":session:" + session.id());
        for (int i = 0; i < fields.size(); i += 2) {
            ledger.put(Redis.text(fields.get(i)), Redis.text(fields.get(i + 1)));
        }
        return ledger;
    }
}
