package io.github.passerelle.push;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.github.passerelle.camel.redisstreams.Count;

/**
 * The hours and the days of the channel, under whose names is counted what becomes of its entries. A day is one of Paris, of 23, 24 or 25
 * hours.
 */
public final class Periods {

    /** Where the days begin and end. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /** How many days an hour is kept for. */
    public static final int HOUR_KEPT_DAYS = 7;

    /** How many days a day is kept for. */
    public static final int DAY_KEPT_DAYS = 400;

    /** Entries that were acknowledged as delivered, each idempotency key once. */
    public static final String DELIVERED = "delivered";

    /** Those of them that are tickets. */
    public static final String TICKETS = "tickets";

    /** Those tickets that needed more than one try. */
    public static final String REPEATED = "repeated";

    /** The sum of those tickets in cents. */
    public static final String CENTS = "cents";

    /** Those tickets whose amounts are unknown. */
    public static final String UNREADABLE = "unknown";

    /** Tries that failed for a reason that may pass. */
    public static final String FAILED = "failed";

    /** Entries that were put aside. */
    public static final String REFUSED = "refused";

    /** Entries that a person gave up. */
    public static final String DISCARDED = "discarded";

    /** The most entries that waited or were pending. */
    public static final String BACKLOG = "backlog";

    /** The line that was logged of a day. */
    public static final String LINE = "line";

    private Periods() {
    }

    /** The beginning of the hour in which a moment lies. */
    public static Instant hour(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS);
    }

    /** The day in which a moment lies. */
    public static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }

    /** When a day begins. */
    public static Instant start(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** The same counted in the hour and in the day of a moment. */
    public static List<Count> count(Instant moment, Map<String, Long> increments) {
        return List.of(new Count(nameOfHour(moment), increments, Map.of(), HOUR_KEPT_DAYS),
                new Count(nameOfDay(day(moment)), increments, Map.of(), DAY_KEPT_DAYS));
    }

    /** The name under which an hour is counted: in UTC, as Paris has one hour twice when the clock is set back. */
    public static String nameOfHour(Instant moment) {
        return "hour:" + hour(moment);
    }

    /** The name under which a day is counted. */
    public static String nameOfDay(LocalDate day) {
        return "day:" + day;
    }
}
