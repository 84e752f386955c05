package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SelfSigned;

/** A receiver over TLS whose certificate no public authority has signed. */
class TlsTest extends ChannelTest {

    @TempDir
    private static Path folder;
    private SelfSigned certificate;
    private PahekoStandIn secure;

    @BeforeAll
    void startSecureReceiver() throws Exception {
        certificate = SelfSigned.make(folder, "paheko", "ip:127.0.0.1");
        secure = PahekoStandIn.start(PahekoStandIn.SECRET, certificate.serverSockets(), "https");
    }

    @BeforeEach
    void normal() {
        secure.normal().forget();
    }

    @AfterAll
    void stopSecureReceiver() {
        secure.close();
    }

    @Test
    void deliversToAReceiverWhoseAuthorityIsGiven() {
        start(secureApp(secure).setting("PAHEKO_CA_FILE", certificate.pem()));
        Published sale = publishTicket();
        assertThat(secure.awaitAccepted(1).get(sale.key()).headerNames()).hasSize(9).contains("X-Paheko-Secret");
        until("acknowledged", () -> pending().isEmpty());
    }

    @Test
    void sendsNothingToAReceiverThatItCannotTrust() {
        try (LogLines log = new LogLines()) {
            start(secureApp(secure).setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "cause")).as("one try in the round").containsExactly("tls", "tls");
        }
        assertThat(secure.ledger()).isEmpty();
        assertThat(pending()).hasSize(1);
    }

    @Test
    void sendsNothingToAReceiverWithTheNameOfAnother() throws Exception {
        SelfSigned ofAnother = SelfSigned.make(folder, "other", "dns:other.example");
        try (PahekoStandIn other = PahekoStandIn.start(PahekoStandIn.SECRET, ofAnother.serverSockets(), "https");
                LogLines log = new LogLines()) {
            start(secureApp(other).setting("PAHEKO_CA_FILE", ofAnother.pem()));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("tls");
            assertThat(other.ledger()).isEmpty();
        }
    }

    @Test
    void nothingBelowTheErrorPolicySendsAgain() {
        start(secureApp(secure).setting("PAHEKO_CA_FILE", certificate.pem()).setting("PAHEKO_PUSH_MAX_RETRIES", 0)
                .setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600));
        for (Behaviour failure : List.of(Behaviour.unavailable(0), Behaviour.answer(429), Behaviour.reset(), Behaviour.cutInHead())) {
            secure.always(failure);
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(secure.received(sale.key())).hasSize(1);
        }
    }

    @Test
    void aFileWithoutCertificatesIsAnErrorOfTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pem"), "-----BEGIN NOTHING-----\n");
        assertThatThrownBy(() -> start(secureApp(secure).setting("PAHEKO_CA_FILE", file)))
                .hasStackTraceContaining("PAHEKO_CA_FILE");
    }

    private PasserelleApp.Builder secureApp(PahekoStandIn receiver) {
        return app().receiver(receiver);
    }
}
