package io.github.passerelle.tracking;

import java.util.List;

/**
 * The first of several entries.
 *
 * @param worker  who sends them
 * @param entries no more than was asked for
 * @param total   how many there are
 */
public record Listing(Worker worker, List<TrackedEntry> entries, long total) {
}
