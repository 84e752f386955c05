package io.github.passerelle.booking;

/**
 * One line of an entry in the books. One of the two amounts is 0, the other is greater.
 *
 * @param account the code of the account
 * @param debit   in cents
 * @param credit  in cents
 * @param label   what the line stands for
 */
public record BookingLine(String account, long debit, long credit, String label) {

    /** On the side that its sign tells: positive amounts are debits. */
    static BookingLine of(String account, long debit, String label) {
        return new BookingLine(account, Math.max(debit, 0), Math.max(-debit, 0), label);
    }
}
