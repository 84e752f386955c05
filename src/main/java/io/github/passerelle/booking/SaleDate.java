package io.github.passerelle.booking;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

import io.github.passerelle.push.Periods;

/** When a ticket was sold, where the till tells: a moment with its offset from UTC, or a day of Paris. */
final class SaleDate {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private SaleDate() {
    }

    /** @return empty for anything else */
    static Optional<Instant> parse(String text) {
        try {
            Instant moment = text.length() == 10 ? LocalDate.parse(text).atStartOfDay(Periods.ZONE).toInstant() : OffsetDateTime.parse(text).toInstant();
            int year = moment.atZone(Periods.ZONE).getYear();
            return year >= FIRST_YEAR && year <= LAST_YEAR ? Optional.of(moment) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
