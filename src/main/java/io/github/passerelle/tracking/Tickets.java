package io.github.passerelle.tracking;

/**
 * How many tickets of a cash session are where.
 *
 * @param delivered   as the ledger counts them; null when that was lost or damaged
 * @param pending     read, and sent by themselves
 * @param quarantined put aside until a person decides
 * @param waiting     not read yet
 * @param discarded   a person decided that they are not to be sent
 * @param collected   read, and booked together with the close of the session
 */
public record Tickets(Long delivered, long pending, long quarantined, long waiting, long discarded, long collected) {
}
