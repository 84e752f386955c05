package io.github.passerelle.camel.redisstreams;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where an entry belongs in the order of the stream.
 *
 * @param key  entries of one key go one after the other; null when it waits for nothing
 * @param kind what it is among them
 */
record Order(String key, Kind kind) {

    /** What an entry is among those of its key. */
    enum Kind {
        MEMBER('k'),
        /** It waits until every earlier one is gone. */
        BARRIER('b'),
        /** A person let it go although something spoke against it. */
        RELEASED('r');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }
    }

    static final Order NONE = new Order(null, Kind.MEMBER);

    /** What cannot be read waits for nothing. */
    static Order parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.sign + ":")) {
                try {
                    String key = URLDecoder.decode(text.substring(2), StandardCharsets.UTF_8);
                    return new Order(key.isEmpty() ? null : key, kind);
                } catch (IllegalArgumentException e) {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    boolean isMember() {
        return kind == Kind.MEMBER;
    }

    boolean isBarrier() {
        return kind == Kind.BARRIER;
    }

    boolean isReleased() {
        return kind == Kind.RELEASED;
    }

    /** Without blanks. */
    @Override
    public String toString() {
        return kind.sign + ":" + (key == null ? "" : URLEncoder.encode(key, StandardCharsets.UTF_8));
    }
}
