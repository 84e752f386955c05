package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Redis counted of each session, and of all days together, is what the receiver has booked, and the comparison at the close came to the right
 * end.
 */
final class LedgersAgree implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        List<String> breaches = new ArrayList<>();
        Map<String, List<Sold>> sessions = facts.sold().stream().filter(entry -> !facts.disturbed().contains(entry.session()))
                .collect(Collectors.groupingBy(Sold::session));
        sessions.forEach((session, entries) -> {
            Map<String, String> expected = expected(entries, facts);
            Map<String, String> counted = new TreeMap<>(facts.counted().getOrDefault(session, Map.of()));
            counted.keySet().retainAll(expected.keySet());
            if (!counted.equals(expected)) {
                breaches.add("counted wrongly: of session " + session + " Redis says " + counted + ", the receiver " + expected);
            }
        });
        if (!facts.redisLost() && facts.disturbed().isEmpty()) {
            Map<String, Long> expected = inDays(facts);
            if (!facts.days().equals(expected)) {
                breaches.add("counted wrongly: of the days Redis says " + facts.days() + ", the receiver " + expected);
            }
        }
        return breaches;
    }

    private static Map<String, Long> inDays(Facts facts) {
        List<Sold> booked = facts.sold().stream().filter(entry -> entry.isTicket() && facts.received().hasBooked(entry.key())).toList();
        return Map.of("tickets", (long) booked.size(), "cents", booked.stream().mapToLong(Sold::cents).sum());
    }

    private static Map<String, String> expected(List<Sold> entries, Facts facts) {
        List<Sold> booked = entries.stream().filter(entry -> entry.isTicket() && facts.received().hasBooked(entry.key())).toList();
        Map<String, String> expected = new TreeMap<>();
        expected.put("tickets", String.valueOf(booked.size()));
        expected.put("cents", String.valueOf(booked.stream().mapToLong(Sold::cents).sum()));
        expected.put("lines", String.valueOf(booked.stream().mapToInt(Sold::lines).sum()));
        if (!facts.redisLost()) {
            expected.put("totals", booked.size() == entries.stream().filter(Sold::isTicket).count() ? "equal" : "different");
        }
        return expected;
    }
}
