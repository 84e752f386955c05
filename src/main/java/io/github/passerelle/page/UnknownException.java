package io.github.passerelle.page;

/**
 * It cannot be said at this moment: Redis does not answer, or not in time.
 */
final class UnknownException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownException(String message) {
        super(message);
    }
}
