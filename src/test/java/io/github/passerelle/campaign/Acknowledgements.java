package io.github.passerelle.campaign;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The entries of which the worker was told that they are acknowledged. */
final class Acknowledgements {

    // EVAL, script, number of keys, the keys, group and beginning of names
    private static final int ENTRIES = 3 + 5 + 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    void note(List<String> command, Frame answer) {
        if (answer.value() instanceof List<?> counts) {
            List<String> asked = ids(command);
            for (int i = 0; i < Math.min(asked.size(), counts.size()); i++) {
                if (counts.get(i).equals(1L)) {
                    ids.add(asked.get(i));
                }
            }
        }
    }

    /** Each of the entries is a list that begins with its id. */
    static List<String> ids(List<String> command) {
        try {
            List<String> ids = new ArrayList<>();
            JSON.readTree(command.get(ENTRIES)).forEach(entry -> ids.add(entry.get(0).textValue()));
            return ids;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> all() {
        return Set.copyOf(ids);
    }

    /** What Redis has forgotten is not acknowledged any more. */
    void forget(Set<String> takenBack) {
        ids.removeAll(takenBack);
    }
}
