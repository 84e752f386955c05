package io.github.passerelle.push;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.camel.redisstreams.StreamEntry;

/**
 * An event of the till with all that it says, for whoever computes with it.
 *
 * @param type    the event type
 * @param session the cash session that it belongs to; null when it names none, or none that could be a header
 * @param key     the idempotency key: the same for a second publication of the same sale
 * @param content the payload
 */
public record TillEvent(String type, String session, String key, JsonNode content) {

    public static final String OPENED = "pos.session.opened";
    public static final String TICKET = "pos.ticket.created";
    public static final String CLOSED = "pos.session.closed";

    /** @throws UnreadableEntryException when it cannot be sent as a sale, or says something twice */
    public static TillEvent of(StreamEntry entry) throws UnreadableEntryException {
        byte[] payload = EntryReader.payload(entry.fields());
        Sale sale = EntryReader.sale(entry.id().toString(), entry.fields(), payload);
        return new TillEvent(sale.event(), sale.session(), sale.idempotencyKey(), Payload.wholeTree(payload));
    }
}
