package io.github.passerelle.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sale that the receiver had taken came again only because its answer was lost, once for each lost answer, or because of an incident between
 * the two requests, as often as that allows.
 */
final class RepetitionsAreExplained implements Invariant {

    private record Repetition(Arrival first, Arrival second) {
    }

    @Override
    public List<String> breaches(Facts facts) {
        List<Repetition> repetitions = new ArrayList<>();
        facts.received().ofEachKey().forEach(requests -> {
            for (int i = 0; i + 1 < requests.size(); i++) {
                Arrival first = requests.get(i);
                if (first.accepted() && !(facts.lostAnswers() && first.status() == 0)) {
                    repetitions.add(new Repetition(first, requests.get(i + 1)));
                }
            }
        });
        repetitions.sort(Comparator.comparing(repetition -> repetition.second().nanos()));
        return unexplained(repetitions, facts.incidents());
    }

    /** Each takes the first incident that ends after it began and still allows one: no other choice would explain more. */
    private static List<String> unexplained(List<Repetition> repetitions, List<Incident> incidents) {
        Map<Incident, Integer> used = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        for (Repetition repetition : repetitions) {
            Optional<Incident> cause = incidents.stream().filter(incident -> incident.liesBetween(repetition.first(), repetition.second())
                    && used.getOrDefault(incident, 0) < incident.allowed()).findFirst();
            cause.ifPresent(incident -> used.merge(incident, 1, Integer::sum));
            if (cause.isEmpty()) {
                breaches.add("repeated: " + repetition.first() + " was taken, and " + repetition.second()
                        + " came all the same; between them was nothing that still allows it");
            }
        }
        return breaches;
    }
}
