package io.github.passerelle.tracking;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.github.passerelle.camel.redisstreams.Decision;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.StartDecision;
import io.github.passerelle.push.Periods;
import io.github.passerelle.tracking.Outcome.Result;

/**
 * What a person can decide about an entry. Each decision is one step in Redis: it may be repeated, and taken by two people at once.
 */
public final class Decisions {

    private final RedisStreamsAdmin admin;
    private final Queries queries;
    private final Clock clock;

    Decisions(RedisStreamsAdmin admin, Queries queries, Clock clock) {
        this.clock = clock;
        this.admin = admin;
        this.queries = queries;
    }

    /** Has an entry tried again that is put aside. The worker sends it: {@link Queries#worker()} tells when. */
    public Outcome replay(EntryId id, Why why) throws InterruptedException {
        Decision decision = admin.unpark(id, why.reason(), why.author());
        return outcome(id, decision, Result.ALREADY);
    }

    /**
     * Ends the way of an entry that is put aside or pending, undelivered. With the close of a session go the entries that were collected for it.
     *
     * @param why both the reason and the author
     */
    public Outcome discard(EntryId id, Why why) throws InterruptedException {
        Why.required(why.reason(), why.author());
        Optional<EntryStatus> pending = admin.pending(id);
        if (pending.filter(entry -> entry.state() == EntryStatus.State.GATHERED).isPresent() && isBeingBooked(pending.get().key())) {
            return outcome(id, Decision.IN_PROGRESS, Result.DELIVERED);
        }
        Decision decision = discardOne(id, why);
        // also when it was discarded before: perhaps it did not come to the others then
        if (decision == Decision.DONE || decision == Decision.ALREADY) {
            discardCollected(id, pending.map(EntryStatus::key).orElse(null), why);
        }
        return outcome(id, decision, Result.DELIVERED);
    }

    private Decision discardOne(EntryId id, Why why) throws InterruptedException {
        return admin.discard(id, why.reason(), why.author(), Periods.count(clock.instant(), Map.of(Periods.DISCARDED, 1L)));
    }

    /** Between two tries to book its session an entry may be in the books already. */
    private boolean isBeingBooked(String session) throws InterruptedException {
        return queries.session(session).map(TrackedSession::close).filter(close -> switch (close.state()) {
            case WAITING, DUE, SCHEDULED, REPLAYED, RELEASED -> true;
            case HELD, COLLECTED, QUARANTINED, DELIVERED, DISCARDED, REMOVED -> false;
        }).isPresent();
    }

    /** What waits to be booked with a close that will never be booked; unless the session has another one. */
    private void discardCollected(EntryId close, String session, Why why) throws InterruptedException {
        Optional<TrackedEntry> discarded = queries.entry(close).filter(entry -> SessionEntries.CLOSED.equals(entry.dossier().event()));
        if (discarded.isEmpty()) {
            return;
        }
        String of = session != null ? session : discarded.get().dossier().session();
        boolean last = queries.session(of).map(TrackedSession::close).filter(other -> other.state() != State.DISCARDED).isEmpty();
        if (!last) {
            return;
        }
        for (EntryStatus entry : PendingList.read(admin).collected()) {
            if (entry.key() != null && entry.key().equals(of) && entry.id().compareTo(close) < 0) {
                discardOne(entry.id(), why);
            }
        }
    }

    /**
     * Lets the close of a cash session go that is held, although entries are missing or the totals differ. The worker sends it. Where the till
     * published the close more than once, all of them that are held go.
     *
     * @param why both the reason and the author
     */
    public SessionOutcome release(String session, Why why) throws InterruptedException {
        Why.required(why.reason(), why.author());
        EntryId released = null;
        for (EntryId id : queries.heldCloses(session)) {
            Decision decision = admin.release(id, why.reason(), why.author());
            released = decision == Decision.DONE && released == null ? id : released;
        }
        Optional<TrackedSession> found = queries.session(session);
        if (released != null) {
            return new SessionOutcome(session, SessionOutcome.Result.DONE, queries.entry(released).orElse(null));
        }
        SessionOutcome.Result result = found.map(Decisions::withoutHeldClose).orElse(SessionOutcome.Result.UNKNOWN);
        return new SessionOutcome(session, result, found.map(TrackedSession::close).orElse(null));
    }

    /**
     * Has the channel begin at a place: what the till published before it is never sent.
     *
     * @param first the first entry that is sent; there need not be one of this id
     * @param again whether entries may be sent that were read before
     * @param why   both the reason and the author
     */
    public StartDecision goLive(EntryId first, boolean again, Why why) throws InterruptedException {
        Why.required(why.reason(), why.author());
        return admin.startAt(first, again, why.reason(), why.author());
    }

    private static SessionOutcome.Result withoutHeldClose(TrackedSession session) {
        TrackedEntry close = session.close();
        if (session.state() == SessionState.CLOSED) {
            return SessionOutcome.Result.ALREADY;
        }
        if (close == null) {
            return SessionOutcome.Result.NO_CLOSE;
        }
        boolean released = close.decided() != null && close.decided().what() == Decided.What.RELEASED;
        return released && close.state() != State.QUARANTINED ? SessionOutcome.Result.ALREADY : SessionOutcome.Result.NOT_HELD;
    }

    private Outcome outcome(EntryId id, Decision decision, Result ofDelivered) throws InterruptedException {
        if (decision == Decision.DONE) {
            return new Outcome(id, Result.DONE, null);
        }
        Optional<TrackedEntry> entry = queries.entry(id);
        Result result = switch (decision) {
            case DONE, ALREADY -> Result.ALREADY;
            case IN_PROGRESS -> Result.IN_PROGRESS;
            case NOT_PARKED -> Result.NOT_QUARANTINED;
            case NOT_HELD -> throw new IllegalStateException("only a release is answered so");
            case NOT_PENDING -> entry.map(found -> result(found.state(), ofDelivered)).orElse(Result.UNKNOWN);
        };
        return new Outcome(id, result, entry.orElse(null));
    }

    private static Result result(State state, Result ofDelivered) {
        return switch (state) {
            case WAITING -> Result.NOT_READ;
            case DELIVERED -> ofDelivered;
            case DISCARDED -> Result.DISCARDED;
            case REMOVED -> Result.REMOVED;
            // it was read between the two looks
            case DUE, SCHEDULED, HELD, COLLECTED, QUARANTINED, REPLAYED, RELEASED -> Result.IN_PROGRESS;
        };
    }
}
