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

    /** As the scripts take them, once this is JSON. */
    static List<Object> parts(List<Count> counts) {
        return counts.stream().<Object> map(count -> List.of(count.name, count.keptDays, count.increments, count.values)).toList();
    }
}
