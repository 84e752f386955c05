package io.github.passerelle.push;

/**
 * A cash session must not be booked before a person has seen to it. The message tells what is to be seen to, and is fit to be shown.
 */
public class HeldException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause why;

    public HeldException(Cause why, String message) {
        super(message);
        this.why = why;
    }

    Cause why() {
        return why;
    }
}
