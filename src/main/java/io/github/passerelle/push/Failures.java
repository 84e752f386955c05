package io.github.passerelle.push;

import java.net.SocketException;

/**
 * Looks into a failure. Camel hangs the failures of earlier tries on it as suppressed ones, and its own helper would find those as well: the
 * answer of an earlier try is not the answer of this one.
 */
final class Failures {

    private Failures() {
    }

    /** The failure itself or the nearest of its causes that is of this type; null when there is none. */
    static <T extends Throwable> T find(Class<T> type, Throwable failure) {
        Throwable cause = failure;
        // a chain is not that long; one that bites its own tail must end
        for (int depth = 0; cause != null && depth < 100; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Whether the process has no file descriptor left for a connection. Java tells it in the words of the system only. */
    static boolean isOutOfDescriptors(Throwable failure) {
        SocketException refused = find(SocketException.class, failure);
        String words = refused == null ? null : refused.getMessage();
        return words != null && (words.contains("Too many open files") || words.contains("Trop de fichiers ouverts"));
    }
}
