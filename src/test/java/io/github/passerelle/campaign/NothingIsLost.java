package io.github.passerelle.campaign;

import java.util.List;

/** Each entry was delivered, or it is known why not. */
final class NothingIsLost implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        return facts.sold().stream().filter(entry -> !facts.isGivenUp(entry) && facts.received().firstDelivery(entry.key()) == null)
                .map(entry -> "lost: " + entry + " was never delivered; it was tried " + facts.received().of(entry.key()).size() + " times").toList();
    }
}
