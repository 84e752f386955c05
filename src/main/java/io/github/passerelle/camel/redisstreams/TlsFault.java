package io.github.passerelle.camel.redisstreams;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.apache.camel.util.ObjectHelper;
import org.redisson.client.RedisConnectionException;

/**
 * Says in one line why this side and Redis do not agree on TLS, and what to do about it.
 */
final class TlsFault {

    private TlsFault() {
    }

    /**
     * @param  tls whether the URL asks for TLS
     * @return     null when the failure has nothing to do with TLS
     */
    static String explain(Throwable failure, boolean tls) {
        if (is(SSLException.class, failure)) {
            return ofHandshake(failure, innermostMessage(failure));
        }
        if (innermostMessage(failure).startsWith("Can't decode replay")) {
            return "what answers there does not speak as Redis does" + (tls ? "" : "; if it speaks TLS, begin the URL with rediss://");
        }
        // after the greeting of TLS a plain Redis waits for more; of one that misses a certificate Redisson tells no more than this either
        if (tls && is(RedisConnectionException.class, failure) && is(TimeoutException.class, failure)) {
            return "no answer from Redis in time; perhaps it speaks no TLS at this port (then begin the URL with redis://),"
                   + " or asks for a certificate that it was not shown";
        }
        return null;
    }

    private static String ofHandshake(Throwable failure, String message) {
        if (is(CertPathBuilderException.class, failure)) {
            return "no authority that is trusted here has signed the certificate of Redis: give the certificate of its authority (CA file)";
        }
        if (is(CertificateExpiredException.class, failure) || is(CertificateNotYetValidException.class, failure)) {
            return "the certificate of Redis, or of its authority, is not valid at this time: renew it (" + message + ")";
        }
        if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
            return "the certificate of Redis is for another host: put the name that stands in it into the URL (" + message + ")";
        }
        // what follows are the bytes that came
        if (message.startsWith("not an SSL/TLS record")) {
            return "what answers there speaks no TLS: begin the URL with redis://, or give the port for TLS";
        }
        return "TLS with Redis fails: " + message;
    }

    private static boolean is(Class<? extends Throwable> type, Throwable failure) {
        return ObjectHelper.getException(type, failure) != null;
    }

    private static String innermostMessage(Throwable failure) {
        String message = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                message = cause.getMessage();
            }
        }
        return message.lines().findFirst().orElse("").strip();
    }
}
