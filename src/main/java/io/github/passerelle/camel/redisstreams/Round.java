package io.github.passerelle.camel.redisstreams;

/**
 * How often an entry was handed to the route without being acknowledged, when it is due again, where it belongs in the order, and what the route
 * noted of it. Kept in Redis, so that a restart neither loses a round nor hurries one.
 *
 * @param done      rounds that ended without an acknowledgement
 * @param dueMillis when the next one may start, in milliseconds since 1970 (UTC); {@link #NOW} while it is in progress or was replayed;
 *                  {@link #NEVER} when it was put aside; {@link #HELD} when it waits for others, or for a person; {@link #GATHERED} when it waits to be
 *                  acknowledged with its barrier
 * @param order     a barrier that a person released is none any more
 * @param note      the route's own; empty when it noted nothing
 */
record Round(int done, long dueMillis, Order order, String note) {

    static final long NOW = 0;
    static final long NEVER = -1;
    static final long HELD = -2;
    static final long GATHERED = -3;
    static final Round NONE = new Round(0, NOW, Order.NONE, "");

    /** A record that cannot be read counts as none: the entry is then due at once, which loses nothing. */
    static Round parse(String text) {
        if (text == null) {
            return NONE;
        }
        String[] parts = text.split(" ", 4);
        try {
            return new Round(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts.length < 3 ? Order.NONE : Order.parse(parts[2]),
                    parts.length < 4 ? "" : parts[3]);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return NONE;
        }
    }

    boolean isParked() {
        return dueMillis == NEVER;
    }

    boolean isHeld() {
        return dueMillis == HELD;
    }

    boolean isGathered() {
        return dueMillis == GATHERED;
    }

    @Override
    public String toString() {
        return done + " " + dueMillis + " " + order + (note.isEmpty() ? "" : " " + note);
    }
}
