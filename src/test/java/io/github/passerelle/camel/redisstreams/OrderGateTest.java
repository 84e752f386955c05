package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OrderGateTest {

    private static final int CASES = 10_000;

    private final OrderGate gate = new OrderGate();

    @Test
    void entriesOfOneKeyGoOneAfterTheOther() {
        ticket(1, "a");
        ticket(2, "a");
        ticket(3, "b");
        assertThat(gate.mayStart(id(1))).isTrue();
        gate.start(id(1));
        assertThat(gate.mayStart(id(2))).isFalse();
        assertThat(gate.mayStart(id(3))).as("another key").isTrue();
        assertThat(gate.remove(id(1))).contains(id(2));
        assertThat(gate.mayStart(id(2))).isTrue();
    }

    @Test
    void oneThatHasNotHadItsFirstRoundGoesBeforeThoseBehindIt() {
        ticket(1, "a");
        ticket(2, "a");
        assertThat(gate.mayStart(id(2))).isFalse();
        assertThat(gate.mayStart(id(1))).isTrue();
    }

    @Test
    void oneThatCameBackHoldsUpNobodyButTheBarrier() {
        ticket(1, "a");
        ticket(2, "a");
        barrier(3, "a");
        gate.start(id(1));
        assertThat(gate.mayStart(id(2))).isFalse();
        assertThat(gate.back(id(1))).contains(id(2));
        gate.start(id(2));
        assertThat(gate.remove(id(2))).isEmpty();
        assertThat(gate.mayStart(id(3))).isFalse();
        assertThat(gate.remove(id(1))).as("delivered in a later round").contains(id(3));
        assertThat(gate.mayStart(id(3))).isTrue();
    }

    @Test
    void aBarrierThatWaitsHoldsUpNobody() {
        ticket(1, "a");
        barrier(2, "a");
        ticket(3, "a");
        gate.start(id(1));
        gate.mayStart(id(2));
        gate.mayStart(id(3));
        assertThat(gate.back(id(1))).contains(id(3));
    }

    @Test
    void aBarrierThatIsReleasedGoesAlthoughEarlierOnesAreNotGone() {
        ticket(1, "a");
        barrier(2, "a");
        gate.start(id(1));
        gate.back(id(1));
        assertThat(gate.mayStart(id(2))).isFalse();
        assertThat(gate.release(id(2))).contains(id(2));
        assertThat(gate.mayStart(id(2))).isTrue();
    }

    @Test
    void anEntryWithoutAKeyWaitsForNothing() {
        ticket(1, null);
        ticket(2, null);
        gate.start(id(1));
        assertThat(gate.mayStart(id(2))).isTrue();
        assertThat(gate.remove(id(1))).isEmpty();
    }

    @Test
    void oneThatIsDueAgainWaitsForTheOneInProgress() {
        ticket(1, "a");
        ticket(2, "a");
        gate.start(id(1));
        gate.back(id(1));
        gate.start(id(2));
        assertThat(gate.mayStart(id(1))).isFalse();
        assertThat(gate.remove(id(2))).contains(id(1));
    }

    /** Random histories against the rule in its plainest form: look at everything earlier each time. */
    @TestFactory
    List<DynamicTest> followsTheRuleInEveryHistory() {
        long seed = Long.getLong("seed", System.nanoTime());
        return IntStream.range(0, 100).mapToObj(block -> DynamicTest.dynamicTest("seed " + (seed + block), () -> {
            Random random = new Random(seed + block);
            for (int i = 0; i < CASES / 100; i++) {
                new History(random).run();
            }
        })).toList();
    }

    private void ticket(long n, String key) {
        gate.add(id(n), new Order(key, Order.Kind.MEMBER), false);
    }

    private void barrier(long n, String key) {
        gate.add(id(n), new Order(key, Order.Kind.BARRIER), false);
    }

    private static EntryId id(long n) {
        return new EntryId(n, 0);
    }

    /** One application of the gate as a consumer uses it, beside a model that keeps no state but the entries themselves. */
    private static final class History {

        private enum State {
            FIRST, IN_PROGRESS, BACK
        }

        private static final class Model {

            private final String key;
            private final boolean barrier;
            private State state;
            private boolean hadFirstRound;
            private boolean released;
            private boolean waiting;

            private Model(String key, boolean barrier, boolean back) {
                this.key = key;
                this.barrier = barrier;
                this.state = back ? State.BACK : State.FIRST;
                this.hadFirstRound = back;
            }
        }

        private final OrderGate gate = new OrderGate();
        private final TreeMap<EntryId, Model> models = new TreeMap<>();
        private final Random random;
        private final List<String> story = new ArrayList<>();
        private long next = 1;

        private History(Random random) {
            this.random = random;
        }

        private void run() {
            for (int step = 0; step < 60; step++) {
                act(random.nextInt(10));
                check();
            }
            // whatever happened, all goes through in the end
            while (!models.isEmpty()) {
                int before = models.size();
                List.copyOf(models.keySet()).forEach(this::tryToStart);
                models.keySet().stream().filter(id -> models.get(id).state == State.IN_PROGRESS).toList().forEach(this::remove);
                assertThat(models.size()).as("it goes on: %s", story).isLessThan(before);
                check();
            }
        }

        private void act(int action) {
            if (action < 3 || models.isEmpty()) {
                // what is found in the pending list may be older than what is known
                EntryId id = id(random.nextInt(4) == 0 ? next - random.nextInt((int) Math.min(next, 20)) : next);
                next = Math.max(next, id.millis()) + 1;
                if (id.millis() > 0 && !models.containsKey(id)) {
                    Model model = new Model(random.nextInt(8) == 0 ? null : "key" + random.nextInt(3), random.nextInt(4) == 0, random.nextInt(5) == 0);
                    models.put(id, model);
                    gate.add(id, new Order(model.key, model.barrier ? Order.Kind.BARRIER : Order.Kind.MEMBER), model.state == State.BACK);
                    story.add("add " + id + " " + model.key + (model.barrier ? " barrier" : "") + " " + model.state);
                }
                return;
            }
            EntryId id = List.copyOf(models.keySet()).get(random.nextInt(models.size()));
            Model model = models.get(id);
            if (action < 7) {
                if (model.state == State.IN_PROGRESS) {
                    back(id);
                } else {
                    tryToStart(id);
                }
            } else if (action == 7 && model.barrier) {
                model.released = true;
                story.add("release " + id);
                freed(model.key, gate.release(id));
            } else if (action == 8 && model.state == State.IN_PROGRESS) {
                remove(id);
            } else if (action == 9 && model.state == State.BACK) {
                remove(id);
            }
        }

        private void tryToStart(EntryId id) {
            Model model = models.get(id);
            if (model.state != State.IN_PROGRESS && !model.waiting) {
                boolean may = gate.mayStart(id);
                story.add("start " + id + " " + may);
                assertThat(may).as("%s", story).isEqualTo(mayStart(id));
                if (may) {
                    gate.start(id);
                    model.state = State.IN_PROGRESS;
                } else {
                    model.waiting = true;
                }
            }
        }

        private void back(EntryId id) {
            story.add("back " + id);
            Model model = models.get(id);
            model.state = State.BACK;
            model.hadFirstRound = true;
            freed(model.key, gate.back(id));
        }

        private void remove(EntryId id) {
            story.add("remove " + id);
            freed(models.remove(id).key, gate.remove(id));
        }

        private void freed(String key, Optional<EntryId> id) {
            List<EntryId> expected = models.keySet().stream()
                    .filter(other -> models.get(other).waiting && key != null && key.equals(models.get(other).key) && mayStart(other)).toList();
            assertThat(id).as("%s", story).isEqualTo(expected.stream().findFirst());
            id.ifPresent(freed -> models.get(freed).waiting = false);
        }

        /** The rule, word for word. */
        private boolean mayStart(EntryId id) {
            Model model = models.get(id);
            if (model.key == null) {
                return true;
            }
            boolean busy = models.values().stream().anyMatch(other -> model.key.equals(other.key) && other.state == State.IN_PROGRESS);
            return !busy && !isHeld(id) && models.headMap(id).entrySet().stream()
                    .noneMatch(e -> model.key.equals(e.getValue().key) && e.getValue().state == State.FIRST && !isHeld(e.getKey()));
        }

        private boolean isHeld(EntryId id) {
            Model model = models.get(id);
            return model.key != null && model.barrier && !model.released
                   && models.headMap(id).values().stream().anyMatch(other -> model.key.equals(other.key));
        }

        private boolean isHeldUp(EntryId id) {
            String key = models.get(id).key;
            return isHeld(id) && models.headMap(id).values().stream().anyMatch(other -> key.equals(other.key) && other.hadFirstRound);
        }

        private void check() {
            for (Map.Entry<EntryId, Model> entry : models.entrySet()) {
                assertThat(gate.isHeldUp(entry.getKey())).as("%s: %s", entry.getKey(), story).isEqualTo(isHeldUp(entry.getKey()));
            }
            LongStream.range(0, 3).mapToObj(n -> "key" + n).forEach(key -> assertThat(models.values().stream()
                    .filter(model -> key.equals(model.key) && model.state == State.IN_PROGRESS)).as("%s", story).hasSizeLessThanOrEqualTo(1));
        }
    }
}
