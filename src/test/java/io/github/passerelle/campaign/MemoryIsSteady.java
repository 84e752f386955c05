package io.github.passerelle.campaign;

import java.util.List;

/** In the last third the worker needs no more resident memory than in the second; the first warms up. */
final class MemoryIsSteady implements Invariant {

    /** Less says nothing: the virtual machine still fills the heap that it was given. */
    private static final int FEWEST_SAMPLES = 180;
    private static final double MOST = 1.1;

    @Override
    public List<String> breaches(Facts facts) {
        if (facts.memory().size() < FEWEST_SAMPLES) {
            return List.of();
        }
        long second = third(facts.memory(), 1);
        long last = third(facts.memory(), 2);
        return last <= MOST * second ? List.of() : List.of("growing: resident memory was " + second + " KiB in the second third and " + last
                + " KiB in the last");
    }

    /** The mean of one third, the first being 0. */
    static long third(List<Long> samples, int number) {
        return (long) samples.subList(number * samples.size() / 3, (number + 1) * samples.size() / 3).stream().mapToLong(Long::longValue).average()
                .orElse(0);
    }
}
