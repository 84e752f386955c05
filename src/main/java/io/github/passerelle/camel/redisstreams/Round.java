package io.github.passerelle.camel.redisstreams;

/**
 * How often an entry was handed to the route without being acknowledged, and when it is due again. Kept in Redis, so that a restart neither
 * loses a round nor hurries one.
 *
 * @param done      rounds that ended without an acknowledgement
 * @param dueMillis when the next one may start, in milliseconds since 1970 (UTC)
 */
record Round(int done, long dueMillis) {

    static final Round NONE = new Round(0, 0);

    /** A record that cannot be read counts as none: the entry is then due at once, which loses nothing. */
    static Round parse(String text) {
        if (text == null) {
            return NONE;
        }
        String[] parts = text.split(" ", 2);
        try {
            return new Round(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return NONE;
        }
    }

    @Override
    public String toString() {
        return done + " " + dueMillis;
    }
}
