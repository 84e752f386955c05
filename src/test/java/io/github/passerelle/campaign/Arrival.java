package io.github.passerelle.campaign;

import io.github.passerelle.fixture.Received;

/**
 * One request as the receiver saw it.
 *
 * @param place    its place among all requests
 * @param nanos    when its first byte arrived, on {@link System#nanoTime()}
 * @param id       the entry that it names; empty when the request was not read
 * @param accepted the receiver has booked the sale now or before
 * @param booked   now
 * @param status   of the answer whose head was sent whole; 0 when there was none
 */
record Arrival(int place, long nanos, String id, String key, String hash, boolean accepted, boolean booked, int status) {

    static Arrival of(int place, Received received) {
        String id = received.header("X-Request-Id");
        return new Arrival(place, received.nanos(), id == null ? "" : id, received.key(), Hash.of(received.body()),
                received.booked() || received.duplicate(), received.booked(), received.status());
    }

    /** Whether it was read at all before the connection broke. */
    boolean wasRead() {
        return !id.isEmpty() || !key.isEmpty();
    }

    /** The sale was taken, and the sender could know. */
    boolean isDelivery() {
        return accepted && status / 100 == 2;
    }

    @Override
    public String toString() {
        return "request " + place + " for entry " + id + " (" + key + "), status " + status;
    }
}
