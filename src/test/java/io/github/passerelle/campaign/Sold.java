package io.github.passerelle.campaign;

/**
 * One entry as the till has published it.
 *
 * @param id      its id in the stream
 * @param key     the idempotency key under which it must arrive
 * @param session its cash session
 * @param cents   the total of a ticket
 * @param lines   the number of sale lines of a ticket
 */
record Sold(String id, String key, String session, Kind kind, String hash, long cents, int lines) {

    enum Kind {
        OPENED, TICKET, CLOSED
    }

    boolean isTicket() {
        return kind == Kind.TICKET;
    }

    @Override
    public String toString() {
        return "entry " + id + " (" + key + ", session " + session + ")";
    }
}
