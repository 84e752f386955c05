package io.github.passerelle.tracking;

import java.util.List;

/**
 * Where the entries of an id are.
 *
 * @param what    what the id names, as far as entries were found
 * @param worker  who sends them
 * @param entries oldest first; none when the id was found nowhere
 */
public record Found(What what, Worker worker, List<TrackedEntry> entries) {

    /** What an id may name. */
    public enum What {
        ENTRY, SALE, SESSION
    }
}
