package io.github.passerelle.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Why Paheko gave no answer.
 */
final class PahekoFailure {

    private final Place place;

    PahekoFailure(Place place) {
        this.place = place;
    }

    Finding of(Throwable failure) {
        if (Failures.is(SSLException.class, failure)) {
            return ofTls(failure);
        }
        if (Failures.is(GeneralSecurityException.class, failure)) {
            // nobody was asked: a file of certificates cannot be used
            return notAsked(failure);
        }
        if (Failures.is(UnknownHostException.class, failure)) {
            return Finding.error("paheko_name_unknown", "The name " + place.host() + " is not known (DNS).",
                    "Look for a slip in " + place.setting() + "; see that this machine can look up names.");
        }
        if (Failures.is(ConnectTimeoutException.class, failure)) {
            return unreachable("no connection in time; perhaps a firewall drops it");
        }
        if (Failures.is(ConnectException.class, failure) || Failures.is(NoRouteToHostException.class, failure)) {
            return unreachable("nothing takes connections there");
        }
        if (Failures.is(SocketTimeoutException.class, failure)) {
            return Finding.error("paheko_timeout", "Paheko takes the connection and does not answer within " + Ages.words(place.timeout()) + ".",
                    "See what its server is doing. If it needs that long, raise PAHEKO_PUSH_TIMEOUT_SECONDS.");
        }
        if (Failures.is(IOException.class, failure)) {
            return Finding.error("paheko_connection_lost", "The connection to Paheko breaks before its answer is whole: " + Failures.words(failure),
                    "See the log of its server; is it a web server that answers at this port?");
        }
        return notAsked(failure);
    }

    private static Finding notAsked(Throwable failure) {
        return Finding.error("paheko_not_asked", "Paheko cannot be asked: " + Failures.words(failure),
                "Put right what is named, in the settings or in application.properties.");
    }

    private Finding unreachable(String how) {
        return Finding.error("paheko_unreachable", "Paheko cannot be reached at " + place.address() + ": " + how + ".",
                "See that its server runs, and that host and port in " + place.setting() + " are right.");
    }

    private Finding ofTls(Throwable failure) {
        if (Failures.is(CertPathBuilderException.class, failure)) {
            return Finding.error("paheko_tls_untrusted", "No authority that is trusted here has signed the certificate of " + place.host() + ".",
                    "If a private authority has, give its certificate in PAHEKO_CA_FILE. If a public one has, have the server send the"
                                                         + " certificates between them as well.");
        }
        if (Failures.is(CertificateExpiredException.class, failure) || Failures.is(CertificateNotYetValidException.class, failure)) {
            return Finding.error("paheko_tls_expired", "The certificate of " + place.host() + ", or of its authority, is not valid at this time ("
                                                       + Failures.words(failure) + ").",
                    "Renew it; if it looks right, set the clock of this machine.");
        }
        if (Failures.is(SSLPeerUnverifiedException.class, failure)) {
            return Finding.error("paheko_tls_name", "The certificate that is shown is not one for " + place.host() + ".",
                    "Put the name that stands in the certificate into " + place.setting() + ", or have one made for " + place.host() + ".");
        }
        return Finding.error("paheko_tls", "TLS with " + place.host() + " fails: " + Failures.words(failure) + ".",
                "See that https:// and the port in " + place.setting() + " are right, and which versions of TLS its server speaks.");
    }
}
