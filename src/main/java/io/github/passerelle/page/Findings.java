package io.github.passerelle.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.github.passerelle.page.Finding.What;
import io.github.passerelle.push.Cause;
import io.github.passerelle.tracking.Overview;

/**
 * What is so at this moment, the worst first: what is unknown, then what a person must see to, then what passes by itself.
 */
final class Findings {

    private static final String TRIMMED = Cause.TRIMMED.code();

    private final Overview overview;
    private final List<Finding> found = new ArrayList<>();

    private Findings(Overview overview) {
        this.overview = overview;
    }

    /**
     * At least one.
     *
     * @param configured whether this process could send
     * @param different  sessions of this day whose totals differ; null when that is not known
     * @param stall      after how long what was not sent is late
     */
    static List<Finding> of(Overview overview, boolean configured, Long different, Duration stall) {
        Findings findings = new Findings(overview);
        findings.nobodySends(configured);
        findings.forPersons(different == null ? 0 : different);
        findings.passesByItself(stall);
        if (findings.found.isEmpty()) {
            findings.atRest(different != null);
        }
        return findings.found.stream().sorted(Comparator.comparing(Finding::level)).toList();
    }

    private void nobodySends(boolean configured) {
        if (overview.waiting() == null) {
            add(What.UNCOUNTED, Level.UNKNOWN, null, null, null);
        }
        if (!overview.worker().atWork()) {
            add(configured ? What.NOT_AT_WORK : What.UNCONFIGURED, Level.ACT, overview.undelivered(), overview.oldestUndelivered(), null);
        }
    }

    private void forPersons(long different) {
        if (overview.isTrimmingThreatening()) {
            add(What.TRIMMING, Level.ACT, overview.headRoom().undelivered(), null, null);
        }
        long trimmed = overview.quarantined().getOrDefault(TRIMMED, 0L);
        if (trimmed + overview.trimmed() > 0) {
            add(What.LOST, Level.ACT, trimmed + overview.trimmed(), null, null);
        }
        if (overview.totalQuarantined() > trimmed) {
            add(What.REFUSED, Level.ACT, overview.totalQuarantined() - trimmed, overview.oldestQuarantined(), null);
        }
        if (overview.isSessionForgotten()) {
            add(What.FORGOTTEN, Level.ACT, null, overview.oldestCollected(), null);
        }
        if (different > 0) {
            add(What.DIFFERENT, Level.ACT, different, null, null);
        }
    }

    private void passesByItself(Duration stall) {
        boolean atWork = overview.worker().atWork();
        Instant paused = overview.worker().pausedSince();
        boolean late = overview.oldestUnsent() != null && overview.oldestUnsent().isBefore(overview.at().minus(stall));
        if (atWork && paused != null) {
            add(What.PAUSED, isConfiguration(overview.lastCause()) ? Level.ACT : Level.WAIT, overview.undelivered(), paused, overview.lastCause());
        } else if (atWork && late) {
            add(What.LATE, Level.WAIT, overview.undelivered(), overview.oldestUnsent(), overview.lastCause());
        }
        if (overview.held() > 0) {
            boolean freed = overview.due() + overview.scheduled() > 0;
            add(What.HELD, freed ? Level.WAIT : Level.ACT, overview.held(), null, null);
        }
        if (atWork && paused == null && !late && overview.scheduled() > 0) {
            add(What.RETRYING, Level.WAIT, overview.scheduled(), overview.nextTry(), overview.lastCause());
        }
    }

    private void atRest(boolean totalsKnown) {
        if (overview.undelivered() > 0) {
            add(What.SENDING, Level.BUSY, overview.undelivered(), null, null);
        } else if (!overview.published()) {
            add(What.NOTHING_YET, Level.BUSY, null, null, null);
        } else if (!totalsKnown) {
            add(What.UNCOUNTED, Level.UNKNOWN, null, null, null);
        } else if (overview.collected() > 0) {
            add(What.COLLECTED, Level.WELL, overview.collected(), null, null);
        } else {
            add(What.WELL, Level.WELL, null, null, null);
        }
    }

    private static boolean isConfiguration(String code) {
        return Arrays.stream(Cause.values()).anyMatch(cause -> cause.code().equals(code) && cause.isConfiguration());
    }

    private void add(What what, Level level, Long count, Instant since, String cause) {
        found.add(new Finding(what, level, count, since, cause));
    }
}
