package io.github.passerelle.campaign;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Each request carried byte for byte what the till had published. */
final class BodiesAreIdentical implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        Map<String, Sold> sold = facts.sold().stream().collect(Collectors.toMap(Sold::id, Function.identity()));
        return facts.received().all().stream().filter(request -> sold.containsKey(request.id()))
                .filter(request -> !sold.get(request.id()).hash().equals(request.hash()))
                .map(request -> "changed: the body of " + request + " is not what was published").toList();
    }
}
