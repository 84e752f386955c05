package io.github.passerelle.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.tracking.Outcome.Result;

/** What somebody has changed by hand, or Redis has lost: it is told, nothing is lost by it, and there is a way out. */
class DamageTest extends TrackingTest {

    private Published sound;
    private Published damaged;
    private PasserelleApp app;

    @Test
    void aRecordThatIsGone() throws Exception {
        twoQuarantined();
        redis.command("DEL", record(damaged));
        assertListed(Damage.RECORD);
        assertThat(entry(damaged).dossier().cause()).as("noted elsewhere too").isEqualTo("rejected");
        assertThat(entry(damaged).since()).isNull();
        assertReplayDelivers();
    }

    @Test
    void aRecordOfTheWrongType() throws Exception {
        twoQuarantined();
        redis.command("DEL", record(damaged));
        redis.command("SET", record(damaged), "x");
        assertListed(Damage.RECORD);
        assertReplayDelivers();
    }

    @Test
    void aRecordOfTheWrongTypeCanBeDiscardedAsWell() throws Exception {
        twoQuarantined();
        redis.command("DEL", record(damaged));
        redis.command("RPUSH", record(damaged), "x");
        assertThat(discardDamaged()).isEqualTo(Result.DONE);
        assertThat(entry(damaged).state()).isEqualTo(State.DISCARDED);
        assertThat(entry(damaged).decided().author()).isEqualTo("Marie");
        assertThat(discardDamaged()).isEqualTo(Result.ALREADY);
    }

    @Test
    void aStateThatIsNone() throws Exception {
        twoQuarantined();
        redis.command("HSET", record(damaged), "state", "gone", "parkedAt", "yesterday", "rounds", "many");
        assertListed(Damage.RECORD);
        assertReplayDelivers();
    }

    @Test
    void aNoteThatCannotBeRead() throws Exception {
        twoQuarantined();
        String field = Till.GROUP + " " + damaged.entryId();
        for (String note : List.of("{\"cause\":", "\u001b[2J garbage", "null", "7", "[]", "{}", "")) {
            redis.command("HSET", record(damaged), "note", note);
            redis.command("HSET", "{" + stream + "}:due", field, "1 -1 " + note);
            assertListed(Damage.NOTE);
            assertThat(entry(damaged).sale()).as("its content names it").isEqualTo(saleId(damaged));
            assertThat(tracking.queries().where(saleId(damaged)).entries()).hasSize(1);
            assertThat(tracking.queries().overview().quarantined()).containsOnlyKeys("rejected", Queries.NO_CAUSE);
            assertThat(tracking.queries().quarantinedFor(Queries.NO_CAUSE)).containsExactly(id(damaged));
        }
        assertReplayDelivers();
    }

    @Test
    void aNoteThatIsDamagedInOnePlaceIsReadInTheOther() throws Exception {
        twoQuarantined();
        redis.command("HSET", "{" + stream + "}:due", Till.GROUP + " " + damaged.entryId(), "1 -1 garbage");
        assertThat(entry(damaged).dossier().cause()).isEqualTo("rejected");
        assertThat(tracking.queries().overview().quarantined()).containsOnlyKeys("rejected");
        assertThat(tracking.queries().quarantinedFor("rejected")).hasSize(2);
    }

    @Test
    void anEntryThatTheListHasLost() throws Exception {
        twoQuarantined();
        redis.command("ZREM", quarantine(), damaged.entryId());
        Listing listing = tracking.queries().quarantined(10);
        assertThat(listing.total()).isEqualTo(2);
        assertThat(listing.entries()).extracting(TrackedEntry::id).as("told first").containsExactly(id(damaged), id(sound));
        assertListed(Damage.LIST);
        assertThat(tracking.queries().quarantined(1).entries()).extracting(TrackedEntry::id).containsExactly(id(damaged));
        assertReplayDelivers();
    }

    @Test
    void aListOfTheWrongType() throws Exception {
        twoQuarantined();
        redis.command("DEL", quarantine());
        redis.command("SET", quarantine(), "x");
        Listing listing = tracking.queries().quarantined(10);
        assertThat(listing.total()).isEqualTo(2);
        assertThat(listing.entries()).hasSize(2).allMatch(entry -> entry.damage() == Damage.LIST);
        assertThat(tracking.queries().overview().totalQuarantined()).isEqualTo(2);
        assertReplayDelivers();
    }

    @Test
    void aRecordOfRoundsThatIsGone() throws Exception {
        twoQuarantined();
        redis.command("HDEL", "{" + stream + "}:due", Till.GROUP + " " + damaged.entryId());
        assertListed(Damage.ROUNDS);
        assertThat(entry(damaged).damage()).isEqualTo(Damage.ROUNDS);
        assertThat(tracking.queries().quarantined(10).total()).isEqualTo(2);
        assertReplayDelivers();
    }

    @Test
    void aRecordOfRoundsThatIsGoneMakesItDueAtTheNextStart() throws Exception {
        twoQuarantined();
        stop(app);
        redis.command("HDEL", "{" + stream + "}:due", Till.GROUP + " " + damaged.entryId());
        start();
        until("tried again", () -> state(damaged) == State.QUARANTINED && entry(damaged).damage() == null);
        assertThat(paheko.received(damaged.key())).hasSize(2);
    }

    @Test
    void anEntryThatWasAcknowledgedByHand() throws Exception {
        twoQuarantined();
        redis.xack(stream, Till.GROUP, damaged.entryId());
        assertListed(Damage.ACKNOWLEDGED);
        assertThat(entry(damaged).state()).as("not delivered as far as is known").isEqualTo(State.REMOVED);
        assertThat(discardDamaged()).isEqualTo(Result.REMOVED);
        assertThat(tracking.queries().quarantined(10).entries()).as("off the list").extracting(TrackedEntry::id).containsExactly(id(sound));
        assertThat(entry(damaged).state()).isEqualTo(State.REMOVED);
        assertThat(discardDamaged()).isEqualTo(Result.REMOVED);
        assertThat(tracking.decisions().replay(id(damaged), Why.optional(null, null)).result()).isEqualTo(Result.REMOVED);
    }

    @Test
    void contentThatIsLostIsToldAndMakesNoReplayAFailure() throws Exception {
        twoQuarantined();
        redis.command("XDEL", stream, damaged.entryId());
        redis.command("DEL", record(damaged) + ":entry");
        assertThat(tracking.queries().size(id(damaged))).isEmpty();
        assertThat(tracking.decisions().replay(id(damaged), Why.optional(null, null)).result()).isEqualTo(Result.DONE);
        until("put aside again", () -> state(damaged) == State.QUARANTINED && "trimmed".equals(entry(damaged).dossier().cause()));
        assertThat(tracking.queries().overview().quarantined()).containsOnlyKeys("rejected", "trimmed");
        redis.command("SET", record(sound) + ":entry", "x");
        redis.command("XDEL", stream, sound.entryId());
        assertThat(tracking.queries().quarantined(10).entries()).hasSize(2);
    }

    private void twoQuarantined() throws Exception {
        app = start();
        sound = quarantinedTicket();
        damaged = quarantinedTicket();
    }

    private void assertListed(Damage damage) throws Exception {
        List<TrackedEntry> entries = tracking.queries().quarantined(10).entries();
        assertThat(entries).extracting(TrackedEntry::id).containsExactly(id(damaged), id(sound));
        assertThat(entries).extracting(TrackedEntry::damage).containsExactly(damage, null);
        assertThat(entries.get(0).sale()).isEqualTo(saleId(damaged));
    }

    private void assertReplayDelivers() throws Exception {
        paheko.always(Behaviour.accept());
        assertThat(tracking.decisions().replay(id(damaged), Why.optional(null, null)).result()).isEqualTo(Result.DONE);
        until("delivered", () -> !pending().contains(damaged.entryId()));
        assertThat(paheko.accepted()).containsKey(damaged.key());
        assertThat(entry(damaged).state()).isEqualTo(State.DELIVERED);
    }

    private Result discardDamaged() throws InterruptedException {
        return tracking.decisions().discard(id(damaged), BY_MARIE).result();
    }
}
