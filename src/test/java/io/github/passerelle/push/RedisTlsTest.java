package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SelfSigned;
import io.github.passerelle.fixture.TlsProxy;

/** A Redis behind TLS whose certificate no public authority has signed: the setting REDIS_CA_FILE. */
class RedisTlsTest extends ChannelTest {

    @TempDir
    private static Path folder;
    private SelfSigned certificate;
    private TlsProxy tls;

    @BeforeAll
    void startTls() throws Exception {
        certificate = SelfSigned.make(folder, "redis", "ip:127.0.0.1");
        tls = TlsProxy.start(certificate, server.port());
    }

    @AfterAll
    void stopTls() {
        tls.close();
    }

    @Test
    void deliversWithTheAuthorityInTheFile() {
        start(tlsApp().setting("REDIS_CA_FILE", certificate.pem()));
        Published sale = publishTicket();
        untilAcknowledged(sale);
    }

    @Test
    void withoutTheFileItSaysSoOnceAndIsNotReady() throws Exception {
        try (LogLines log = new LogLines()) {
            Published sale = publishTicket();
            PasserelleApp app = start(tlsApp());
            int before = tls.attempts();
            until("several attempts", () -> tls.attempts() > before + 5);
            assertThat(log.all().filter(line -> line.startsWith("WARN") || line.startsWith("ERROR"))).singleElement().asString()
                    .startsWith("WARN Cannot read stream " + stream + " at rediss://127.0.0.1:" + tls.port())
                    .endsWith("no authority that is trusted here has signed the certificate of Redis:"
                              + " give the certificate of its authority (CA file)");
            assertThat(app.health().status()).isEqualTo(503);
            assertThat(app.get("/observe/health/ready").statusCode()).isEqualTo(503);
            assertThat(app.get("/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(paheko.received(sale.key())).isEmpty();
        }
    }

    @Test
    void aFileWithoutCertificatesIsAnErrorOfTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pem"), "-----BEGIN NOTHING-----\n");
        assertThatThrownBy(() -> start(tlsApp().setting("REDIS_CA_FILE", file))).hasStackTraceContaining("REDIS_CA_FILE: '" + file);
    }

    private PasserelleApp.Builder tlsApp() {
        return app().setting("REDIS_URL", "rediss://127.0.0.1:" + tls.port());
    }
}
