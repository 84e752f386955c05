package io.github.passerelle.campaign;

import java.util.List;

/** Of each entry that was put aside it is kept why. */
final class QuarantineHasReasons implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        return facts.quarantined().entrySet().stream().filter(entry -> entry.getValue().isBlank())
                .map(entry -> "without reason: entry " + entry.getKey() + " is in quarantine, and no cause is kept").toList();
    }
}
