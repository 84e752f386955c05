package io.github.passerelle.campaign;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Nothing was sent that was not published, and each entry under its own key, each time. */
final class NothingIsForeign implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        Map<String, String> keys = facts.sold().stream().collect(Collectors.toMap(Sold::id, Sold::key));
        return facts.received().all().stream().filter(request -> !request.key().equals(keys.get(request.id())))
                .map(request -> "foreign: " + request + ": " + (keys.containsKey(request.id()) ? "the key of that entry is " + keys.get(request.id())
                        : "no such entry was published")).toList();
    }
}
