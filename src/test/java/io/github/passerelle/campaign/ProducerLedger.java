package io.github.passerelle.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;

/** What was published, in the order of the stream. */
final class ProducerLedger {

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Sold> byId = new LinkedHashMap<>();
    private long tickets;

    synchronized void enter(CashSession session, Published published) {
        SaleEvent sale = published.sale();
        Sold.Kind kind = sale.isTicket() ? Sold.Kind.TICKET : sale == session.opened() ? Sold.Kind.OPENED : Sold.Kind.CLOSED;
        byId.put(published.entryId(), new Sold(published.entryId(), sale.key(), session.id(), kind, Hash.of(sale.payload()), sale.amountCents(),
                sale.isTicket() ? lines(sale) : 0));
        tickets += sale.isTicket() ? 1 : 0;
    }

    private int lines(SaleEvent sale) {
        try {
            return json.readTree(sale.payload()).path("items").size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Sold> all() {
        return new ArrayList<>(byId.values());
    }

    synchronized Sold entry(String id) {
        return byId.get(id);
    }

    synchronized int size() {
        return byId.size();
    }

    synchronized long tickets() {
        return tickets;
    }
}
