package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.ParkedEntry;
import io.github.passerelle.push.Dossier;

/** What several places in Redis say of one entry, put together; what only a moment or an accident brings about. */
class TracerTest {

    private static final EntryId ID = EntryId.parse("1763640000000-0");
    private static final Instant PARKED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant DECIDED = Instant.parse("2026-11-21T11:00:00Z");
    private static final Instant CLOSED = Instant.parse("2026-11-21T11:00:01Z");

    @Test
    void anEntryThatWasTriedSinceItsReplayIsCalledReplayedNoLonger() {
        assertThat(trace(due(DECIDED.minusSeconds(1)), record(ParkedEntry.State.REPLAYED, null)).state()).isEqualTo(State.REPLAYED);
        assertThat(trace(due(DECIDED.plusSeconds(1)), record(ParkedEntry.State.REPLAYED, null)).state()).isEqualTo(State.DUE);
    }

    @Test
    void whatWasDecidedBetweenTwoLooksIsToldByTheLaterOne() {
        EntryStatus parked = new EntryStatus(ID, "passerelle", EntryStatus.State.PARKED, 1, null, null, note(PARKED));
        assertThat(trace(parked, record(ParkedEntry.State.REPLAYED, null)).state()).isEqualTo(State.REPLAYED);
        assertThat(tracer(parked, record(ParkedEntry.State.DISCARDED, CLOSED)).isOutdated()).isTrue();
        assertThat(tracer(parked, record(ParkedEntry.State.ACKNOWLEDGED, CLOSED)).isOutdated()).isTrue();
        assertThat(tracer(parked, record(ParkedEntry.State.PARKED, null)).isOutdated()).isFalse();
        assertThat(tracer(null, record(ParkedEntry.State.DISCARDED, CLOSED)).isOutdated()).isFalse();
    }

    @Test
    void onlyWhatWasReplayedAfterItWasPutAsideCountsAsDelivered() {
        assertThat(trace(null, record(ParkedEntry.State.ACKNOWLEDGED, CLOSED)).state()).isEqualTo(State.DELIVERED);
        ParkedEntry asideAgain = new ParkedEntry(ID, ParkedEntry.State.ACKNOWLEDGED, 1, note(PARKED), DECIDED.plusSeconds(1), DECIDED, null, null,
                CLOSED, null);
        assertThat(trace(null, asideAgain).state()).isEqualTo(State.REMOVED);
    }

    @Test
    void whatIsGoneWithoutATraceOfItsEndIsNotCalledDelivered() {
        for (ParkedEntry.State state : new ParkedEntry.State[] { ParkedEntry.State.PARKED, ParkedEntry.State.REPLAYED, null }) {
            TrackedEntry entry = trace(null, record(state, null));
            assertThat(entry.state()).isEqualTo(State.REMOVED);
            assertThat(entry.damage()).isEqualTo(state == null ? Damage.RECORD : Damage.ACKNOWLEDGED);
        }
    }

    @Test
    void aGroupThatBeginsAnewReadsEverythingAgainWhateverWasDecided() {
        Tracer tracer = new Tracer(ID, Dossier.NEW, false, null, record(ParkedEntry.State.DISCARDED, CLOSED));
        assertThat(tracer.trace().orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void whatWasDecidedIsToldByItsRecordAndBeforeThatWasKeptByItsState() {
        assertThat(trace(due(DECIDED.minusSeconds(1)), record(ParkedEntry.State.RELEASED, null)).state()).isEqualTo(State.RELEASED);
        assertThat(trace(due(DECIDED.plusSeconds(1)), record(ParkedEntry.State.RELEASED, null)).state()).isEqualTo(State.DUE);
        assertThat(trace(null, record(ParkedEntry.State.DISCARDED, CLOSED)).decided().what()).isEqualTo(Decided.What.DISCARDED);
        assertThat(trace(null, record(ParkedEntry.State.ACKNOWLEDGED, CLOSED)).decided().what()).isEqualTo(Decided.What.REPLAYED);
        ParkedEntry released = new ParkedEntry(ID, ParkedEntry.State.ACKNOWLEDGED, 1, "", null, DECIDED, "why", "Marie", CLOSED,
                ParkedEntry.State.RELEASED);
        assertThat(trace(null, released).state()).isEqualTo(State.DELIVERED);
        assertThat(trace(null, released).decided().what()).isEqualTo(Decided.What.RELEASED);
    }

    @Test
    void nothingIsKnownOfWhatIsNowhere() {
        assertThat(new Tracer(ID, null, true, null, null).trace()).isEmpty();
        assertThat(new Tracer(ID, null, false, null, null).trace()).isEmpty();
    }

    private static TrackedEntry trace(EntryStatus pending, ParkedEntry record) {
        return tracer(pending, record).trace().orElseThrow();
    }

    private static Tracer tracer(EntryStatus pending, ParkedEntry record) {
        return new Tracer(ID, null, true, pending, record);
    }

    private static EntryStatus due(Instant lastTry) {
        return new EntryStatus(ID, "passerelle", EntryStatus.State.DUE, 1, null, null, note(lastTry));
    }

    private static ParkedEntry record(ParkedEntry.State state, Instant closed) {
        return new ParkedEntry(ID, state, 1, note(PARKED), PARKED, state == ParkedEntry.State.PARKED ? null : DECIDED, "why", "Marie", closed,
                null);
    }

    private static String note(Instant lastTry) {
        return "{\"cause\":\"rejected\",\"tries\":1,\"last\":" + lastTry.toEpochMilli() + "}";
    }
}
