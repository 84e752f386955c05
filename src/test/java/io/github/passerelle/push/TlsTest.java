package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.net.ServerSocketFactory;

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
import io.github.passerelle.fixture.SaleEvent;
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
            assertThat(log.values(sale.entryId(), "outcome")).as("one try, no redelivery").startsWith("failed", "pending");
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("tls");
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
    void sendsNothingToAReceiverWhoseCertificateHasExpired() throws Exception {
        SelfSigned authority = authority("authority");
        try (PahekoStandIn old = PahekoStandIn.start(PahekoStandIn.SECRET, authority.sign(folder, "old", "-startdate", "-10d", "-validity", "5").serverSockets(), "https");
                LogLines log = new LogLines()) {
            start(secureApp(old).setting("PAHEKO_CA_FILE", authority.pem()));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "outcome")).as("one try, no redelivery").startsWith("failed", "pending");
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("tls");
            assertThat(old.ledger()).isEmpty();
        }
    }

    @Test
    void aCertificateThatIsChangedWhileRunningPausesTheChannelUntilItIsRight() throws Exception {
        SelfSigned first = authority("first");
        SelfSigned second = authority("second");
        SwitchedSockets sockets = new SwitchedSockets(first.sign(folder, "valid").serverSockets());
        try (PahekoStandIn receiver = PahekoStandIn.start(PahekoStandIn.SECRET, sockets, "https"); LogLines log = new LogLines()) {
            PasserelleApp app = start(secureApp(receiver).setting("PAHEKO_CA_FILE", first.pem())
                    .setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600));
            Published before = publishTicket();
            receiver.awaitAccepted(1);
            receiver.stop();
            sockets.use(second.sign(folder, "strange").serverSockets());
            receiver.startAgain();
            List<Published> sales = till.publish(till.session(10));
            app.awaitHealth("paused", health -> health.text("paused").equals("true") && health.text("last_error").equals("tls"));
            assertThat(receiver.ledger()).as("nothing, the secret neither").hasSize(1);

            receiver.stop();
            sockets.use(first.sign(folder, "renewed").serverSockets());
            receiver.startAgain();
            receiver.awaitAccepted(1 + sales.size());
            until("all acknowledged", () -> pending().isEmpty());
            assertThat(receiver.ledger()).hasSize(1 + sales.size());
            assertThat(quarantined()).isEmpty();
            assertThat(receiver.accepted()).containsKey(before.key());
        }
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsAFaultOfTls() {
        try (LogLines log = new LogLines()) {
            start(app().setting("PAHEKO_PLUGIN_URL", paheko.url().replace("http:", "https:")));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("tls");
            assertThat(paheko.ledger()).isEmpty();
        }
    }

    @Test
    void aLostConnectionIsNoFaultOfTls() {
        try (LogLines log = new LogLines()) {
            start(secureApp(secure).setting("PAHEKO_CA_FILE", certificate.pem()).setting("PAHEKO_PUSH_TIMEOUT_SECONDS", 0.5));
            secure.answerNext(1, Behaviour.reset()).answerNext(1, Behaviour.cutInHead()).answerNext(1, Behaviour.neverAnswer());
            Published sale = publishTicket();
            secure.awaitAccepted(1);
            until("acknowledged", () -> pending().isEmpty());
            assertThat(log.values(sale.entryId(), "cause")).containsExactly("connection_lost", "connection_lost", "paheko_timeout");
        }
    }

    @Test
    void nothingBelowTheErrorPolicySendsAgain() {
        start(secureApp(secure).setting("PAHEKO_CA_FILE", certificate.pem()).setting("PAHEKO_PUSH_MAX_RETRIES", 0)
                .setting("PAHEKO_PUSH_REPLAY_SECONDS", 3600).setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 3600));
        for (Behaviour failure : List.of(Behaviour.answer(503), Behaviour.answer(429), Behaviour.reset(), Behaviour.cutInHead())) {
            SaleEvent ticket = till.ticket();
            secure.when(of(ticket), failure);
            Published sale = till.publish(ticket);
            untilRoundEnded(sale);
            // others are taken, so nothing pauses
            Published next = publishTicket();
            until("the next sale is delivered", () -> secure.accepted().containsKey(next.key()));
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

    private static SelfSigned authority(String name) throws Exception {
        return SelfSigned.make(folder, name, "dns:" + name);
    }

    /** Sockets of one kind, and later of another. */
    private static final class SwitchedSockets extends ServerSocketFactory {

        private volatile ServerSocketFactory sockets;

        SwitchedSockets(ServerSocketFactory sockets) {
            this.sockets = sockets;
        }

        void use(ServerSocketFactory others) {
            sockets = others;
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return sockets.createServerSocket();
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return sockets.createServerSocket(port);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return sockets.createServerSocket(port, backlog);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return sockets.createServerSocket(port, backlog, address);
        }
    }
}
