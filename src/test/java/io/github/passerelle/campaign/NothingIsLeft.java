package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.List;

/** Everything was read, and nothing is pending any more. */
final class NothingIsLeft implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        List<String> breaches = new ArrayList<>(facts.pending().stream().map(id -> "left: entry " + id + " is still pending").toList());
        if (facts.unread() > 0) {
            breaches.add("left: " + facts.unread() + " entries were never read");
        }
        return breaches;
    }
}
