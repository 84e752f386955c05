package io.github.passerelle.push;

import java.util.Optional;

import io.github.passerelle.camel.redisstreams.StreamEntry;

/**
 * What the till says of a session when it closes it. Null is what is missing, no whole number or beyond reason.
 *
 * @param cents          the sum of its tickets, in cents
 * @param lines          the number of its sale lines
 * @param tillDifference by how much there was more in the till than there should be, in cents; negative when there was less
 */
public record Expected(Long cents, Long lines, Long tillDifference) {

    /** By the close itself, as it lies in the stream. */
    public static Expected of(StreamEntry close) {
        Closing closing = EntryReader.content(close.fields()).map(Closing::of).orElse(Closing.UNKNOWN);
        return new Expected(closing.totalSales().orElse(null), closing.totalItems().orElse(null), closing.difference().orElse(null));
    }

    Closing closing() {
        return new Closing(Optional.ofNullable(cents), Optional.ofNullable(lines), Optional.empty(), Optional.empty());
    }
}
