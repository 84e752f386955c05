package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came out of one act.
 *
 * @param duplicates how often the receiver got a sale that it had
 * @param allowed    how often that may happen, by what was broken
 * @param memory     resident memory in MiB in the second and the last third; empty where it was not watched
 */
record Row(String act, int kills, int restarts, int faults, long sales, int entries, int delivered, int duplicates, int allowed, int lost,
           String quarantined, int trimmed, int lostByRedis, String memory, long seconds, List<String> breaches) {

    /** @param broken why the act did not come to its end; null when it did */
    static Row of(Act act, Scene scene, String broken, long seconds) {
        Facts facts = scene.facts();
        List<String> breaches = new ArrayList<>(Invariant.ALL.stream().flatMap(invariant -> invariant.breaches(facts).stream()).toList());
        if (broken != null) {
            breaches.add(0, broken);
        }
        Set<String> keys = facts.sold().stream().map(Sold::key).collect(Collectors.toSet());
        Set<String> delivered = new HashSet<>();
        facts.received().all().stream().filter(Arrival::isDelivery).map(Arrival::key).filter(keys::contains).forEach(delivered::add);
        int duplicates = (int) facts.received().all().stream().filter(request -> request.accepted() && !request.booked()).count();
        int lostAnswers = !facts.lostAnswers() ? 0
                : (int) facts.received().all().stream().filter(request -> request.accepted() && request.status() == 0).count();
        int allowed = lostAnswers + facts.incidents().stream().mapToInt(Incident::allowed).sum();
        return new Row(act.name(), scene.crew().kills(), scene.crew().stops(), scene.faults(), scene.sold().tickets(), facts.sold().size(),
                delivered.size(), duplicates, allowed, new NothingIsLost().breaches(facts).size(), reasons(facts.quarantined()),
                facts.trimmed().size(), facts.lostByRedis().size(), memory(facts.memory()), seconds, breaches);
    }

    private static String reasons(Map<String, String> quarantined) {
        Map<String, Integer> counts = new TreeMap<>();
        quarantined.values().forEach(cause -> counts.merge(cause, 1, Integer::sum));
        return counts.isEmpty() ? "0" : counts.entrySet().stream().map(cause -> cause.getValue() + " " + cause.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String memory(List<Long> samples) {
        return samples.size() < 3 ? "" : String.format(Locale.ROOT, "%d, %d", MemoryIsSteady.third(samples, 1) / 1024,
                MemoryIsSteady.third(samples, 2) / 1024);
    }

    boolean isRight() {
        return breaches.isEmpty();
    }
}
