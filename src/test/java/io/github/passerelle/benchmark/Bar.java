package io.github.passerelle.benchmark;

import java.util.List;

/**
 * What must be reached, and what should be.
 *
 * @param what    as the table names it
 * @param values  one of each round; empty where it was not measured
 * @param least   whether the bar is the least that will do; else the most
 * @param percent whether the numbers are shares, written as per cent
 */
record Bar(String what, List<Double> values, double bar, double aim, boolean least, boolean percent) {

    static Bar least(String what, List<Double> values, double bar, double aim) {
        return new Bar(what, values, bar, aim, true, false);
    }

    static Bar most(String what, List<Double> values, double bar, double aim) {
        return new Bar(what, values, bar, aim, false, false);
    }

    static Bar mostPercent(String what, List<Double> values, double bar, double aim) {
        return new Bar(what, values, bar, aim, false, true);
    }

    boolean isMeasured() {
        return !values.isEmpty();
    }

    /** Whether most of the rounds miss it: two of three. */
    boolean isMissed() {
        return 2 * values.stream().filter(value -> !reaches(value, bar)).count() > values.size();
    }

    boolean isAimReached() {
        return reaches(Figures.median(values), aim);
    }

    private boolean reaches(double value, double bound) {
        return least ? value >= bound : value <= bound;
    }
}
