package io.github.passerelle.push;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.github.passerelle.camel.redisstreams.StreamEntry;

/**
 * What is remembered of an entry that was not delivered at the first try: from round to round, and in the quarantine. It holds nothing of what
 * the entry says but the ids that name it.
 *
 * @param event        the event type; null when the entry does not name one
 * @param session      the cash session; null when it names none
 * @param key          the idempotency key; null when it could not be found
 * @param first        when it was tried first, in milliseconds since 1970 (UTC)
 * @param last         when it was tried last, in milliseconds since 1970 (UTC)
 * @param tries        how often it was tried
 * @param serverErrors later rounds that ended with an answer 5xx while Paheko took other entries
 * @param mayBeBooked  whether Paheko may have booked it without our seeing the answer
 * @param cause        the cause code of the last failure
 * @param status       the status of the last answer; null when there was none
 * @param answer       Paheko's own words, fit to be shown; null when there were none
 * @param why          what is wrong with the entry, where Paheko was not asked; null when there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Dossier(String event, String session, String key, long first, long last, int tries, int serverErrors, boolean mayBeBooked,
                      String cause, Integer status, String answer, String why) {

    /** The member that holds the cause code. */
    public static final String CAUSE = "cause";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Of an entry that was never tried. */
    public static final Dossier NEW = new Dossier(null, null, null, 0, 0, 0, 0, false, null, null, null, null);

    /** @return empty for a text that is no dossier: nothing was noted, or somebody damaged it */
    public static Optional<Dossier> parse(String note) {
        if (note == null || note.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(note, Dossier.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The names that the content of an entry gives it; none when it cannot be read. */
    public static Dossier ofContent(StreamEntry entry) {
        return EntryReader.sale(entry).map(sale -> NEW.named(sale.event(), sale.session(), sale.idempotencyKey())).orElse(NEW);
    }

    /** With these names; one that is null leaves the known one. */
    public Dossier named(String newEvent, String newSession, String newKey) {
        return new Dossier(newEvent == null ? event : newEvent, newSession == null ? session : newSession, newKey == null ? key : newKey, first,
                last, tries, serverErrors, mayBeBooked, cause, status, answer, why);
    }

    Dossier failed(Instant at, boolean sent, int addedServerErrors, boolean ambiguous, String newCause, Integer newStatus, String newAnswer, String newWhy) {
        long now = at.toEpochMilli();
        return new Dossier(event, session, key, first == 0 ? now : first, now, tries + (sent ? 1 : 0), serverErrors + addedServerErrors,
                mayBeBooked || ambiguous, newCause, newStatus, newAnswer, newWhy);
    }

    @Override
    public String toString() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}
