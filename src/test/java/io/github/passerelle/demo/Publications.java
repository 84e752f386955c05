package io.github.passerelle.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Publishes events and remembers them, so that keys and entry ids can be given the names that a person uses. */
final class Publications {

    private final Till till;
    private final List<Published> published = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    Publications(Till till) {
        this.till = till;
    }

    synchronized Published publish(int session, SaleEvent sale) {
        String name = String.format("session %d, %-9s %11s", session, sale.label().replace("session ", ""),
                sale.isTicket() ? Euros.of(sale.amountCents()) : "");
        Published entry = till.publish(sale);
        names.put(entry.key(), name);
        names.put(entry.entryId(), name);
        published.add(entry);
        return entry;
    }

    synchronized List<Published> all() {
        return List.copyOf(published);
    }

    /** The name of an idempotency key or of an entry id. It waits for a publication under way, whose request may be the quicker one. */
    synchronized String name(String keyOrEntryId) {
        return names.getOrDefault(keyOrEntryId, "one more sale " + keyOrEntryId);
    }
}
