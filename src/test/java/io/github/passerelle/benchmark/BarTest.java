package io.github.passerelle.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class BarTest {

    @Test
    void isMissedWhenTwoOfThreeRoundsMissIt() {
        assertThat(Bar.least("pace", List.of(0.4, 0.6, 0.5), 0.5, 0.8).isMissed()).isFalse();
        assertThat(Bar.least("pace", List.of(0.4, 0.6, 0.49), 0.5, 0.8).isMissed()).isTrue();
        assertThat(Bar.most("seconds", List.of(3.0, 3.1, 9.0), 3, 1).isMissed()).isTrue();
        assertThat(Bar.most("seconds", List.of(3.0, 2.1, 9.0), 3, 1).isMissed()).isFalse();
        assertThat(Bar.most("once", List.of(3.1), 3, 1).isMissed()).isTrue();
    }

    @Test
    void theAimIsReachedByTheMedian() {
        assertThat(Bar.least("pace", List.of(0.9, 0.8, 0.1), 0.5, 0.8).isAimReached()).isTrue();
        assertThat(Bar.mostPercent("share", List.of(0.01, 0.03, 0.03), 0.15, 0.02).isAimReached()).isFalse();
    }

    @Test
    void aRatioIsTakenWithinARound() {
        Figures figures = new Figures();
        List.of(10.0, 30.0, 20.0).forEach(value -> figures.add("one", value));
        List.of(20.0, 60.0).forEach(value -> figures.add("other", value));
        assertThat(figures.ratios("one", "other")).containsExactly(0.5, 0.5);
        assertThat(figures.ratios("one", "none")).isEmpty();
        assertThat(figures.median("one")).isEqualTo(20);
        assertThat(figures.median("other")).isEqualTo(40);
    }
}
