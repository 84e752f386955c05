package io.github.passerelle.push;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the channel must know of an entry to send it and to count it. The payload itself is only looked at, never written anew.
 *
 * @param event          the event type
 * @param session        the cash session that it belongs to; null when it names none
 * @param idempotencyKey the same for every try and for a second publication of the same sale
 * @param sessionType    such as {@code virtual}; null when it does not say
 * @param amounts        those of a ticket; empty when they are unknown, and for anything else
 * @param closing        what the close of a session says of it
 * @param privateTexts   free text that must not appear in a log
 */
record Sale(String event, String session, String idempotencyKey, String sessionType, Optional<Amounts> amounts, Closing closing,
            List<String> privateTexts) {

    /** What may become a header: nothing that could end one or begin another. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    private static final Map<String, String> ID_FIELDS = Map.of(
            "pos.ticket.created", "sale_id",
            "pos.session.opened", "session_id",
            "pos.session.closed", "session_id");

    /**
     * @param  entryId   the id of the entry in the stream
     * @param  eventType what the entry says its event is; null when it does not say
     * @param  payload   the top level of the payload
     */
    static Sale of(String entryId, String eventType, Payload payload) throws UnreadableEntryException {
        String event = eventType != null ? eventType : payload.text("event");
        if (event == null) {
            throw new UnreadableEntryException("neither the entry nor its payload names the event");
        }
        if (!isHeaderValue(event)) {
            throw new UnreadableEntryException("the event type is not of the form " + HEADER_VALUE.pattern());
        }
        String idField = ID_FIELDS.get(event);
        String id = idField == null ? null : payload.text(idField);
        String session = payload.text("session_id") != null ? payload.text("session_id") : payload.text("cash_session_id");
        return new Sale(event, isHeaderValue(session) ? session : null, isHeaderValue(id) ? event + ":" + id : "entry:" + entryId,
                payload.text("session_type"), Amounts.of(payload), Closing.of(payload), payload.privateTexts());
    }

    static boolean isHeaderValue(String text) {
        return text != null && HEADER_VALUE.matcher(text).matches();
    }
}
