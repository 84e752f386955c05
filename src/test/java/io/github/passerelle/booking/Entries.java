package io.github.passerelle.booking;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamEntry;

/** Entries of one cash session, written by hand. */
final class Entries {

    static final String SESSION = "s-1";
    static final Mapping MAPPING = new Mapping(Map.of("especes", "530", "cheque", "5112", "cb", "512"), "7073", Map.of("books", "707"), "7541",
            Set.of("gift"), new Mapping.Differences("especes", "758", "658"), "match", "Caisse RecyClique");

    private Entries() {
    }

    /**
     * @param at      the time of its id
     * @param payload with single quotes in place of double ones
     */
    static StreamEntry entry(String at, String event, String payload) {
        return raw(at, event, payload.replace('\'', '"'));
    }

    static StreamEntry raw(String at, String event, String payload) {
        return new StreamEntry(new EntryId(Instant.parse(at).toEpochMilli(), 0), Map.of("event", event.getBytes(StandardCharsets.UTF_8),
                "payload", payload.getBytes(StandardCharsets.UTF_8)));
    }

    static StreamEntry opened(String at) {
        return opened(at, "real");
    }

    static StreamEntry opened(String at, String type) {
        return entry(at, "pos.session.opened", "{'session_id':'" + SESSION + "','initial_amount':5000,'session_type':'" + type + "'}");
    }

    static StreamEntry ticket(String at, String sale, String date, long total, String items, String payments) {
        return entry(at, "pos.ticket.created", "{'event':'pos.ticket.created','sale_id':'" + sale + "','cash_session_id':'" + SESSION
                                               + "','total_amount':" + total + ",'note':'=1+1 Mme Martin','sale_date':" + date + ",'items':[" + items
                                               + "],'payments':[" + payments + "]}");
    }

    /** One item, paid at once. */
    static StreamEntry sale(String at, String sale, long cents, String method) {
        return ticket(at, sale, "null", cents, item(cents, null, null), payment(method, cents));
    }

    static String item(long cents, String category, String preset) {
        return "{'id':'i','category_id':" + quoted(category) + ",'preset_id':" + quoted(preset) + ",'quantity':1,'unit_price':" + cents
               + ",'total_price':" + cents + ",'weight':1.5}";
    }

    static String payment(String method, long cents) {
        return "{'id':'p','payment_method':'" + method + "','amount':" + cents + "}";
    }

    /** @param more further fields, or none */
    static StreamEntry closed(String at, String more) {
        return entry(at, "pos.session.closed", "{'session_id':'" + SESSION + "','variance_comment':'erreur de Paul'" + more + "}");
    }

    static String totals(long cents, int lines) {
        return ",'total_sales':" + cents + ",'total_items':" + lines;
    }

    private static String quoted(String text) {
        return text == null ? "null" : "'" + text + "'";
    }
}
