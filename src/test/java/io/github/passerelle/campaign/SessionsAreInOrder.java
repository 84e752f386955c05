package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first tries of what belongs to one session, its close apart, follow the order of the stream. */
final class SessionsAreInOrder implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        List<String> breaches = new ArrayList<>();
        Map<String, Sold> latest = new HashMap<>();
        for (Sold entry : facts.visible() ? facts.sold() : List.<Sold> of()) {
            Integer tried = facts.received().firstTry(entry.key());
            if (tried == null || entry.kind() == Sold.Kind.CLOSED || facts.disturbed().contains(entry.session())) {
                continue;
            }
            Sold before = latest.put(entry.session(), entry);
            if (before != null && facts.received().firstTry(before.key()) > tried) {
                breaches.add("overtaken: " + entry + " was first tried with request " + tried + ", " + before + ", which is before it, with request "
                        + facts.received().firstTry(before.key()));
            }
        }
        return breaches;
    }
}
