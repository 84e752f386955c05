package io.github.passerelle.tracking;

import java.time.Instant;
import java.util.Map;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.push.SessionLedger;

/**
 * How things are with a channel.
 *
 * @param at                when this was asked
 * @param worker            who sends the entries
 * @param published         whether the stream holds anything, or ever did
 * @param waiting           entries that were not read yet; null when Redis cannot tell
 * @param due               entries in progress, or sent as soon as the worker comes to them
 * @param scheduled         entries whose next try has a time
 * @param nextTry           the first of these times; null when there is none
 * @param held              closes of cash sessions that wait for earlier entries, or for a person
 * @param collected         entries of cash sessions that are booked together with the close of theirs
 * @param oldestCollected   when the oldest of these was published; null for none
 * @param failing           how many entries are tried again after a failure, by the cause of their last one, the most frequent first
 * @param lastCause         the cause of the last of all these failures; null when there is none
 * @param quarantined       how many entries are put aside, by cause, the most frequent first; {@link Queries#NO_CAUSE} where none is known
 * @param oldestUndelivered when the oldest entry that waits or is pending was published, without those that are put aside; null for none
 * @param oldestUnsent      the same of those that should be sent by now: that wait, are in progress or are due
 * @param oldestQuarantined when the oldest one that is put aside was published; null for none
 * @param trimmed           entries that were dropped from the stream before they were read, as far as a worker has noticed
 * @param headRoom          how much room is left before undelivered entries are dropped; null while nothing is dropped, or when Redis cannot tell
 */
public record Overview(Instant at, Worker worker, boolean published, Long waiting, long due, long scheduled, Instant nextTry,
                       long held, long collected, Instant oldestCollected, Map<String, Long> failing, String lastCause, Map<String, Long> quarantined, Instant oldestUndelivered,
                       Instant oldestUnsent, Instant oldestQuarantined, long trimmed, HeadRoom headRoom) {

    /** The first of these that applies is what a person should know first. */
    public enum Condition {
        /** Nothing is sent: no worker gives a sign of life. */
        NOT_AT_WORK,
        /** Nothing gets through: Paheko seems to be at fault. */
        PAUSED,
        /** Undelivered entries will soon be dropped from the stream. */
        TRIMMING_THREATENS,
        /** Entries are put aside until a person decides. */
        UNDECIDED,
        /** Closes of cash sessions wait. */
        HELD,
        /** Entries failed and are tried again by themselves. */
        RETRYING,
        /** What was published was delivered, or is about to be. */
        WELL
    }

    public Condition condition() {
        if (!worker.atWork()) {
            return Condition.NOT_AT_WORK;
        }
        if (worker.pausedSince() != null) {
            return Condition.PAUSED;
        }
        if (isTrimmingThreatening()) {
            return Condition.TRIMMING_THREATENS;
        }
        if (totalQuarantined() > 0) {
            return Condition.UNDECIDED;
        }
        if (held > 0) {
            return Condition.HELD;
        }
        return scheduled > 0 ? Condition.RETRYING : Condition.WELL;
    }

    /** Whether a session is open for so long that its close seems to be lost. */
    public boolean isSessionForgotten() {
        return oldestCollected != null && oldestCollected.isBefore(at.minus(SessionLedger.LONGEST_OPEN));
    }

    public boolean isTrimmingThreatening() {
        return headRoom != null && headRoom.isShort();
    }

    public long totalQuarantined() {
        return quarantined.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Entries that are neither delivered nor put aside, nor wait for the close of their session; null when Redis cannot tell. */
    public Long undelivered() {
        return waiting == null ? null : waiting + due + scheduled + held;
    }
}
