package io.github.passerelle.booking;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.push.UnreadableEntryException;

/** What an event of a cash session says that its booking needs. */
sealed interface SessionEvent {

    /** The same for a second publication of the same event. */
    String key();

    /** Whether another publication of this event says the same; when it was published is no matter. */
    boolean agreesWith(SessionEvent other);

    /** @param type such as {@code real} or {@code virtual}; null when the till does not say */
    record Opened(String key, String type) implements SessionEvent {

        boolean isVirtual() {
            return "virtual".equals(type);
        }

        @Override
        public boolean agreesWith(SessionEvent other) {
            return equals(other);
        }
    }

    /** A sale. */
    record Sold(String key, Ticket ticket) implements SessionEvent {

        @Override
        public boolean agreesWith(SessionEvent other) {
            return other instanceof Sold sold && ticket.agreesWith(sold.ticket());
        }
    }

    /**
     * The close of a session. Empty is what the till does not say.
     *
     * @param at         when it was published
     * @param sales      the sum of the session's tickets, in cents
     * @param lines      the number of its sale lines
     * @param difference by how much there was more in the till than there should be, in cents; negative when there was less
     */
    record Closed(String key, Instant at, Optional<Long> sales, Optional<Long> lines, Optional<Long> difference) implements SessionEvent {

        static Closed of(String key, Instant at, JsonNode content) throws UnreadableEntryException {
            Optional<Long> expected = Read.centsIfThere(content, "closing_amount");
            Optional<Long> actual = Read.centsIfThere(content, "actual_amount");
            return new Closed(key, at, Read.centsIfThere(content, "total_sales"), Read.centsIfThere(content, "total_items"),
                    actual.flatMap(is -> expected.map(should -> is - should)));
        }

        @Override
        public boolean agreesWith(SessionEvent other) {
            return other instanceof Closed closed && sales.equals(closed.sales()) && lines.equals(closed.lines())
                    && difference.equals(closed.difference());
        }
    }
}
