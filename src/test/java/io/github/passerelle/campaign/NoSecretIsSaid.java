package io.github.passerelle.campaign;

import java.util.List;

/** Nothing that a process wrote holds the secret of the plugin or the password of Redis. */
final class NoSecretIsSaid implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        return facts.secretsSaid().stream().map(line -> "told: a secret stands in the output: " + line).toList();
    }
}
