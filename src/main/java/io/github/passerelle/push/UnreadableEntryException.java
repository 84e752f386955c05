package io.github.passerelle.push;

/**
 * An entry cannot be sent as a sale: its payload is no JSON object, it is too large, or its event cannot be named. The message tells what is
 * wrong with it without repeating anything that people wrote.
 */
public class UnreadableEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableEntryException(String message) {
        super(message);
    }
}
