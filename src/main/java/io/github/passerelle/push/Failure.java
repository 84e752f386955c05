package io.github.passerelle.push;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;

import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.camel.redisstreams.TryOutcome;

/**
 * What the error policy of the routes asks of a failure, and what is kept of each failed try. The policy asks before the try is kept.
 */
public class Failure implements Processor {

    private static final int GIVEN_UP_AFTER = 10;

    /** The headers with which a request shows who sends it. They stay with the message where the request fails. */
    private static final String CREDENTIALS = "X-Paheko-Secret|Authorization";

    /** Exchange property: whether Paheko was asked to book what it would book twice; not set where each request has an idempotency key. */
    private static final String ASKED_TO_BOOK = "askedToBook";

    private final Clock clock;
    private final RetryAfter retryAfter;
    private Channel channel;
    private Journal journal;
    private long backoffMillis;
    private double backoffFactor;
    private long maxBackoffMillis;
    private final List<String> secrets = new ArrayList<>();

    public Failure() {
        this(Clock.systemUTC());
    }

    Failure(Clock clock) {
        this.clock = clock;
        this.retryAfter = new RetryAfter(clock);
    }

    public void setChannel(Channel channel) {
        this.channel = channel;
    }

    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** The delay before the first redelivery, in milliseconds. */
    public void setBackoffMillis(long backoffMillis) {
        this.backoffMillis = backoffMillis;
    }

    /** By how much each delay is longer than the one before. */
    public void setBackoffFactor(double backoffFactor) {
        this.backoffFactor = backoffFactor;
    }

    /** The longest delay before a redelivery, in milliseconds. */
    public void setMaxBackoffMillis(long maxBackoffMillis) {
        this.maxBackoffMillis = maxBackoffMillis;
    }

    /** The plugin's secret, so that it can be taken out of what Paheko answers. */
    public void setSecret(String secret) {
        addSecret(secret);
    }

    /** The password of the API, for the same. */
    public void setPassword(String password) {
        addSecret(password);
    }

    private void addSecret(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
            secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        }
    }

    /**
     * The class of the failure: {@code transient}, {@code busy}, {@code configuration}, {@code rejected}, {@code unreadable}, {@code unprepared},
     * {@code in_doubt} or {@code held}.
     */
    public String kind(Exchange exchange) {
        return Cause.of(of(exchange)).failureClass().code();
    }

    /** Whether this is the tenth later round in which Paheko answered 5xx to this entry, while it took others. */
    public boolean isGivenUp(Exchange exchange) {
        Dossier dossier = dossier(exchange);
        int added = addedServerErrors(exchange, Cause.of(of(exchange)), dossier);
        return added > 0 && dossier.serverErrors() + added >= GIVEN_UP_AFTER;
    }

    /** Whether Paheko wants to be left alone for longer than the next redelivery would leave it. */
    public boolean isPatienceAsked(Exchange exchange) {
        HttpOperationFailedException answer = answer(of(exchange));
        int redeliveries = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        double next = Math.min(maxBackoffMillis, backoffMillis * Math.pow(backoffFactor, redeliveries));
        return retryAfter.of(answer).filter(wait -> wait > next).isPresent();
    }

    /** Keeps a try at the moment it has failed, and takes away the secret that was sent with it. */
    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeaders(CREDENTIALS);
        Throwable failure = of(exchange);
        if (exchange.getProperty(Exchange.ON_COMPLETION, false, Boolean.class)) {
            // Camel asks the same policy for the steps behind the end of the route: that is no try, and tells nothing of Paheko
            journal.failedBehindTheEnd(exchange, Answer.fit(exchange, failure.toString(), secrets));
            return;
        }
        Cause cause = Cause.of(failure);
        HttpOperationFailedException answer = answer(failure);
        String words = Answer.words(exchange, failure, secrets);

        Dossier dossier = dossier(exchange).named(exchange.getProperty("event", String.class), exchange.getProperty("session", String.class),
                exchange.getProperty("idempotencyKey", String.class));
        dossier = dossier.failed(clock.instant(), cause.failureClass().outcome() != TryOutcome.NOT_ASKED, addedServerErrors(exchange, cause, dossier),
                isAmbiguous(exchange, cause, answer), cause.code(), answer == null ? null : answer.getStatusCode(),
                words, why(failure));
        exchange.setProperty(RedisStreamsConstants.NOTE, dossier.toString());

        InDoubtException inDoubt = Failures.find(InDoubtException.class, failure);
        Optional<Long> wait = inDoubt == null ? retryAfter.of(answer) : Optional.of(inDoubt.remaining().toMillis());
        exchange.setProperty(RedisStreamsConstants.REPLAY_DELAY, wait.orElse(null));
        channel.failed(cause, isAmbiguous(exchange, cause, answer));
        // the line first: the report may begin a pause, and the line says why
        journal.tryFailed(exchange, cause, words, reason(exchange, cause, failure));
        TryOutcome outcome = cause.failureClass().outcome();
        boolean failed = outcome == TryOutcome.FAILED || outcome == TryOutcome.FAILED_FOR_ALL;
        outcome.report(exchange, failed ? Periods.count(clock.instant(), Map.of(Periods.FAILED, 1L)) : List.of());
    }

    /** Whether Paheko may have done nevertheless what it was asked. Where it knows no idempotence, what is not certain counts as that. */
    private static boolean isAmbiguous(Exchange exchange, Cause cause, HttpOperationFailedException answer) {
        Boolean askedToBook = exchange.getProperty(ASKED_TO_BOOK, Boolean.class);
        if (askedToBook == null) {
            return cause.isAmbiguous(answer == null ? 0 : answer.getStatusCode());
        }
        return askedToBook && !cause.isCertain(isPahekosOwn(answer));
    }

    /** PHP has ended then; a proxy may give up before it does. */
    private static boolean isPahekosOwn(HttpOperationFailedException answer) {
        String body = answer == null ? null : answer.getResponseBody();
        return answer != null && answer.getStatusCode() == 500 && body != null && (body.contains("database is locked") || body.contains("PHP error"));
    }

    /** What Passerelle itself found about the entry. */
    private static String why(Throwable failure) {
        UnreadableEntryException unreadable = Failures.find(UnreadableEntryException.class, failure);
        HeldException held = Failures.find(HeldException.class, failure);
        return unreadable != null ? unreadable.getMessage() : held != null ? held.getMessage() : null;
    }

    /** Of a fault that is nobody's answer the code alone tells too little. */
    private String reason(Exchange exchange, Cause cause, Throwable failure) {
        return cause == Cause.INTERNAL ? Answer.fit(exchange, failure.toString(), secrets) : Journal.reason(cause, failure);
    }

    private int addedServerErrors(Exchange exchange, Cause cause, Dossier dossier) {
        boolean counts = cause == Cause.PAHEKO_5XX && exchange.getProperty(RedisStreamsConstants.ROUND, 1, Integer.class) > 1
                && !exchange.getProperty(RedisStreamsConstants.PROBE, false, Boolean.class);
        Instant success = channel.lastSuccessAt();
        return counts && success != null && success.toEpochMilli() > dossier.last() ? 1 : 0;
    }

    private static Dossier dossier(Exchange exchange) {
        return Dossier.parse(exchange.getProperty(RedisStreamsConstants.NOTE, String.class)).orElse(Dossier.NEW);
    }

    private static HttpOperationFailedException answer(Throwable failure) {
        return Failures.find(HttpOperationFailedException.class, failure);
    }

    static Throwable of(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, exchange.getException(), Throwable.class);
    }
}
