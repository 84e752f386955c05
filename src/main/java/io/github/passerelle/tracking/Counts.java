package io.github.passerelle.tracking;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often each of some words occurs, the most frequent first. */
final class Counts {

    private Counts() {
    }

    static Map<String, Long> of(Stream<String> words) {
        return sorted(words.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    static Map<String, Long> sorted(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long> comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }
}
