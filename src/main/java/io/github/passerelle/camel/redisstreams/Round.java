package io.github.passerelle.camel.redisstreams;

/**
 * How often an entry was handed to the route without being acknowledged, when it is due again, and what the route noted of it. Kept in Redis,
 * so that a restart neither loses a round nor hurries one.
 *
 * @param done      rounds that ended without an acknowledgement
 * @param dueMillis when the next one may start, in milliseconds since 1970 (UTC); {@link #NOW} while it is in progress or was replayed;
 *                  {@link #NEVER} when it was put aside
 * @param note      the route's own; empty when it noted nothing
 */
record Round(int done, long dueMillis, String note) {

    static final long NOW = 0;
    static final long NEVER = -1;
    static final Round NONE = new Round(0, NOW, "");

    /** A record that cannot be read counts as none: the entry is then due at once, which loses nothing. */
    static Round parse(String text) {
        if (text == null) {
            return NONE;
        }
        String[] parts = text.split(" ", 3);
        try {
            return new Round(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts.length == 3 ? parts[2] : "");
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return NONE;
        }
    }

    boolean isParked() {
        return dueMillis == NEVER;
    }

    @Override
    public String toString() {
        return done + " " + dueMillis + (note.isEmpty() ? "" : " " + note);
    }
}
