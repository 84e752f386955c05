package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Till;

class StopIT extends ProcessTest {

    @Test
    void finishesAndAcknowledgesTheRequestInFlightAndStartsNothingNew() {
        Hold hold = paheko.hold();
        List<Published> sales = publishTickets(3);
        PasserelleProcess application = start();
        hold.awaitHeld();
        application.sigterm();
        awaitWaitingForTheRequest(application);
        hold.release();
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(EXIT_AFTER_SIGTERM);
        assertSentExactlyOnce(sales.subList(0, 1));
        assertThat(pending()).doesNotContain(sales.get(0).entryId());

        start();
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
    }

    @Test
    void doesNotTryAgainWhenTheRequestInFlightFailsDuringTheStop() {
        Hold hold = new Hold(Behaviour.answer(503));
        paheko.answerNext(1, hold);
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(application().environment("PAHEKO_PUSH_BACKOFF_SECONDS", "0.001"));
        hold.awaitHeld();
        application.sigterm();
        awaitWaitingForTheRequest(application);
        hold.release();
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(EXIT_AFTER_SIGTERM);
        assertThat(paheko.ledger()).hasSize(1);
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void endsDuringABackoffWithoutWaitingForItAndLeavesTheEntryPending() {
        paheko.answer(503);
        List<Published> sales = publishTickets(2);
        PasserelleProcess application = start(application().environment("PAHEKO_PUSH_BACKOFF_SECONDS", "600"));
        application.awaitLine(line -> line.contains("\"outcome\":\"failed\""), STOP_LIMIT);
        stop(application);
        assertThat(paheko.ledger()).extracting(Received::key).containsExactly(sales.get(0).key());
        assertThat(pending()).first().isEqualTo(sales.get(0).entryId());
    }

    @Test
    void remembersAfterAStopDuringABackoffThatASaleMayBeBooked() {
        paheko.answerNext(1, Behaviour.acceptThen(Behaviour.reset()));
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(application().environment("PAHEKO_PUSH_BACKOFF_SECONDS", "600"));
        application.awaitLine(line -> line.contains("\"outcome\":\"failed\""), STOP_LIMIT);
        stop(application);
        paheko.answer(422);
        start().awaitHealth("quarantined", health -> health.body().path("quarantined").asInt() == 1);
        assertThat(Redis.text(redis.command("HGET", "{" + Till.STREAM + "}:due", Till.GROUP + " " + sale.entryId())))
                .contains("\"tries\":2", "\"mayBeBooked\":true", "\"cause\":\"rejected\"");
    }

    /** Another route's request keeps the stop going until well after the end of the delay. */
    @Test
    void doesNotTryAgainWhenTheDelayEndsDuringTheStop(@TempDir Path directory) throws IOException {
        PasserelleProcess.copyShipped(directory);
        Files.writeString(directory.resolve("routes/other.camel.yaml"), """
                - route:
                    id: slow
                    from:
                      uri: platform-http:/slow
                      steps:
                        - removeHeaders:
                            pattern: "*"
                        - to:
                            uri: %s
                """.formatted(paheko.url().replace("/p/", "/slow/")));
        Hold other = new Hold(Behaviour.answer(200));
        paheko.always(Behaviour.answer(503)).when(request -> request.path().startsWith("/slow/"), other);
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(application().directory(directory).environment("PAHEKO_PUSH_BACKOFF_SECONDS", "4"));
        application.awaitHealthy();
        Thread request = new Thread(() -> {
            try {
                application.get("/slow");
            } catch (IOException e) {
                // the answer is of no interest
            }
        });
        request.setDaemon(true);
        request.start();
        other.awaitHeld();
        application.awaitLine(line -> line.contains("\"outcome\":\"failed\""), STOP_LIMIT);
        application.sigterm();
        application.awaitLine(line -> line.contains("\"outcome\":\"pending\""), STOP_LIMIT);
        other.release();
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(EXIT_AFTER_SIGTERM);
        assertThat(application.linesWith("\"outcome\":\"pending\"")).singleElement().asString()
                .contains("\"try\":1", "\"cause\":\"paheko_5xx\"", sale.entryId());
        assertThat(paheko.received(sale.key())).hasSize(1);
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void endsInTimeEvenWhenTheReceiverNeverAnswers() {
        paheko.always(Behaviour.neverAnswer());
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(application().environment("PAHEKO_PUSH_TIMEOUT_SECONDS", "60"));
        paheko.awaitRequests(1);
        stop(application);
        assertThat(paheko.ledger()).hasSize(1);
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void sendsNothingTwiceWhenStoppedAgainAndAgainUnderLoad() {
        List<Published> sales = till.publish(till.session(498));
        for (int sent = 100; sent <= 300; sent += 100) {
            PasserelleProcess application = start();
            paheko.awaitAccepted(sent);
            stop(application);
            assertThat(paheko.ledger()).as("stopped on the way").hasSizeLessThan(sales.size());
        }
        start();
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
    }

    /** The request is in two routes: the one that the entry came into, and the one that it calls to send it. */
    private static void awaitWaitingForTheRequest(PasserelleProcess application) {
        application.awaitLine(line -> line.contains("Waiting as there are still 2 inflight"), STOP_LIMIT);
    }
}
