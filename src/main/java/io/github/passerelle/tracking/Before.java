package io.github.passerelle.tracking;

import java.util.List;

/**
 * What the stream holds before a place.
 *
 * @param entries  how many
 * @param sessions of how many cash sessions
 * @param open     those of them that were not closed there: what follows of them lacks its beginning
 */
public record Before(long entries, long sessions, List<String> open) {
}
