package io.github.passerelle.tracking;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A day in one line of French, for the people of the shop: <i>2026-11-20 : 412 ventes livrées, 3 relivrées, 1 refusée, total 3 214,50 EUR</i>.
 */
record DayLine(LocalDate date, Period counted) {

    @Override
    public String toString() {
        return date + " : " + count(counted.tickets(), "vente livrée", "ventes livrées") + ", " + count(counted.repeated(), "relivrée", "relivrées")
               + ", " + count(counted.refused(), "refusée", "refusées") + ", total "
               + (counted.cents() == null ? "inconnu" : number("#,##0.00", BigDecimal.valueOf(counted.cents(), 2)) + " EUR");
    }

    /** In French nothing is singular, as one is. */
    private static String count(long count, String one, String several) {
        return number("#,##0", BigDecimal.valueOf(count)) + " " + (count < 2 ? one : several);
    }

    /** With plain blanks, as a terminal may not know those of typography. */
    private static String number(String pattern, BigDecimal number) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.FRANCE);
        symbols.setGroupingSeparator(' ');
        return new DecimalFormat(pattern, symbols).format(number);
    }
}
