package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The id of a stream entry: milliseconds and a sequence number, written {@code <millis>-<sequence>}.
 *
 * @param millis   when Redis took the entry, in milliseconds since 1970 (UTC)
 * @param sequence tells apart the entries of one millisecond
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    /** Before any entry: Redis gives no entry this id. */
    public static final EntryId MIN = new EntryId(0, 0);

    /**
     * @throws IllegalArgumentException when the text is no entry id
     */
    public static EntryId parse(String text) {
        int dash = text.indexOf('-');
        try {
            return new EntryId(Long.parseUnsignedLong(text.substring(0, dash)), Long.parseUnsignedLong(text.substring(dash + 1)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + text + "' is no entry id; one looks like 1763640000000-0", e);
        }
    }

    /**
     * As Redis reads an id: without a sequence number the first of that millisecond is meant.
     *
     * @throws IllegalArgumentException when the text is no entry id
     */
    static EntryId parseLeniently(String text) {
        return parse(text.indexOf('-') < 0 ? text + "-0" : text);
    }

    /** Leaves out what is no entry id: somebody may have put it among ours. */
    static List<EntryId> parseAll(List<String> texts) {
        List<EntryId> ids = new ArrayList<>();
        for (String text : texts) {
            try {
                ids.add(parse(text));
            } catch (IllegalArgumentException e) {
                // left out
            }
        }
        return ids;
    }

    /** The smallest id that is greater than this one. */
    EntryId next() {
        return sequence == -1L ? new EntryId(millis + 1, 0) : new EntryId(millis, sequence + 1);
    }

    /** The greatest id that is smaller than this one; the smallest of all stays what it is. */
    public EntryId previous() {
        if (sequence != 0) {
            return new EntryId(millis, sequence - 1);
        }
        // the largest sequence number, as they have no sign
        return millis == 0 ? MIN : new EntryId(millis - 1, -1);
    }

    public Instant time() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public int compareTo(EntryId other) {
        int byTime = Long.compareUnsigned(millis, other.millis);
        return byTime != 0 ? byTime : Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
