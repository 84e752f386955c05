package io.github.passerelle.campaign;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Exchange;

/**
 * A receiver with which some sales have bad luck. Which ones, with what and how often is a matter of the seed and the key, not of the order in
 * which they come.
 */
final class Trouble implements Behaviour {

    private record Luck(Fault fault, int times, boolean forGood) {
    }

    private final long seed;
    private final double share;
    private final List<Fault> faults;
    private final Random unread;
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();

    /** @param share of the sales that meet a fault */
    Trouble(long seed, double share, List<Fault> faults) {
        this.seed = seed;
        this.share = share;
        this.faults = faults;
        this.unread = new Random(seed);
    }

    @Override
    public boolean beforeReading() {
        return faults.contains(Fault.RESET_UNREAD) && unread.nextDouble() < share;
    }

    @Override
    public void play(Exchange exchange) throws IOException, InterruptedException {
        if (exchange.request().method().isEmpty()) {
            made.incrementAndGet();
            Fault.RESET_UNREAD.behaviour().play(exchange);
            return;
        }
        String key = exchange.request().key();
        Luck luck = luck(key);
        int earlier = luck == null ? 0 : tries.computeIfAbsent(key, k -> new AtomicInteger()).getAndIncrement();
        if (luck != null && (luck.forGood() || earlier < luck.times())) {
            made.incrementAndGet();
            luck.fault().behaviour().play(exchange);
        } else {
            Behaviour.normal().play(exchange);
        }
    }

    /** Null for a sale that meets no fault. */
    private Luck luck(String key) {
        Random random = new Random(seed * 31 + key.hashCode());
        if (random.nextDouble() >= share) {
            return null;
        }
        Fault fault = faults.get(random.nextInt(faults.size()));
        int times = 1 + random.nextInt(fault.most());
        boolean forGood = fault == Fault.REFUSED && key.startsWith("pos.ticket.") && random.nextBoolean();
        return fault == Fault.RESET_UNREAD ? null : new Luck(fault, times, forGood);
    }

    /** Whether it is refused however often it comes, so that a person must discard it. */
    boolean isRefusedForGood(String key) {
        Luck luck = luck(key);
        return luck != null && luck.forGood();
    }

    int made() {
        return made.get();
    }

    boolean losesAnswers() {
        return faults.stream().anyMatch(Fault::isAmbiguous);
    }

    /** Whether each try is seen at the receiver. */
    boolean isVisible() {
        return !faults.contains(Fault.RESET_UNREAD);
    }
}
