package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.Map;

import io.github.passerelle.push.Periods;

/**
 * What became of the entries of a channel in an hour or a day, as far as Redis knows: in a period before the first one, and in one that Redis
 * lost, nothing. A number that somebody damaged counts as 0, except where null says that it is unknown.
 *
 * @param start     when it began
 * @param delivered entries that were acknowledged as delivered, tickets and session events alike; a second publication of a sale is not counted
 * @param tickets   those of them that are tickets
 * @param repeated  those tickets that needed more than one try
 * @param failed    tries that failed for a reason that may pass; a refusal is none
 * @param refused   entries that were put aside
 * @param discarded entries that a person gave up
 * @param cents     the sum of the tickets in cents; null when the amounts of one of them are unknown
 * @param backlog   the most entries that waited or were pending; null when nobody looked
 */
public record Period(Instant start, long delivered, long tickets, long repeated, long failed, long refused, long discarded, Long cents,
                     Long backlog) {

    /** @param counted all that was counted under the name of the period */
    static Period of(Instant start, Map<String, String> counted) {
        Long unreadable = number(counted.getOrDefault(Periods.UNREADABLE, "0"));
        boolean known = unreadable != null && unreadable == 0;
        return new Period(start, count(counted, Periods.DELIVERED), count(counted, Periods.TICKETS), count(counted, Periods.REPEATED),
                count(counted, Periods.FAILED), count(counted, Periods.REFUSED), count(counted, Periods.DISCARDED),
                known ? number(counted.getOrDefault(Periods.CENTS, "0")) : null, number(counted.get(Periods.BACKLOG)));
    }

    /** Whether nothing happened in it. */
    public boolean isEmpty() {
        return delivered == 0 && failed == 0 && refused == 0 && discarded == 0;
    }

    private static long count(Map<String, String> counted, String field) {
        Long number = number(counted.get(field));
        return number == null ? 0 : number;
    }

    private static Long number(String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
