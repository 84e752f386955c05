package io.github.passerelle.camel.redisstreams;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an entry when its route has ended.
 */
final class RoundEnd {

    private static final Logger LOG = LoggerFactory.getLogger(RoundEnd.class);

    private final RedisStream stream;
    private final RedisStreamsConfiguration configuration;
    private final Backlog backlog;
    private final GrowingDelay replayDelay;
    private final Time time;

    RoundEnd(RedisStream stream, RedisStreamsConfiguration configuration, Backlog backlog, GrowingDelay replayDelay, Time time) {
        this.stream = stream;
        this.configuration = configuration;
        this.backlog = backlog;
        this.replayDelay = replayDelay;
        this.time = time;
    }

    /**
     * @param cutShort whether the consumer is stopping
     */
    void finish(Delivery delivery, boolean cutShort) {
        EntryId id = delivery.id();
        if (delivery.isAcknowledged()) {
            backlog.forget(id, delivery.gathered());
        } else if (delivery.isAcknowledging()) {
            backlog.keepToAcknowledge(delivery.acknowledgement());
        } else if (delivery.isParked()) {
            backlog.park(id);
        } else if (delivery.isToBeHeld() && !delivery.isDisowned()) {
            hold(delivery);
        } else if (configuration.isGather() && delivery.isToBeGathered() && !delivery.isDisowned()) {
            gather(delivery);
        } else if (cutShort) {
            // the entry is due at once when reading begins again, as if the process had died
            keepNote(delivery, List.of());
            backlog.leave(id);
        } else {
            again(delivery);
        }
    }

    /** After a try, whatever comes next: what is known of it must survive the process. */
    void keepNote(Delivery delivery, List<Count> counts) {
        if (delivery.note().isEmpty() && counts.isEmpty()) {
            return;
        }
        try {
            stream.endRound(delivery.id(), new Round(delivery.round() - 1, Round.NOW, delivery.order(), delivery.note()), counts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // the end of the round tells what Redis refuses
            LOG.debug("Redis did not take the note of entry {}", delivery.id(), e);
        }
    }

    private void again(Delivery delivery) {
        EntryId id = delivery.id();
        long wait = delay(delivery);
        waitAgain(delivery);
        if (!record(delivery, delivery.round(), time.wallClock() + wait)) {
            backlog.park(id);
            return;
        }
        backlog.again(id, delivery.round(), time.ticks() + wait);
        LOG.atInfo().addKeyValue("correlation_id", id.toString()).log("Entry {} stays pending after round {}; next round in {} s", id,
                delivery.round(), Math.round(wait / 1000.0));
    }

    private void hold(Delivery delivery) {
        waitAgain(delivery);
        record(delivery, delivery.round() - 1, Round.HELD);
        backlog.hold(delivery.id());
        LOG.atWarn().addKeyValue("correlation_id", delivery.id().toString()).log("Entry {} is held until a person releases it", delivery.id());
    }

    /** What was gathered for a barrier that is not done with is not in progress any more. */
    private void waitAgain(Delivery delivery) {
        try {
            stream.mark(delivery.gathered(), Round.GATHERED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // a person cannot discard them until the barrier is handed out again, or Passerelle restarted
            LOG.debug("Redis did not take that what entry {} gathered waits again", delivery.id(), e);
        }
    }

    private void gather(Delivery delivery) {
        record(delivery, delivery.round() - 1, Round.GATHERED);
        backlog.gather(delivery.id());
    }

    /** @return false when it turned out that the entry is put aside */
    private boolean record(Delivery delivery, int done, long due) {
        try {
            return stream.endRound(delivery.id(), new Round(done, due, delivery.order(), delivery.note()), List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // where it could not be put aside, it was told a moment ago what Redis refuses
            if (!delivery.isParkingFailed()) {
                LOG.atWarn().addKeyValue("correlation_id", delivery.id().toString()).log("Redis did not take the record of round {} of entry {}: {}",
                        delivery.round(), delivery.id(), RedisStreamsException.describe(configuration, e));
            }
        }
        return true;
    }

    private long delay(Delivery delivery) {
        return delivery.askedDelay().orElseGet(() -> replayDelay.millis(delivery.round()));
    }
}
