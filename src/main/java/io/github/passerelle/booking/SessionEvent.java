package io.github.passerelle.booking;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.push.TillEvent;
import io.github.passerelle.push.UnreadableEntryException;

/** An event of a cash session that can be booked. */
sealed interface SessionEvent {

    TillEvent event();

    /** @param type such as {@code real} or {@code virtual}; null when the till does not say */
    record Opened(TillEvent event, String type) implements SessionEvent {

        boolean isVirtual() {
            return "virtual".equals(type);
        }
    }

    /** A sale. */
    record Sold(TillEvent event, Ticket ticket) implements SessionEvent {
    }

    /**
     * The close of a session. Empty is what the till does not say.
     *
     * @param at         when it was published
     * @param sales      the sum of the session's tickets, in cents
     * @param lines      the number of its sale lines
     * @param difference by how much there was more in the till than there should be, in cents; negative when there was less
     */
    record Closed(TillEvent event, Instant at, Optional<Long> sales, Optional<Long> lines, Optional<Long> difference) implements SessionEvent {

        static Closed of(TillEvent event, Instant at, JsonNode content) throws UnreadableEntryException {
            Optional<Long> expected = Read.centsIfThere(content, "closing_amount");
            Optional<Long> actual = Read.centsIfThere(content, "actual_amount");
            return new Closed(event, at, Read.centsIfThere(content, "total_sales"), Read.centsIfThere(content, "total_items"),
                    actual.flatMap(is -> expected.map(should -> is - should)));
        }
    }
}
