package io.github.passerelle.camel.redisstreams;

import java.time.Instant;

/**
 * What a consumer at work says of itself in Redis, for those who look from outside.
 *
 * @param owner       tells consumers apart
 * @param pausedSince null when it is not pausing
 */
record SignOfLife(String owner, Instant pausedSince) {

    static SignOfLife parse(String text) {
        String[] parts = text.split(" ", 2);
        try {
            return new SignOfLife(parts[0], parts.length > 1 ? Instant.ofEpochMilli(Long.parseLong(parts[1])) : null);
        } catch (NumberFormatException e) {
            return new SignOfLife(parts[0], null);
        }
    }

    @Override
    public String toString() {
        return pausedSince == null ? owner : owner + " " + pausedSince.toEpochMilli();
    }
}
