package io.github.passerelle.booking;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Whole cents as texts. */
public final class Money {

    private Money() {
    }

    /** With a point and two decimals, as Paheko takes it. */
    public static String decimal(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    /** As the treasurer reads it, with plain blanks. */
    static String french(long cents) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.FRANCE);
        symbols.setGroupingSeparator(' ');
        return new DecimalFormat("#,##0.00", symbols).format(BigDecimal.valueOf(cents, 2)) + " €";
    }
}
