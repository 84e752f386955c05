package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.Map;

/**
 * What is counted in one hash beside the stream, in the same step as what it counts: {@code {<stream>}:counted:<group>:<name>}. A field that
 * somebody damaged stays as it is.
 *
 * @param name       of the hash
 * @param increments by how much each field grows
 * @param values     what other fields are set to
 * @param keptDays   for how many days the hash is kept after it was last written
 */
public record Count(String name, Map<String, Long> increments, Map<String, String> values, int keptDays) {

    /** As the arguments of a script: how many there are, and each of them. */
    static void addTo(List<Object> arguments, List<Count> counts) {
        arguments.add(String.valueOf(counts.size()));
        counts.forEach(count -> count.addTo(arguments));
    }

    private void addTo(List<Object> arguments) {
        arguments.addAll(List.of(name, String.valueOf(keptDays), String.valueOf(increments.size()), String.valueOf(values.size())));
        increments.forEach((field, by) -> arguments.addAll(List.of(field, by.toString())));
        values.forEach((field, value) -> arguments.addAll(List.of(field, value)));
    }
}
