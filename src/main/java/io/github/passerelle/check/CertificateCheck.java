package io.github.passerelle.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Looks how long a certificate will do.
 */
final class CertificateCheck {

    private static final Duration SOON = Duration.ofDays(14);

    private final Instant now;

    CertificateCheck(Instant now) {
        this.now = now;
    }

    Finding look(String host, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        String until = "The certificate of " + host + " is trusted and valid until " + end.atOffset(ZoneOffset.UTC).toLocalDate() + ".";
        return Duration.between(now, end).compareTo(SOON) < 0
                ? Finding.warning("paheko_certificate_ends_soon", until, "See that it is renewed: after that nothing is sent.")
                : Finding.ok("paheko_certificate", until);
    }
}
