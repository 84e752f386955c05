package io.github.passerelle.push;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

import io.github.passerelle.camel.redisstreams.RedisStreamsException;

/**
 * Why an entry was not delivered: stable codes, the same wherever a cause is named. What follows from its class is said in
 * {@code routes/push-errors.camel.yaml}.
 */
public enum Cause {

    /** No connection: refused, no such host, no route, or it took too long to connect. */
    PAHEKO_UNREACHABLE,
    /** Connected, then no answer in time. Paheko may have booked it. */
    PAHEKO_TIMEOUT,
    /** The connection broke before the head of the answer was there. Paheko may have booked it. */
    CONNECTION_LOST,
    /** An answer of the class 5xx. */
    PAHEKO_5XX,
    /** 408, 425 or 429. */
    PAHEKO_BUSY,
    /** Any other 4xx: Paheko refuses this entry. */
    REJECTED,
    /** 401 or 403. */
    UNAUTHORIZED,
    /** 404 or 405. */
    NOT_FOUND,
    /** 3xx. */
    REDIRECTED,
    /** A web page in place of the plugin's answer. */
    NOT_PAHEKO,
    /** The certificate or the TLS connection. */
    TLS,
    /** The entry cannot be sent as a sale. */
    UNREADABLE,
    /** The stream holds the entry no more: it was trimmed before it was delivered. */
    TRIMMED,
    /** The cash session was booked before this entry of it came. */
    SESSION_BOOKED,
    /** An earlier request may still be under way: whether Paheko has booked the session is looked up when it must be over. */
    IN_DOUBT,
    /** The mapping names no account for something that is to be booked. */
    NOT_MAPPED,
    /** What the till says at the close is not what its tickets add up to. */
    TOTALS_DIFFER,
    /** Nothing tells whether all tickets of the session are there. */
    TOTALS_UNKNOWN,
    /** One event of the session was published twice, and not as the same. */
    CONTRADICTORY,
    /** Another amount is booked under the session's reference than its entries come to. */
    BOOKED_DIFFERENTLY,
    /** An amount is beyond what Paheko takes. */
    TOO_LARGE,
    /** Redis could not say what is needed of the cash session; Paheko was not asked. */
    REDIS_UNAVAILABLE,
    /** A fault in the routes or in the application itself. */
    INTERNAL;

    static Cause of(Throwable failure) {
        HttpOperationFailedException answer = Failures.find(HttpOperationFailedException.class, failure);
        if (answer != null) {
            return ofStatus(answer.getStatusCode());
        }
        if (has(failure, RedisStreamsException.class)) {
            return REDIS_UNAVAILABLE;
        }
        HeldException held = Failures.find(HeldException.class, failure);
        if (held != null) {
            return held.why();
        }
        if (has(failure, InDoubtException.class)) {
            return IN_DOUBT;
        }
        if (has(failure, SessionBookedException.class)) {
            return SESSION_BOOKED;
        }
        if (has(failure, TrimmedEntryException.class)) {
            return TRIMMED;
        }
        if (has(failure, UnreadableEntryException.class)) {
            return UNREADABLE;
        }
        if (has(failure, NotPahekoException.class)) {
            return NOT_PAHEKO;
        }
        if (has(failure, SSLException.class)) {
            return TLS;
        }
        if (has(failure, ConnectTimeoutException.class) || has(failure, ConnectException.class)
                || has(failure, UnknownHostException.class) || has(failure, NoRouteToHostException.class)) {
            return PAHEKO_UNREACHABLE;
        }
        if (Failures.isOutOfDescriptors(failure)) {
            // nothing was sent
            return INTERNAL;
        }
        if (has(failure, SocketTimeoutException.class)) {
            return PAHEKO_TIMEOUT;
        }
        return has(failure, IOException.class) ? CONNECTION_LOST : INTERNAL;
    }

    private static Cause ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> UNAUTHORIZED;
            case 404, 405 -> NOT_FOUND;
            case 408, 425, 429 -> PAHEKO_BUSY;
            default -> switch (status / 100) {
                case 3 -> REDIRECTED;
                case 4 -> REJECTED;
                case 5 -> PAHEKO_5XX;
                default -> NOT_PAHEKO;
            };
        };
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Failures.find(type, failure) != null;
    }

    /** What the channel makes of it. */
    FailureClass failureClass() {
        return switch (this) {
            case PAHEKO_BUSY -> FailureClass.BUSY;
            case REJECTED -> FailureClass.REJECTED;
            case UNAUTHORIZED, NOT_FOUND, REDIRECTED, NOT_PAHEKO, TLS -> FailureClass.CONFIGURATION;
            case UNREADABLE, TRIMMED, SESSION_BOOKED -> FailureClass.UNREADABLE;
            case IN_DOUBT -> FailureClass.IN_DOUBT;
            case NOT_MAPPED, TOTALS_DIFFER, TOTALS_UNKNOWN, CONTRADICTORY, BOOKED_DIFFERENTLY, TOO_LARGE -> FailureClass.HELD;
            case REDIS_UNAVAILABLE -> FailureClass.UNPREPARED;
            default -> FailureClass.TRANSIENT;
        };
    }

    /**
     * Whether Paheko may have booked the entry nevertheless.
     *
     * @param status of the answer; 0 when there was none
     */
    boolean isAmbiguous(int status) {
        return this == PAHEKO_TIMEOUT || this == CONNECTION_LOST || status == 502 || status == 504;
    }

    /**
     * Whether Paheko has not done what it was asked, for certain.
     *
     * @param ended whether an answer 5xx is Paheko's own, and so PHP was through with the request
     */
    boolean isCertain(boolean ended) {
        return switch (this) {
            case PAHEKO_UNREACHABLE, REJECTED, UNAUTHORIZED, NOT_FOUND, REDIRECTED, IN_DOUBT -> true;
            case PAHEKO_5XX -> ended;
            default -> false;
        };
    }

    /** Whether it probably concerns every entry, and a person must put it right. */
    public boolean isConfiguration() {
        return failureClass() == FailureClass.CONFIGURATION;
    }

    /** As it stands in logs, in {@code /health} and in a {@link Dossier}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
