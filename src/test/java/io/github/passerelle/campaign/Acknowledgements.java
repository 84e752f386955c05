package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The entries of which the worker was told that they are acknowledged. */
final class Acknowledgements {

    // EVAL, script, number of keys, the keys, group and beginning of names
    private static final int BEFORE_ENTRIES = 3 + 5 + 2;
    // id, and how many arguments follow
    private static final int OF_ENTRY = 2;

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

    static List<String> ids(List<String> command) {
        List<String> ids = new ArrayList<>();
        for (int i = BEFORE_ENTRIES; i + OF_ENTRY <= command.size();) {
            ids.add(command.get(i));
            i += OF_ENTRY + Integer.parseInt(command.get(i + 1));
        }
        return ids;
    }

    Set<String> all() {
        return Set.copyOf(ids);
    }

    /** What Redis has forgotten is not acknowledged any more. */
    void forget(Set<String> takenBack) {
        ids.removeAll(takenBack);
    }
}
