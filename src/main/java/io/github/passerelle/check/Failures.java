package io.github.passerelle.check;

import java.security.GeneralSecurityException;

import javax.net.ssl.SSLException;

import org.apache.camel.util.ObjectHelper;

/**
 * Finds out of a chain of exceptions what went wrong.
 */
final class Failures {

    private Failures() {
    }

    static boolean is(Class<? extends Throwable> type, Throwable failure) {
        return ObjectHelper.getException(type, failure) != null;
    }

    /** One line: of a setting about TLS its own words, otherwise the innermost. */
    static String words(Throwable failure) {
        String words = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException && !is(SSLException.class, failure)) {
                return cause.getMessage();
            }
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                words = cause.getMessage();
            }
        }
        return words.lines().findFirst().orElse("").strip();
    }
}
