package io.github.passerelle.health;

import java.time.Instant;
import java.util.Optional;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.SessionLedger;

/**
 * How things are with the channel at one moment, as far as this process knows. What is null is unknown.
 *
 * @param worker        whether the channel gets on
 * @param stream        what Redis says of the stream; null when it did not answer in time
 * @param consumer      what the consumer of this process does; null when there is none
 * @param lastSuccessAt when Paheko last took an entry, since the start of the process; null when it has not yet
 * @param lastError     the cause code of the last failed try, since the start of the process; null when none has failed
 */
public record Situation(PushWorker worker, StreamStatus stream, ConsumerStatus consumer, Instant lastSuccessAt, String lastError) {

    /** Whether the channel gets on. */
    public enum PushWorker {
        /** It is at work and gets on, or stands by. */
        OK,
        /** URL or secret is missing. */
        UNCONFIGURED,
        /** It does not run, does not reach Redis, pauses, or nothing gets through. */
        ERROR
    }

    /** Which part this process plays. */
    public enum Role {
        /** It reads the stream. */
        ACTIVE,
        /** Another process does. */
        STANDBY
    }

    /** Whether Redis answered just now. */
    public boolean redis() {
        return stream != null;
    }

    /** Whether all is well that must be well. Entries that are put aside or held alone are no error. */
    public boolean isWell() {
        return redis() && worker != PushWorker.ERROR;
    }

    /** Null while the route does not run. */
    public Role role() {
        return role(consumer);
    }

    static Role role(ConsumerStatus consumer) {
        if (consumer == null || !consumer.running()) {
            return null;
        }
        return consumer.active() ? Role.ACTIVE : Role.STANDBY;
    }

    /** Whether nothing gets through and the channel only probes. */
    public boolean paused() {
        return consumer != null && consumer.pausedSince() != null;
    }

    /** Entries that were not read yet. */
    public Long waiting() {
        return redis() ? stream.waiting() : null;
    }

    /** Entries that were read and are neither acknowledged nor held, collected or put aside; with those that are held or collected while that is unknown. */
    public Long pending() {
        return redis() ? (Long) Math.max(0, stream.pending() - waitingForOthers()) : null;
    }

    /** Entries that wait for others of their session, or for a person. Only the process at work knows. */
    public Long held() {
        return redis() && isAtWork() ? (Long) (long) consumer.held() : null;
    }

    /** Entries that are booked together with the close of their session. Only the process at work knows. */
    public Long collected() {
        return redis() && isAtWork() ? (Long) (long) consumer.gathered() : null;
    }

    private long waitingForOthers() {
        return isAtWork() ? consumer.held() + consumer.gathered() : 0;
    }

    /** Entries that are put aside until a person decides. */
    public Long quarantined() {
        return redis() ? (Long) stream.parked() : null;
    }

    /** When the oldest of {@link #pending()} was written; also null when there is none. */
    public Instant oldestPending() {
        if (!redis() || pending() == 0) {
            return null;
        }
        if (isAtWork() && consumer.oldestOpen() != null) {
            return consumer.oldestOpen();
        }
        // what is put aside, held or collected is among what Redis calls pending
        return stream.parked() == 0 && waitingForOthers() == 0 ? stream.oldestPending() : null;
    }

    /** When the oldest entry was written that waits to be read; also null when there is none. */
    public Instant oldestWaiting() {
        return redis() ? stream.oldestWaiting() : null;
    }

    /** Whether a person should look: something is put aside or held, or a session is open for too long. */
    public Boolean attention() {
        return redis() ? (Boolean) (quarantined() > 0 || held() != null && held() > 0 || isSessionForgotten()) : null;
    }

    /** Whether the close of a session seems to be lost. */
    private boolean isSessionForgotten() {
        return isAtWork() && consumer.gatheredFor() != null && consumer.gatheredFor().compareTo(SessionLedger.LONGEST_OPEN) > 0;
    }

    /** How much room is left before undelivered entries are dropped; empty while nothing is dropped, and when it is unknown. */
    public Optional<HeadRoom> headRoom() {
        return Optional.ofNullable(stream).flatMap(HeadRoom::of);
    }

    private boolean isAtWork() {
        return consumer != null && consumer.running() && consumer.connected() && consumer.active();
    }
}
