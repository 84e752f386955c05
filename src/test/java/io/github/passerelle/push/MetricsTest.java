package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Scrape;

/** Each metric is moved by what it tells of. */
class MetricsTest extends ChannelTest {

    @Test
    void countsTriesAndWhatBecomesOfEachEntry() throws Exception {
        PasserelleApp app = start(oneRound().setting("PAHEKO_PUSH_MAX_RETRIES", 1));
        Scrape before = untilScraped(app, "connected", scrape -> scrape.value("passerelle_redis_up") == 1);
        assertThat(before.value("passerelle_last_success_timestamp_seconds")).isNaN();
        assertThat(before.value("passerelle_oldest_undelivered_age_seconds")).isZero();
        Instant start = Instant.now();

        untilAcknowledged(publishTicket());
        Scrape delivered = untilScraped(app, "delivered", scrape -> scrape.value("passerelle_last_success_timestamp_seconds") > 0);
        assertThat(delivered.value("passerelle_deliveries_total", "outcome", "delivered", "cause", "none")).isEqualTo(1);
        assertThat(delivered.value("passerelle_request_duration_seconds_count")).isEqualTo(1);
        assertThat(delivered.value("passerelle_request_duration_seconds_bucket", "le", "60.0")).isEqualTo(1);
        assertThat(delivered.value("passerelle_request_duration_seconds_sum")).isPositive()
                .isEqualTo(delivered.value("passerelle_request_duration_seconds_max"));
        assertThat(delivered.value("passerelle_last_success_timestamp_seconds"))
                .isBetween(start.toEpochMilli() / 1000.0, Instant.now().toEpochMilli() / 1000.0);
        assertThat(delivered.value("passerelle_redeliveries_total")).isZero();

        paheko.answerNext(1, Behaviour.answer(503));
        untilAcknowledged(publishTicket());
        Published refused = till.publish(till.refusedTicket());
        untilQuarantined(refused);
        paheko.answerNext(2, Behaviour.answer(503));
        Published pending = publishTicket();
        untilRoundEnded(pending);
        Scrape after = untilScraped(app, "the last one is left pending",
                scrape -> scrape.value("passerelle_deliveries_total", "outcome", "pending", "cause", "paheko_5xx") == 1
                        && scrape.value("passerelle_pending_entries") == 1 && scrape.value("passerelle_quarantined_entries") == 1);
        assertThat(after.value("passerelle_deliveries_total", "outcome", "delivered", "cause", "none")).isEqualTo(2);
        assertThat(after.value("passerelle_deliveries_total", "outcome", "quarantined", "cause", "rejected")).isEqualTo(1);
        assertThat(after.value("passerelle_failed_tries_total", "cause", "paheko_5xx")).isEqualTo(3);
        assertThat(after.value("passerelle_failed_tries_total", "cause", "rejected")).isEqualTo(1);
        assertThat(after.value("passerelle_redeliveries_total")).isEqualTo(2);
        assertThat(after.value("passerelle_request_duration_seconds_count")).isEqualTo(6);
        assertThat(after.value("passerelle_oldest_undelivered_age_seconds")).isPositive();

        String text = app.get("/observe/metrics").body();
        assertThat(text).doesNotContain(PahekoStandIn.SECRET, pending.entryId(), refused.entryId(), pending.sale().key(),
                dossier(refused).session());
    }

    @Test
    void tellsOfAPauseAndOfWhatWaitsMeanwhile() throws Exception {
        paheko.answer(401);
        for (int i = 0; i < 40; i++) {
            publishTicket();
        }
        PasserelleApp app = start();
        Scrape paused = untilScraped(app, "paused", scrape -> scrape.value("passerelle_paused") == 1 && scrape.value("passerelle_waiting_entries") > 0);
        assertThat(paused.value("passerelle_push_worker", "state", "error")).isEqualTo(1);
        assertThat(paused.value("passerelle_push_worker", "state", "ok")).isZero();
        assertThat(paused.value("passerelle_oldest_undelivered_age_seconds")).isPositive();
        paheko.normal();
        untilScraped(app, "all is well", scrape -> scrape.value("passerelle_paused") == 0 && scrape.value("passerelle_waiting_entries") == 0
                && scrape.value("passerelle_pending_entries") == 0 && scrape.value("passerelle_push_worker", "state", "ok") == 1
                && scrape.value("passerelle_oldest_undelivered_age_seconds") == 0);
    }

    @Test
    void tellsWhichProcessIsAtWork() throws Exception {
        PasserelleApp first = start();
        untilScraped(first, "at work", scrape -> scrape.value("passerelle_role", "role", "active") == 1);
        PasserelleApp second = start();
        Scrape standby = untilScraped(second, "standing by", scrape -> scrape.value("passerelle_role", "role", "standby") == 1);
        assertThat(standby.value("passerelle_role", "role", "active")).isZero();
        assertThat(standby.value("passerelle_push_worker", "state", "ok")).isEqualTo(1);
        assertThat(standby.value("passerelle_held_entries")).as("only the other one knows").isNaN();
        first.close();
        untilScraped(second, "at work", scrape -> scrape.value("passerelle_role", "role", "active") == 1
                && scrape.value("passerelle_held_entries") == 0);
    }

    @Test
    void tellsOfSessionsThatAreHeldLeftOutOrDiffer() throws Exception {
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_SKIP_VIRTUAL", true));
        till.publish(till.session(1));
        CashSession differing = till.session(2);
        differing.events().stream().filter(event -> !event.equals(differing.tickets().get(0))).forEach(till::publish);
        CashSession virtual = till.session(0);
        till.publish(virtual.events().get(0).with("\"session_type\": \"[a-z]*\"", "\"session_type\": \"virtual\""));
        till.publish(till.sessionWithRefusedTicket(1, 0));
        Scrape scrape = untilScraped(app, "held", now -> now.value("passerelle_held_entries") == 1 && now.value("passerelle_pending_entries") == 0
                && now.value("passerelle_closed_sessions_total", "totals", "different") == 1);
        assertThat(scrape.value("passerelle_closed_sessions_total", "totals", "equal")).isEqualTo(1);
        assertThat(scrape.value("passerelle_deliveries_total", "outcome", "skipped", "cause", "none")).isEqualTo(1);
        assertThat(scrape.value("passerelle_oldest_undelivered_age_seconds")).as("what is held or put aside is no backlog").isZero();
    }

    @Test
    void tellsOfEntriesThatWereDroppedAndOfTheRoomThatIsLeft() throws Exception {
        untilNextSaleIsDeliveredBy(start());
        for (int i = 0; i < 10; i++) {
            publishTicket();
        }
        redis.command("XTRIM", stream, "MAXLEN", 8);
        PasserelleApp onlooker = start(app().without("PAHEKO_PLUGIN_SECRET"));
        Scrape unconfigured = untilScraped(onlooker, "waiting", scrape -> scrape.value("passerelle_redis_up") == 1);
        assertThat(unconfigured.value("passerelle_push_worker", "state", "unconfigured")).isEqualTo(1);
        long asked = questionsToRedis();
        onlooker.scrape();
        assertThat(questionsToRedis() - asked).as("one for all gauges").isLessThanOrEqualTo(1);
        assertThat(unconfigured.value("passerelle_headroom_ratio")).isLessThan(0.2);
        assertThat(unconfigured.value("passerelle_role", "role", "active") + unconfigured.value("passerelle_role", "role", "standby")).isZero();
        PasserelleApp app = start(app().property("camel.component.redis-streams.configuration.pending-scan-period", 200));
        Scrape after = untilScraped(app, "the dropped ones are noticed", scrape -> scrape.value("passerelle_trimmed_entries") == 2
                && scrape.value("passerelle_waiting_entries") == 0 && scrape.value("passerelle_pending_entries") == 0);
        assertThat(after.value("passerelle_headroom_ratio")).isEqualTo(1);
    }

    private long questionsToRedis() {
        return Redis.text(redis.command("INFO", "commandstats")).lines().filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=(\\d+),.*", "$1"))).sum();
    }

    private void untilNextSaleIsDeliveredBy(PasserelleApp app) {
        untilNextSaleIsDelivered();
        app.close();
    }

    @Test
    void countsAcknowledgementsThatRedisDoesNotTake() throws Exception {
        PasserelleApp app = start();
        untilNextSaleIsDelivered();
        assertThat(app.scrape().value("passerelle_acknowledgement_failures_total")).isZero();
        redis.command("ACL", "SETUSER", "default", "-xack");
        try {
            Published sale = publishTicket();
            untilScraped(app, "refused more than once", scrape -> scrape.value("passerelle_acknowledgement_failures_total") > 1);
            assertThat(pending()).contains(sale.entryId());
        } finally {
            redis.command("ACL", "SETUSER", "default", "+xack");
        }
        untilNextSaleIsDelivered();
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatCannotBeAskedIsNoNumber() throws Exception {
        PasserelleApp app = start(app().property("camel.component.redis-streams.configuration.timeout", 60_000));
        untilNextSaleIsDelivered();
        assertThat(untilScraped(app, "well", scrape -> scrape.value("passerelle_redis_up") == 1).value("passerelle_waiting_entries")).isZero();
        server.pause();
        try {
            Scrape hanging = untilScraped(app, "Redis does not answer", scrape -> scrape.value("passerelle_redis_up") == 0);
            for (String unknown : List.of("waiting_entries", "pending_entries", "held_entries", "quarantined_entries", "trimmed_entries",
                    "oldest_undelivered_age_seconds", "headroom_ratio")) {
                assertThat(hanging.value("passerelle_" + unknown)).as(unknown).isNaN();
            }
            assertThat(hanging.value("passerelle_deliveries_total", "outcome", "delivered", "cause", "none")).isEqualTo(1);
        } finally {
            server.resume();
        }
    }

    private static Scrape untilScraped(PasserelleApp app, String what, Predicate<Scrape> wanted) throws IOException {
        try {
            until(what, () -> wanted.test(app.scrape()));
            return app.scrape();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": " + app.scrape().samples().stream().filter(sample -> sample.name().startsWith("passerelle_"))
                    .filter(sample -> sample.value() != 0).toList(), e);
        }
    }
}
