package io.github.passerelle.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Overview;
import io.github.passerelle.tracking.Overview.Condition;

/**
 * How things are, in plain words: first what matters most.
 */
final class OverviewWords {

    private final Overview overview;
    private final Settings settings;

    OverviewWords(Overview overview, Settings settings) {
        this.overview = overview;
        this.settings = settings;
    }

    /** One sentence or two. */
    String summary() {
        return switch (overview.condition()) {
            case NOT_AT_WORK -> "Passerelle is not at work: nothing is sent. " + left("Nothing waits to be sent.", "waits until it starts",
                    "wait until it starts");
            case PAUSED -> "Sending is paused since " + Times.of(overview.worker().pausedSince()) + ": "
                           + (overview.lastCause() == null ? "Paheko seems to be at fault" : Causes.words(overview.lastCause())) + ". "
                           + left("Nothing waits.", "waits, and is sent by itself as soon as Paheko takes one",
                                   "wait, and are sent by themselves as soon as Paheko takes one");
            case TRIMMING_THREATENS -> "Passerelle is at work, but undelivered entries will soon be dropped from the stream.";
            case UNDECIDED -> "Passerelle is at work. " + quarantined();
            case HELD -> "Passerelle is at work. " + held();
            case RETRYING -> "Passerelle is at work. " + Words.count(overview.scheduled(), "entry failed and is tried again by itself.",
                    "entries failed and are tried again by themselves.");
            case WELL -> well();
        };
    }

    private String well() {
        if (!overview.published()) {
            return "Passerelle is at work. The till has published nothing yet.";
        }
        Long undelivered = overview.undelivered();
        if (undelivered == null || undelivered > 0) {
            // perhaps they are just being sent, perhaps nothing gets through and it is not known yet
            return "Passerelle is at work. " + left("", "is not delivered yet", "are not delivered yet");
        }
        if (overview.collected() > 0 && overview.trimmed() == 0 && !overview.isSessionForgotten()) {
            return "All is well: " + Words.count(overview.collected(), "entry waits to be booked when its cash session is closed.",
                    "entries wait to be booked when their cash sessions are closed.");
        }
        return overview.trimmed() > 0 ? "Passerelle is at work, and what it has read was delivered; but entries were lost before it could read them."
                : "All is well: everything that was published has been delivered.";
    }

    private String left(String none, String one, String several) {
        Long undelivered = overview.undelivered();
        if (undelivered == null) {
            return "some entries " + several + " (how many, Redis cannot tell).";
        }
        return undelivered == 0 ? none : Words.entries(undelivered) + " " + (undelivered == 1 ? one : several) + ".";
    }

    private String quarantined() {
        return Words.count(overview.totalQuarantined(), "entry is quarantined: a person must decide about it.",
                "entries are quarantined: a person must decide about them.");
    }

    private String held() {
        return Words.count(overview.held(), "close of a cash session waits for earlier entries of it, or for a person.",
                "closes of cash sessions wait for earlier entries of theirs, or for a person.");
    }

    /** What else a person should know, a sentence or two each. */
    List<String> attention() {
        List<String> attention = new ArrayList<>();
        if (!settings.missing().isEmpty()) {
            attention.add("Attention: " + String.join(" and ", settings.missing())
                          + " not set, as far as this command sees: nothing is sent to Paheko without.");
        }
        if (!overview.published()) {
            attention.add("Attention: the stream " + settings.redis().stream()
                          + " holds nothing and never did. Is that where the till writes to?");
        }
        if (isLate()) {
            attention.add("Attention: what should have been sent is not delivered: the oldest was published "
                          + Times.age(overview.oldestUndelivered(), overview.at())
                          + " ago. If /health says error, nothing gets through: its last_error and the log tell why.");
        }
        if (overview.isTrimmingThreatening()) {
            HeadRoom room = overview.headRoom();
            attention.add("Attention: " + room.percent() + " % of what the stream keeps is not delivered (" + room.undelivered() + " of "
                          + Words.entries(room.kept()) + "). When it is all of it, the till's next entries push out undelivered ones."
                          + " Find out why they are not delivered, and have the till keep more (MAXLEN) until they are: docs/operations.md.");
        }
        if (overview.isSessionForgotten()) {
            attention.add("Attention: a cash session is open since " + Times.of(overview.oldestCollected()) + ", and is booked only when it is closed."
                          + " Close it at the till; if that was done, its close was lost: docs/operations.md. Which it is: " + Words.PROGRAM
                          + "sessions list");
        }
        if (overview.trimmed() > 0) {
            attention.add("Attention: " + Words.count(overview.trimmed(), "entry was dropped from the stream before it was read, and is",
                    "entries were dropped from the stream before they were read, and are")
                          + " lost. The totals in the closing of a cash session show which session misses sales.");
        }
        if (overview.totalQuarantined() > 0 && overview.condition() != Condition.UNDECIDED) {
            attention.add("Attention: " + quarantined());
        }
        if (overview.held() > 0 && overview.condition() != Condition.HELD) {
            attention.add("Attention: " + held());
        }
        return attention;
    }

    /** Three entries must fail before a pause begins, and that takes minutes where Paheko does not answer at all. */
    private boolean isLate() {
        boolean told = switch (overview.condition()) {
            case NOT_AT_WORK, PAUSED, TRIMMING_THREATENS -> true;
            case UNDECIDED, HELD, RETRYING, WELL -> false;
        };
        return !told && overview.oldestUnsent() != null && overview.oldestUnsent().isBefore(overview.at().minus(settings.stall()));
    }

    Columns table() {
        Columns table = new Columns();
        table.add("worker", worker());
        table.add("waiting", overview.waiting() == null ? "not known: Redis cannot tell" : overview.waiting() == 0 ? "0"
                : overview.waiting() + " not read yet");
        table.add(pending(), "pending");
        table.add(overview.held() == 0 ? List.of("0")
                : List.of(overview.held() + ": " + Words.count(overview.held(), "close of a cash session waits", "closes of cash sessions wait"),
                        "see which: " + Words.PROGRAM + "sessions list"), "held");
        if (overview.collected() > 0) {
            table.add("collected", overview.collected() + " booked when their cash sessions are closed");
        }
        table.add(overview.totalQuarantined() == 0 ? List.of("0")
                : List.of(overview.totalQuarantined() + ": " + causes(overview.quarantined()),
                        "see them: " + Words.PROGRAM + "quarantine list"), "quarantined");
        table.add("oldest", oldest());
        table.add("lost", overview.trimmed() == 0 ? "0" : overview.trimmed() + " dropped from the stream before they were read");
        table.add("head-room", headRoom());
        table.add("stream", settings.redis().stream() + ", group " + settings.redis().group());
        return table;
    }

    private String worker() {
        if (!overview.worker().atWork()) {
            return "not at work (no sign of life in the last seconds)";
        }
        return overview.worker().pausedSince() == null ? "at work" : "at work, paused since " + Times.of(overview.worker().pausedSince());
    }

    private List<String> pending() {
        long all = overview.due() + overview.scheduled();
        if (all == 0) {
            return List.of("0");
        }
        boolean timed = overview.nextTry() != null && overview.worker().pausedSince() == null;
        String scheduled = overview.scheduled() + " tried again later" + (timed ? ", the first at " + Times.of(overview.nextTry()) : "");
        String counts = all + ": " + overview.due() + (overview.worker().atWork() ? " in progress or due, " : " due, ") + scheduled;
        return overview.failing().isEmpty() ? List.of(counts) : List.of(counts, "failed for: " + causes(overview.failing()));
    }

    private static String causes(Map<String, Long> counts) {
        return counts.entrySet().stream().map(cause -> cause.getValue() + " " + cause.getKey()).collect(Collectors.joining(", "));
    }

    private String oldest() {
        List<String> oldest = new ArrayList<>();
        if (overview.oldestUndelivered() != null) {
            oldest.add("undelivered: " + ago(overview.oldestUndelivered()));
        }
        if (overview.oldestQuarantined() != null) {
            oldest.add("quarantined: " + ago(overview.oldestQuarantined()));
        }
        return oldest.isEmpty() ? "nothing is undelivered" : String.join("; ", oldest);
    }

    private String ago(Instant time) {
        return Times.of(time) + " (" + Times.age(time, overview.at()) + " ago)";
    }

    private String headRoom() {
        if (overview.headRoom() == null) {
            return overview.waiting() == null ? "not known: Redis cannot tell" : "the stream has dropped nothing so far";
        }
        return overview.headRoom().percent() + " % of what the stream keeps is undelivered (" + overview.headRoom().undelivered() + " of "
               + overview.headRoom().kept() + "); at 100 % undelivered entries are lost";
    }
}
