package io.github.passerelle.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.push.Periods;

/** A place in the stream as people name it: an entry, or a day of Paris. */
final class Place {

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private Place() {
    }

    /**
     * The entry itself, or the first that may be of that day.
     *
     * @throws IllegalArgumentException whose message may be shown
     */
    static EntryId first(String text) {
        return DAY.matcher(text).matches() ? midnight(day(text)) : entry(text);
    }

    /** The entry itself, or the last that may be of that day. */
    static EntryId last(String text) {
        return DAY.matcher(text).matches() ? midnight(day(text).plusDays(1)).previous() : entry(text);
    }

    private static EntryId midnight(LocalDate day) {
        return new EntryId(Math.max(0, day.atStartOfDay(Periods.ZONE).toInstant().toEpochMilli()), 0);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no day " + text);
        }
    }

    private static EntryId entry(String text) {
        try {
            EntryId id = EntryId.parse(text);
            if (id.millis() >= 0 && id.sequence() >= 0) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is neither a day such as 2026-11-21 nor the id of an entry such as 1763640000000-0");
    }
}
