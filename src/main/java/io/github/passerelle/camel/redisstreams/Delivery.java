package io.github.passerelle.camel.redisstreams;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;

/**
 * One entry on its way through a route. It travels as an exchange property, so that an acknowledgement made on a copy of the exchange, as
 * onCompletion does, reaches the consumer that waits for it.
 */
final class Delivery {

    /** What a delivery asks of the consumer that handed it out. */
    interface Owner {

        boolean isRedeliveryAllowed();

        void tried(Delivery delivery, TryOutcome outcome, List<Count> counts);

        void acknowledgementFailed();
    }

    private static final long LONGEST_ASKED_DELAY = TimeUnit.DAYS.toMillis(1);

    private final Entry entry;
    private final int round;
    private final Order order;
    private final List<EntryId> gathered;
    private final RedisStream stream;
    private final Exchange exchange;
    private final Owner owner;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile TryOutcome reported;
    private volatile Acker.Acknowledgement acknowledgement;
    private volatile boolean unasked;
    private volatile boolean acknowledging;
    private volatile boolean acknowledged;
    private volatile boolean parking;
    private volatile boolean parked;
    private volatile boolean disowned;
    private volatile boolean abandoned;

    Delivery(Entry entry, int round, Order order, List<EntryId> gathered, RedisStream stream, Exchange exchange, Owner owner) {
        this.entry = entry;
        this.round = round;
        this.order = order;
        this.gathered = gathered;
        this.stream = stream;
        this.exchange = exchange;
        this.owner = owner;
    }

    EntryId id() {
        return entry.id();
    }

    int round() {
        return round;
    }

    Order order() {
        return order;
    }

    Exchange exchange() {
        return exchange;
    }

    /** The endpoint's stream and group, and no others. */
    boolean isOf(String otherStream, String otherGroup) {
        return stream.isSame(otherStream, otherGroup);
    }

    /** From now on the entry has earned its acknowledgement, whether Redis can take it at this moment or not. */
    CompletionStage<Long> acknowledge(Counters counters, Map<EntryId, Counters> countersOfGathered, boolean withoutAsking) {
        acknowledgement = new Acker.Acknowledgement(entry.id(), counters,
                gathered.stream().map(id -> new Acker.Acknowledgement(id, countersOfGathered.get(id))).toList());
        unasked = withoutAsking;
        acknowledging = true;
        return stream.acknowledge(acknowledgement).whenComplete((count, failure) -> {
            if (failure == null) {
                // 0 as well when Redis came back with older data and has not given the entry out yet: then it must be told again
                acknowledged = count > 0;
            } else {
                owner.acknowledgementFailed();
            }
        });
    }

    /** Null before {@link #acknowledge}. */
    Acker.Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** The entries that are acknowledged with it. */
    List<EntryId> gathered() {
        return gathered;
    }

    boolean isAcknowledging() {
        return acknowledging;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Puts the entry aside with what is noted of it. It is no longer tried once Redis has answered, and not before. */
    CompletionStage<Boolean> park(List<Count> counts) {
        parking = true;
        Round atRest = new Round(round, Round.NEVER, order, note());
        // what waits with it must be there to be decided about as soon as it is itself
        return stream.markLater(gathered, Round.GATHERED).thenCompose(marked -> stream.quarantine().park(entry, atRest, counts)).thenApply(done -> {
            parked = true;
            return done;
        });
    }

    boolean isParked() {
        return parked;
    }

    /** Redis was asked to put it aside and has not done so. */
    boolean isParkingFailed() {
        return parking && !parked;
    }

    /** Whether the route wants a person to look at it first. */
    boolean isToBeHeld() {
        return exchange.getProperty(RedisStreamsConstants.HOLD, false, Boolean.class);
    }

    /** Whether the route leaves it to the barrier of its key. */
    boolean isToBeGathered() {
        return order.key() != null && order.isMember() && exchange.getProperty(RedisStreamsConstants.GATHER, false, Boolean.class);
    }

    /** What the route noted of the entry; empty when it noted nothing. */
    String note() {
        String note = exchange.getProperty(RedisStreamsConstants.NOTE, "", String.class);
        return note == null ? "" : note;
    }

    /** How long the route wants the next round to wait, in milliseconds; empty when it did not say, or nothing that can be understood. */
    Optional<Long> askedDelay() {
        Object asked = exchange.getProperty(RedisStreamsConstants.REPLAY_DELAY);
        return Optional.ofNullable(exchange.getContext().getTypeConverter().tryConvertTo(Long.class, exchange, asked))
                .map(millis -> Math.max(0, Math.min(millis, LONGEST_ASKED_DELAY)));
    }

    void report(TryOutcome outcome, List<Count> counts) {
        reported = outcome;
        owner.tried(this, outcome, counts);
    }

    /** What the end of the route tells of the receiver. */
    Optional<TryOutcome> outcome() {
        if (acknowledging) {
            return unasked ? Optional.empty() : Optional.of(TryOutcome.ANSWERED);
        }
        return exchange.isFailed() && reported == null && !parking ? Optional.of(TryOutcome.FAILED) : Optional.empty();
    }

    /** Whether nothing was learned of the receiver, and nothing will be from this entry, as it is put aside or done with. */
    boolean isOverUntried() {
        return acknowledging ? unasked : (parked || isToBeGathered()) && (reported == null || reported == TryOutcome.NOT_ASKED);
    }

    /** Whether Camel counts the exchange among those in flight. */
    boolean isInFlight() {
        return exchange.getUnitOfWork() != null;
    }

    /** Another consumer may have taken it over: the try that is under way is the last one. */
    void disown() {
        disowned = true;
    }

    /** The consumer that handed it out has stopped, and does not look after it any more. */
    void abandon() {
        disowned = true;
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    boolean isDisowned() {
        return disowned;
    }

    /** True for the first who asks: a route that ends with an Error may end twice. */
    boolean finish() {
        return finished.compareAndSet(false, true);
    }

    boolean isRedeliveryAllowed() {
        return !disowned && owner.isRedeliveryAllowed();
    }

    /** Between two redeliveries: Camel clears the exception right before it tries again. */
    boolean isBackingOff() {
        return isInFlight() && exchange.getException() != null;
    }
}
