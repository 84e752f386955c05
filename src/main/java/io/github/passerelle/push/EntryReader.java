package io.github.passerelle.push;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.camel.redisstreams.StreamEntry;

/**
 * The route's first step: takes an entry apart. The body becomes the payload, the bytes as they lie in Redis; the exchange properties
 * {@code event}, {@code session} and {@code idempotencyKey} name it, and {@code traceparent} tells which trace it belongs to, where it says so.
 * <p>
 * A payload is looked through once: what was found of it, to find the order of the entry, is found again as an exchange property.
 */
public class EntryReader {

    /** Exchange property, and the field of an entry that it comes from: which trace the entry belongs to. */
    static final String TRACE_PARENT = "traceparent";

    /** Exchange property: the {@link Sale}, once it was read. */
    static final String SALE = "sale";

    private static final String KNOWN = "saleOfFields";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was found in these fields: a step of the route may put others in their place. */
    private record Known(Map<String, byte[]> fields, Sale sale) {
    }

    private int maxBytes = 8 * 1024 * 1024;

    /**
     * The largest entry that is sent, in bytes of its fields together. The default, 8 MiB, is what a usual PHP takes in one request.
     */
    public void setMaxBytes(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @throws UnreadableEntryException when the entry cannot be sent as a sale
     */
    public void read(@Body Map<String, byte[]> fields, Exchange exchange) throws UnreadableEntryException {
        if (fields == null) {
            throw new TrimmedEntryException();
        }
        exchange.setProperty(TRACE_PARENT, TraceParent.of(fields.get(TRACE_PARENT)));
        long size = 0;
        for (byte[] value : fields.values()) {
            size += value.length;
        }
        if (size > maxBytes) {
            throw new UnreadableEntryException("the entry has " + size + " bytes, more than PASSERELLE_MAX_ENTRY_BYTES (" + maxBytes + ")");
        }
        byte[] payload = payload(fields);
        Sale sale = sale(fields, payload, exchange);
        exchange.setProperty(SALE, sale);
        exchange.setProperty("event", sale.event());
        exchange.setProperty("session", sale.session());
        exchange.setProperty("idempotencyKey", sale.idempotencyKey());
        exchange.setProperty(Answer.PRIVATE_TEXTS, sale.privateTexts());
        exchange.getMessage().setBody(payload);
    }

    /** The cash session that an entry belongs to; null where it names none, or cannot be read. */
    public String session(@Body Map<String, byte[]> fields, Exchange exchange) {
        return readable(fields, exchange).map(Sale::session).orElse(null);
    }

    /** Whether an entry closes a cash session. */
    public boolean isClose(@Body Map<String, byte[]> fields, Exchange exchange) {
        return readable(fields, exchange).filter(sale -> TillEvent.CLOSED.equals(sale.event())).isPresent();
    }

    private static Optional<Sale> readable(Map<String, byte[]> fields, Exchange exchange) {
        try {
            return Optional.of(sale(fields, payload(fields), exchange));
        } catch (UnreadableEntryException e) {
            return Optional.empty();
        }
    }

    private static Sale sale(Map<String, byte[]> fields, byte[] payload, Exchange exchange) throws UnreadableEntryException {
        Known known = exchange.getProperty(KNOWN, Known.class);
        if (known == null || known.fields() != fields) {
            known = new Known(fields, sale(exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class), fields, payload));
            exchange.setProperty(KNOWN, known);
        }
        return known.sale();
    }

    /** What an entry is, wherever it lies; empty when it cannot be read. */
    static Optional<Sale> sale(StreamEntry entry) {
        try {
            return Optional.of(sale(entry.id().toString(), entry.fields(), payload(entry.fields())));
        } catch (UnreadableEntryException e) {
            return Optional.empty();
        }
    }

    /** The payload of an entry; empty when it cannot be read. */
    static Optional<Payload> content(Map<String, byte[]> fields) {
        try {
            return Optional.of(Payload.read(payload(fields)));
        } catch (UnreadableEntryException e) {
            return Optional.empty();
        }
    }

    static Sale sale(String entryId, Map<String, byte[]> fields, byte[] payload) throws UnreadableEntryException {
        byte[] event = fields.get("event");
        return Sale.of(entryId, event == null ? null : new String(event, StandardCharsets.UTF_8), Payload.read(payload));
    }

    /** The field {@code payload}, or {@code data} as older tills call it; an entry with neither is itself the object, all of it text. */
    static byte[] payload(Map<String, byte[]> fields) {
        byte[] payload = fields.getOrDefault("payload", fields.get("data"));
        if (payload != null) {
            return payload;
        }
        Map<String, String> flat = new LinkedHashMap<>();
        fields.forEach((name, value) -> flat.put(name, new String(value, StandardCharsets.UTF_8)));
        try {
            return JSON.writeValueAsBytes(flat);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
