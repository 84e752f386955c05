package io.github.passerelle.tracking;

import java.util.List;

/**
 * The latest of the cash sessions.
 *
 * @param worker   who sends their entries
 * @param sessions no more than was asked for
 * @param total    how many there are
 */
public record SessionListing(Worker worker, List<TrackedSession> sessions, long total) {
}
