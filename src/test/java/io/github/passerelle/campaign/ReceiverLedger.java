package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.passerelle.fixture.Received;

/** What arrived, in the order of arrival. */
final class ReceiverLedger {

    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<String, List<Arrival>> byKey = new HashMap<>();

    static ReceiverLedger of(List<Received> requests) {
        ReceiverLedger ledger = new ReceiverLedger();
        for (int i = 0; i < requests.size(); i++) {
            ledger.enter(Arrival.of(i, requests.get(i)));
        }
        return ledger;
    }

    void enter(Arrival arrival) {
        if (arrival.wasRead()) {
            arrivals.add(arrival);
            byKey.computeIfAbsent(arrival.key(), key -> new ArrayList<>()).add(arrival);
        }
    }

    List<Arrival> all() {
        return arrivals;
    }

    Iterable<List<Arrival>> ofEachKey() {
        return byKey.values();
    }

    List<Arrival> of(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    boolean hasBooked(String key) {
        return of(key).stream().anyMatch(Arrival::booked);
    }

    /** The place of the first try; null when there was none. */
    Integer firstTry(String key) {
        return of(key).isEmpty() ? null : of(key).get(0).place();
    }

    /** The place of the first request that was taken and whose answer was whole; null when there was none. */
    Integer firstDelivery(String key) {
        return of(key).stream().filter(Arrival::isDelivery).map(Arrival::place).findFirst().orElse(null);
    }
}
