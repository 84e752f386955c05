package io.github.passerelle.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.page.Finding.What;
import io.github.passerelle.tracking.Overview;
import io.github.passerelle.tracking.Worker;

/** What comes first, and what is never said to be well. */
class FindingsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration STALL = Duration.ofMinutes(2);
    private static final Worker AT_WORK = new Worker(true, null);

    private static Overview overview(Worker worker, boolean published, Long waiting, long due, long scheduled, long held, String cause,
                                     Map<String, Long> quarantined, Instant oldestUnsent, long trimmed, HeadRoom room) {
        return new Overview(NOW, worker, published, waiting, due, scheduled, null, held, 0, null, cause == null ? Map.of() : Map.of(cause, scheduled), cause,
                quarantined, null, oldestUnsent, null, trimmed, room);
    }

    private static Overview well() {
        return overview(AT_WORK, true, 0L, 0, 0, 0, null, Map.of(), null, 0, null);
    }

    private static List<Finding> findings(Overview overview) {
        return Findings.of(overview, true, 0L, STALL);
    }

    @Test
    void whatWaitsForItsCloseIsWellUnlessTheCloseIsMissingForLong() {
        assertThat(findings(collected(NOW.minus(Duration.ofHours(35))))).extracting(Finding::what, Finding::level)
                .containsExactly(tuple(What.COLLECTED, Level.WELL));
        assertThat(findings(collected(NOW.minus(Duration.ofHours(37))))).extracting(Finding::what, Finding::level)
                .containsExactly(tuple(What.FORGOTTEN, Level.ACT));
    }

    private static Overview collected(Instant oldest) {
        return new Overview(NOW, AT_WORK, true, 0L, 0, 0, null, 0, 5, oldest, Map.of(), null, Map.of(), null, null, null, 0, null);
    }

    @Test
    void allIsWellOnlyWhenEverythingIsKnownAndDelivered() {
        assertThat(findings(well())).extracting(Finding::what, Finding::level).containsExactly(tuple(What.WELL, Level.WELL));
        assertThat(Findings.of(well(), true, null, STALL)).extracting(Finding::level).as("the totals are not known").containsExactly(Level.UNKNOWN);
        assertThat(findings(overview(AT_WORK, true, null, 0, 0, 0, null, Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.UNKNOWN);
        assertThat(findings(overview(AT_WORK, true, 3L, 0, 0, 0, null, Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.BUSY);
        assertThat(findings(overview(AT_WORK, false, 0L, 0, 0, 0, null, Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.BUSY);
    }

    @Test
    void whatAPersonMustSeeToOutranksWhatPassesByItself() {
        Worker paused = new Worker(true, NOW.minusSeconds(720));
        Overview bad = overview(paused, true, 5L, 1, 2, 1, "paheko_timeout", Map.of("rejected", 2L, "trimmed", 1L), NOW.minusSeconds(900), 4, null);
        List<Finding> found = Findings.of(bad, true, 1L, STALL);
        assertThat(found).extracting(Finding::what).containsExactly(What.LOST, What.REFUSED, What.DIFFERENT, What.PAUSED, What.HELD);
        assertThat(found).extracting(Finding::count).containsExactly(5L, 2L, 1L, 9L, 1L);
        assertThat(found.get(3).since()).isEqualTo(NOW.minusSeconds(720));
        assertThat(found.get(3).cause()).isEqualTo("paheko_timeout");
    }

    @Test
    void aPauseThatEndsByItselfIsToldFromOneThatDoesNot() {
        Worker paused = new Worker(true, NOW.minusSeconds(60));
        assertThat(findings(overview(paused, true, 0L, 0, 3, 0, "paheko_5xx", Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.WAIT);
        assertThat(findings(overview(paused, true, 0L, 0, 1, 0, "unauthorized", Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.ACT);
    }

    @Test
    void withoutAWorkerNothingElseIsFirst() {
        Overview stopped = overview(new Worker(false, null), true, 3L, 0, 2, 0, "paheko_5xx", Map.of("rejected", 1L), NOW.minusSeconds(900), 0, null);
        assertThat(Findings.of(stopped, true, 0L, STALL)).extracting(Finding::what).containsExactly(What.NOT_AT_WORK, What.REFUSED);
        assertThat(Findings.of(stopped, false, 0L, STALL).get(0).what()).isEqualTo(What.UNCONFIGURED);
    }

    @Test
    void whatShouldHaveBeenSentLongAgoIsLate() {
        Overview late = overview(AT_WORK, true, 3L, 1, 1, 0, "paheko_timeout", Map.of(), NOW.minusSeconds(300), 0, null);
        assertThat(findings(late)).extracting(Finding::what).containsExactly(What.LATE);
        Overview recent = overview(AT_WORK, true, 3L, 1, 1, 0, "paheko_timeout", Map.of(), NOW.minusSeconds(5), 0, null);
        assertThat(findings(recent)).extracting(Finding::what).containsExactly(What.RETRYING);
    }

    @Test
    void aCloseThatNothingElseCanFreeIsForAPerson() {
        assertThat(findings(overview(AT_WORK, true, 0L, 0, 0, 1, null, Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.ACT);
        assertThat(findings(overview(AT_WORK, true, 0L, 0, 1, 1, "paheko_5xx", Map.of(), null, 0, null)).get(0).level()).isEqualTo(Level.WAIT);
    }

    @Test
    void trimmingThatThreatensComesBeforeWhatIsRefused() {
        Overview threatened = overview(AT_WORK, true, 90L, 0, 0, 0, null, Map.of("rejected", 1L), null, 0, new HeadRoom(90, 100));
        assertThat(findings(threatened)).extracting(Finding::what).startsWith(What.TRIMMING, What.REFUSED);
    }
}
