package io.github.passerelle.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Publishes events and remembers them, so that keys and entry ids can be given the names that a person uses. */
final class Publications {

    private final Till till;
    private final List<Published> published = new ArrayList<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();

    Publications(Till till) {
        this.till = till;
    }

    /** The name is known before the entry is in the stream: its request may be quicker than the answer of Redis to us. */
    Published publish(int session, SaleEvent sale) {
        String name = String.format("session %d, %-9s %11s", session, sale.label().replace("session ", ""),
                sale.isTicket() ? Euros.of(sale.amountCents()) : "");
        names.put(sale.key(), name);
        Published entry = till.publish(sale);
        names.put(entry.entryId(), name);
        synchronized (published) {
            published.add(entry);
        }
        return entry;
    }

    List<Published> all() {
        synchronized (published) {
            return List.copyOf(published);
        }
    }

    /** The name of an idempotency key or of an entry id. */
    String name(String keyOrEntryId) {
        return names.getOrDefault(keyOrEntryId, "one more sale " + keyOrEntryId);
    }
}
