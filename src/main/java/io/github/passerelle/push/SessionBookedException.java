package io.github.passerelle.push;

/**
 * An entry came after its cash session had been booked, and so is in no booking.
 */
public class SessionBookedException extends UnreadableEntryException {

    private static final long serialVersionUID = 1L;

    public SessionBookedException() {
        super("its cash session is booked already: what is booked is not changed; enter it in Paheko by hand, then discard it");
    }
}
