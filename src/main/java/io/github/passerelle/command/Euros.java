package io.github.passerelle.command;

import java.math.BigDecimal;

/**
 * Amounts as people read them; they are whole cents everywhere else.
 */
final class Euros {

    private Euros() {
    }

    static String of(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString() + " EUR";
    }

    /** @param cents null when it is not known */
    static String orUnknown(Long cents) {
        return cents == null ? Words.NOT_KNOWN : of(cents);
    }
}
