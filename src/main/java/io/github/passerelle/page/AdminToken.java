package io.github.passerelle.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person must know to change anything. After some wrong guesses nobody is let in for a while, not even with the right one: who guesses
 * must not learn whether he was right.
 */
public class AdminToken {

    /** What became of a look at a token. */
    enum Check {
        RIGHT, WRONG, MISSING, NOT_SET, TOO_MANY
    }

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int GUESSES = 5;
    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<Instant> wrong = new ArrayDeque<>();
    private byte[] digest;

    public AdminToken() {
        this(Clock.systemUTC());
    }

    AdminToken(Clock clock) {
        this.clock = clock;
    }

    /** Empty or null when nobody may change anything here. */
    public void setToken(String token) {
        digest = token == null || token.isBlank() ? null : digest(token);
    }

    boolean isSet() {
        return digest != null;
    }

    /** @param token null when there was none, or not exactly one */
    synchronized Check check(String token) {
        if (!isSet()) {
            return Check.NOT_SET;
        }
        if (token == null || token.isBlank()) {
            return Check.MISSING;
        }
        if (secondsToWait() > 0) {
            return Check.TOO_MANY;
        }
        // of the digests, as the time that it takes would else tell the length
        if (MessageDigest.isEqual(digest, digest(token.strip()))) {
            return Check.RIGHT;
        }
        wrong.addLast(clock.instant());
        if (wrong.size() == GUESSES) {
            LOG.warn("{} wrong admin tokens within a minute: none is looked at for a while", GUESSES);
        }
        return Check.WRONG;
    }

    /** How long no token is looked at; 0 when one is. */
    synchronized long secondsToWait() {
        Instant now = clock.instant();
        // one of the future was written before the clock was set back
        wrong.removeIf(time -> !time.isAfter(now.minus(WHILE)) || time.isAfter(now));
        return wrong.size() < GUESSES ? 0 : Math.max(1, Duration.between(now, wrong.getFirst().plus(WHILE)).toSeconds());
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM knows SHA-256", e);
        }
    }
}
