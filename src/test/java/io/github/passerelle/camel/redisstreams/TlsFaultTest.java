package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisTimeoutException;

/** What TlsTest does not bring about with a real Redis. */
class TlsFaultTest {

    @Test
    void aCertificateThatIsNotValidNow() {
        assertThat(explain(handshake(new CertPathValidatorException(new CertificateExpiredException("NotAfter: Fri Nov 20 10:00:00 UTC 2026")))))
                .isEqualTo("the certificate of Redis, or of its authority, is not valid at this time: renew it"
                           + " (NotAfter: Fri Nov 20 10:00:00 UTC 2026)");
        assertThat(explain(handshake(new CertificateNotYetValidException("NotBefore: later")))).contains("not valid at this time");
    }

    @Test
    void anAnswerThatIsNoTlsWithoutItsBytes() {
        assertThat(explain(new SSLException("not an SSL/TLS record: 2d4552520a")))
                .isEqualTo("what answers there speaks no TLS: begin the URL with redis://, or give the port for TLS");
    }

    @Test
    void whatNeedsNoExplanationStaysAsItIs() {
        assertThat(explain(handshake(new SSLHandshakeException("Received fatal alert: protocol_version"))))
                .isEqualTo("TLS with Redis fails: Received fatal alert: protocol_version");
    }

    @Test
    void aSlowAnswerOnAConnectionThatStandsHasNothingToDoWithTls() {
        assertThat(explain(new RedisTimeoutException("Redis server response timeout"))).isNull();
        assertThat(explain(new TimeoutException())).isNull();
        assertThat(TlsFault.explain(new RedisConnectionException(new TimeoutException()), false)).isNull();
        assertThat(explain(new RedisConnectionException(new TimeoutException()))).isNotNull();
    }

    private static String explain(Throwable failure) {
        return TlsFault.explain(failure, true);
    }

    private static Throwable handshake(Throwable cause) {
        return new RedisConnectionException(new SSLHandshakeException("it failed").initCause(cause));
    }
}
