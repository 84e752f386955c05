package io.github.passerelle.tracking;

import java.time.Instant;

/**
 * The last acknowledgement that counted for a cash session.
 *
 * @param at      when it was
 * @param session which one
 */
public record LastCounted(Instant at, String session) {
}
