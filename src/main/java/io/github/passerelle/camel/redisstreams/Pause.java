package io.github.passerelle.camel.redisstreams;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides when to stop sending because the receiver seems to be at fault, which entry to probe it with meanwhile, and when to go on. No Redis,
 * no clock, no thread of its own: times are milliseconds on whatever clock the caller uses throughout.
 * <p>
 * A pause begins when the latest tries of several different entries have failed with no success between, or at once when a failure concerns
 * every entry. It ends with the first success. So that a single entry cannot keep everything paused, the entry it began with is probed three
 * times, and after that the others take turns. An entry that failed as if it concerned all, while a probe with another one succeeded, is a
 * suspect: its next such failure pauses nothing.
 */
final class Pause {

    private static final int PROBES_WITH_THE_FIRST = 3;

    private final int after;
    private final GrowingDelay probeDelay;
    private final Set<EntryId> failing = new LinkedHashSet<>();
    private final Set<EntryId> failedForAll = new HashSet<>();
    private final Set<EntryId> suspects = new HashSet<>();
    private final Set<EntryId> probed = new HashSet<>();
    private final Set<String> probedKeys = new HashSet<>();
    private EntryId first;
    private EntryId probe;
    private int probes;
    private boolean paused;
    private long nextProbe;

    /**
     * @param after how many different entries must fail before a pause begins; 0 for never
     */
    Pause(int after, GrowingDelay probeDelay) {
        this.after = after;
        this.probeDelay = probeDelay;
    }

    /**
     * @return the entries that had failed and may be tried again now, as a pause has ended; empty in all other cases
     */
    synchronized Set<EntryId> tried(EntryId id, TryOutcome outcome, long now) {
        if (outcome == TryOutcome.ANSWERED) {
            return answered(id);
        }
        boolean forAll = outcome == TryOutcome.FAILED_FOR_ALL;
        if (!forAll) {
            suspects.remove(id);
        } else if (suspects.contains(id)) {
            return Set.of();
        } else {
            failedForAll.add(id);
        }
        failing.add(id);
        if (!paused && after > 0 && (forAll || failing.size() >= after)) {
            paused = true;
            first = id;
            probes = 0;
            probed.clear();
            probedKeys.clear();
            nextProbe = now + probeDelay.millis(1);
        }
        return Set.of();
    }

    private Set<EntryId> answered(EntryId id) {
        suspects.remove(id);
        Set<EntryId> again = Set.of();
        if (paused) {
            failing.remove(id);
            failedForAll.remove(id);
            again = Set.copyOf(failing);
            if (id.equals(probe)) {
                // only a try that began after the others had failed tells that they alone fail
                suspects.addAll(failedForAll);
            }
        }
        paused = false;
        failing.clear();
        failedForAll.clear();
        return again;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    /** Whether this entry alone failed as if it concerned all. */
    synchronized boolean isSuspect(EntryId id) {
        return suspects.contains(id);
    }

    /** Begins as if nothing had been tried yet. */
    synchronized void reset() {
        failing.clear();
        failedForAll.clear();
        suspects.clear();
        probe = null;
        paused = false;
    }

    /** The entry is no longer to be tried. */
    synchronized void forget(EntryId id) {
        suspects.remove(id);
        failing.remove(id);
        failedForAll.remove(id);
    }

    /** When the next probe may be made; {@link Long#MAX_VALUE} while one is under way or there is no pause. */
    synchronized long nextProbe() {
        return paused && probe == null ? nextProbe : Long.MAX_VALUE;
    }

    /**
     * Chooses the entry to probe with, and takes the probe for begun. After the first three probes the entries take turns, those of a key that
     * had none yet first.
     *
     * @param  sendable what could be sent now, had there been no pause
     * @param  key      the order key of an entry; null when it has none
     * @return          empty when all of them have had their turn: one that is not known yet should be added, or else the turns begin anew
     */
    synchronized Optional<EntryId> beginProbe(Collection<EntryId> sendable, Function<EntryId, String> key) {
        EntryId chosen;
        if (probes < PROBES_WITH_THE_FIRST && sendable.contains(first)) {
            chosen = first;
        } else {
            chosen = sendable.stream().filter(id -> !probed.contains(id))
                    .min(Comparator.<EntryId, Boolean> comparing(id -> probedKeys.contains(key.apply(id))).thenComparing(id -> id)).orElse(null);
        }
        if (chosen != null) {
            probed.add(chosen);
            String keyOfChosen = key.apply(chosen);
            if (keyOfChosen != null) {
                probedKeys.add(keyOfChosen);
            }
            probe = chosen;
        }
        return Optional.ofNullable(chosen);
    }

    /** Lets every entry have its turn again. */
    synchronized void newTurn() {
        probed.clear();
        probedKeys.clear();
    }

    /** The entry turned out to be none that can be sent: nothing is learnt of the receiver, and another one may be chosen at once. */
    synchronized void skipProbe(EntryId id) {
        if (id.equals(probe)) {
            probe = null;
        }
    }

    /**
     * The entry was tried, as a probe or otherwise.
     *
     * @param notBefore how long the receiver wants to be left alone, in milliseconds
     */
    synchronized void endProbe(EntryId id, long now, long notBefore) {
        if (id.equals(probe)) {
            probe = null;
            probes++;
            nextProbe = now + Math.max(notBefore, probeDelay.millis(probes + 1));
        } else if (notBefore > 0) {
            // the failure that began the pause came with this wish
            nextProbe = Math.max(nextProbe, now + notBefore);
        }
    }
}
