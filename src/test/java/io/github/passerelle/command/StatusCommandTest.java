package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Overview;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.Worker;

class StatusCommandTest extends CommandTest {

    private static final Worker WELL = new Worker(true, null);
    private static final Instant MORNING = Instant.parse("2026-11-21T08:12:44Z");
    private static final Instant NOON = Instant.parse("2026-11-21T11:00:00Z");

    @Test
    void beginsWithHowThingsAre() throws Exception {
        assertThat(run("status").flat()).startsWith("Passerelle is not at work: nothing is sent. Nothing waits to be sent. worker not at work")
                .contains("Attention: the stream " + stream + " holds nothing and never did.");
        Published sale = till.publish(till.ticket());
        assertThat(run("status").lines()).startsWith("Passerelle is not at work: nothing is sent. 1 entry waits until it starts.", "",
                "worker       not at work (no sign of life in the last seconds)", "waiting      1 not read yet", "pending      0",
                "held         0", "quarantined  0");
        PasserelleApp app = start();
        until("delivered", () -> state(sale) == State.DELIVERED);
        assertThat(run("status").lines()).startsWith("All is well: everything that was published has been delivered.", "",
                "worker       at work", "waiting      0").endsWith("head-room    the stream has dropped nothing so far",
                        "stream       " + stream + ", group recyclic-push");
        quarantinedTicket();
        assertThat(run("status").lines()).startsWith("Passerelle is at work. 1 entry is quarantined: a person must decide about it.")
                .containsSequence("quarantined  1: 1 rejected", "             see them: java -jar passerelle.jar quarantine list");
        pendingTicket();
        stop(app);
        assertThat(run("status").lines()).first().isEqualTo("Passerelle is not at work: nothing is sent. 1 entry waits until it starts.");
        assertThat(run("status").lines()).last().isEqualTo("Attention: 1 entry is quarantined: a person must decide about it.");
    }

    @Test
    void saysTheSameAsJson() throws Exception {
        start();
        quarantinedTicket();
        Published failed = pendingTicket();
        JsonNode json = run("status", "--json").json();
        assertThat(json.path("condition").asText()).isEqualTo("undecided");
        assertThat(json.path("summary").asText()).isEqualTo("Passerelle is at work. 1 entry is quarantined: a person must decide about it.");
        assertThat(json.path("at_work").asBoolean()).isTrue();
        assertThat(json.path("paused_since").isNull()).isTrue();
        assertThat(json.path("waiting").asInt()).isZero();
        assertThat(json.path("pending").toString()).isEqualTo("{\"due\":0,\"scheduled\":1,\"next_try_at\":\"" + entry(failed).nextTry()
                + "\",\"last_cause\":\"paheko_5xx\",\"by_cause\":{\"paheko_5xx\":1}}");
        assertThat(json.path("quarantined").toString()).isEqualTo("{\"total\":1,\"by_cause\":{\"rejected\":1}}");
        assertThat(json.path("oldest_undelivered_at").asText()).isEqualTo(id(failed).time().toString());
        assertThat(json.path("head_room").isNull()).isTrue();
        assertThat(json.path("stream").asText()).isEqualTo(stream);
    }

    @Test
    void remindsOfSettingsWithoutWhichNothingIsSent() {
        Settings settings = Settings.of(Map.of(), Map.of("REDIS_URL", server.url(), "REDIS_STREAM_PUSH_CAISSE", stream));
        assertThat(run(settings, "status").flat()).contains("Attention: PAHEKO_PLUGIN_URL and PAHEKO_PLUGIN_SECRET not set, as far as this command"
                + " sees: nothing is sent to Paheko without.");
    }

    @Test
    void saysThatSendingIsPaused() throws Exception {
        paheko.answer(401);
        start();
        till.publish(till.ticket());
        until("paused", () -> tracking.queries().worker().pausedSince() != null);
        assertThat(run("status").flat()).matches("Sending is paused since [-0-9]{10} [:0-9]{8}: Paheko does not accept the secret\\."
                + " 1 entry waits, and is sent by itself as soon as Paheko takes one\\. worker at work, paused since .* pending 1: .*"
                + " failed for: 1 unauthorized .*");
    }

    /** What takes long to bring about, or cannot be brought about here. */
    @Test
    void hasASentenceForEverything() {
        assertThat(summary(WELL, 0L, 3, 0, null)).isEqualTo("Passerelle is at work. 3 entries failed and are tried again by themselves.");
        assertThat(new OverviewWords(new Overview(NOON, WELL, true, 0L, 0, 1, NOON, 2, 0, null, Map.of(), null, Map.of(), MORNING, null, null, 0, null),
                settings()).summary()).isEqualTo("Passerelle is at work. 2 closes of cash sessions wait for earlier entries of theirs,"
                        + " or for a person.");
        assertThat(summary(WELL, 2L, 0, 0, null)).isEqualTo("Passerelle is at work. 2 entries are not delivered yet.");
        assertThat(summary(WELL, 0L, 0, 4, null))
                .isEqualTo("Passerelle is at work, and what it has read was delivered; but entries were lost before it could read them.");
        assertThat(summary(WELL, 8L, 0, 0, new HeadRoom(8, 10)))
                .isEqualTo("Passerelle is at work, but undelivered entries will soon be dropped from the stream.");
        assertThat(summary(WELL, null, 0, 0, null)).contains("Redis cannot tell");
        assertThat(summary(new Worker(false, null), 0L, 0, 0, null))
                .isEqualTo("Passerelle is not at work: nothing is sent. Nothing waits to be sent.");
        assertThat(summary(new Worker(true, NOON), 0L, 0, 0, null))
                .isEqualTo("Sending is paused since 2026-11-21 12:00:00: Paheko cannot be reached. Nothing waits.");
        assertThat(words(WELL, 8L, 0, 4, new HeadRoom(8, 10)).attention()).hasSize(2)
                .anyMatch(text -> text.startsWith("Attention: 80 % of what the stream keeps is not delivered (8 of 10 entries)."))
                .anyMatch(text -> text.startsWith("Attention: 4 entries were dropped from the stream before they were read, and are lost."));
        assertThat(print(words(WELL, 8L, 1, 4, new HeadRoom(8, 10)))).containsExactly("worker       at work", "waiting      8 not read yet",
                "pending      1: 0 in progress or due, 1 tried again later, the first at 2026-11-21 12:00:00",
                "             failed for: 1 paheko_unreachable", "held         0", "quarantined  0",
                "oldest       undelivered: 2026-11-21 09:12:44 (2 h 47 min ago)", "lost         4 dropped from the stream before they were read",
                "head-room    80 % of what the stream keeps is undelivered (8 of 10); at 100 % undelivered entries",
                "             are lost",
                "stream       recyclic:push:caisse, group recyclic-push");
    }

    @Test
    void saysThatNothingHasBeenDeliveredForLongBeforeAPauseBegins() {
        assertThat(words(WELL, 11L, 1, 0, null).attention()).singleElement().asString().startsWith("Attention: what should have been sent is not"
                + " delivered: the oldest was published 2 h 47 min ago.");
        assertThat(words(WELL, 0L, 3, 0, null).attention()).as("each has its time").isEmpty();
        assertThat(words(new Worker(true, NOON), 11L, 1, 0, null).attention()).as("the first sentence says it").isEmpty();
    }

    private static String summary(Worker worker, Long waiting, long scheduled, long trimmed, HeadRoom room) {
        return words(worker, waiting, scheduled, trimmed, room).summary();
    }

    private static OverviewWords words(Worker worker, Long waiting, long scheduled, long trimmed, HeadRoom room) {
        return new OverviewWords(new Overview(NOON, worker, true, waiting, 0, scheduled, NOON, 0, 0, null, Map.of("paheko_unreachable", 1L),
                "paheko_unreachable", Map.of(), MORNING, waiting == null || waiting == 0 ? null : MORNING, null, trimmed, room),
                Settings.of(Map.of(), Map.of("PAHEKO_PLUGIN_URL", "https://paheko.example/p/x", "PAHEKO_PLUGIN_SECRET", PahekoStandIn.SECRET)));
    }

    private static List<String> print(OverviewWords words) {
        StringWriter out = new StringWriter();
        words.table().print(new PrintWriter(out));
        return out.toString().lines().toList();
    }
}
