package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The close of a session was not tried before all that is before it was delivered, or given up. */
final class ClosesComeLast implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        Map<String, List<Sold>> sessions = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        for (Sold entry : facts.sold()) {
            if (facts.disturbed().contains(entry.session())) {
                continue;
            }
            Integer tried = facts.received().firstTry(entry.key());
            if (entry.kind() == Sold.Kind.CLOSED && tried != null) {
                sessions.getOrDefault(entry.session(), List.of()).stream().filter(earlier -> isOpen(earlier, tried, facts))
                        .forEach(earlier -> breaches.add("closed too early: " + entry + " was tried with request " + tried + " before " + earlier
                                + " was delivered"));
            } else {
                sessions.computeIfAbsent(entry.session(), session -> new ArrayList<>()).add(entry);
            }
        }
        return breaches;
    }

    private static boolean isOpen(Sold entry, int place, Facts facts) {
        Integer delivered = facts.received().firstDelivery(entry.key());
        return delivered == null ? !facts.isGivenUp(entry) : delivered > place;
    }
}
