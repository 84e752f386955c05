package io.github.passerelle.push;

/**
 * The stream holds the entry no more.
 */
public class TrimmedEntryException extends UnreadableEntryException {

    private static final long serialVersionUID = 1L;

    public TrimmedEntryException() {
        super("the entry was trimmed from the stream before it was delivered: its content is lost");
    }
}
