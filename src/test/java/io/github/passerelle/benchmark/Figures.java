package io.github.passerelle.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, under its name, once in each round. */
final class Figures {

    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    void add(String name, double value) {
        all.computeIfAbsent(name, missing -> new ArrayList<>()).add(value);
    }

    /** In the order of the rounds; none where it was not measured. */
    List<Double> of(String name) {
        return List.copyOf(all.getOrDefault(name, List.of()));
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    double median(String name) {
        return median(of(name));
    }

    /** One by the other, round by round; none where one of them was not measured. */
    List<Double> ratios(String one, String other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(of(one).size(), of(other).size()); i++) {
            ratios.add(of(one).get(i) / of(other).get(i));
        }
        return ratios;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
