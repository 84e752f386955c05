package io.github.passerelle.tracking;

import java.time.Instant;

/**
 * What a person last decided about an entry.
 *
 * @param at     when
 * @param author who; null when nobody said
 * @param reason why; null when nobody said
 */
public record Decided(Instant at, String author, String reason) {
}
