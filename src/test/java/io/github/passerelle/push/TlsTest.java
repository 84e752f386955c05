package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

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

/** A receiver over TLS whose certificate no public authority has signed. */
class TlsTest extends ChannelTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;
    private PahekoStandIn secure;

    @BeforeAll
    void startSecureReceiver() throws Exception {
        secure = PahekoStandIn.start(PahekoStandIn.SECRET, certificate("paheko", "san=ip:127.0.0.1"), "https");
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
        start(secureApp(secure).setting("PAHEKO_CA_FILE", folder.resolve("paheko.pem")));
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
        try (PahekoStandIn other = PahekoStandIn.start(PahekoStandIn.SECRET, certificate("other", "san=dns:other.example"), "https");
                LogLines log = new LogLines()) {
            start(secureApp(other).setting("PAHEKO_CA_FILE", folder.resolve("other.pem")));
            Published sale = publishTicket();
            untilRoundEnded(sale);
            assertThat(log.values(sale.entryId(), "cause")).containsOnly("tls");
            assertThat(other.ledger()).isEmpty();
        }
    }

    @Test
    void nothingBelowTheErrorPolicySendsAgain() {
        start(secureApp(secure).setting("PAHEKO_CA_FILE", folder.resolve("paheko.pem")).setting("PAHEKO_PUSH_MAX_RETRIES", 0)
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

    /** Makes a key and a certificate that signs itself, and leaves the certificate in {@code <name>.pem}. */
    private static ServerSocketFactory certificate(String name, String extension) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", extension, "-ext", "bc=ca:true",
                "-validity", "2", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", name, "-file", folder.resolve(name + ".pem").toString(),
                "-keystore", store.toString(), "-storepass", PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    }
}
