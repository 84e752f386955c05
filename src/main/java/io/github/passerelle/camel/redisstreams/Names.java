package io.github.passerelle.camel.redisstreams;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names as an option lists them: separated by commas, {@code *} for all, none when it is left out.
 */
final class Names {

    private Names() {
    }

    static Predicate<String> of(String option) {
        if (option == null || option.isBlank()) {
            return name -> false;
        }
        Set<String> names = Arrays.stream(option.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
        return names.contains("*") ? name -> true : names::contains;
    }
}
