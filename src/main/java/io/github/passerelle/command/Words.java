package io.github.passerelle.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.push.Dossier;
import io.github.passerelle.tracking.Damage;
import io.github.passerelle.tracking.Decided;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Worker;

/**
 * What is known of an entry, in plain words.
 */
final class Words {

    static final String PROGRAM = "java -jar passerelle.jar ";
    static final String NOT_KNOWN = "(not known)";

    private Words() {
    }

    static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    static String entries(long count) {
        return count(count, "entry", "entries");
    }

    /** Where it is, in a word for a table. */
    static String label(State state, Worker worker) {
        return switch (state) {
            case DUE -> worker.atWork() && worker.pausedSince() == null ? "in progress" : "due";
            case SCHEDULED -> "pending";
            default -> state.code();
        };
    }

    /** Where it is, in one sentence or two. */
    static String state(TrackedEntry entry, Worker worker) {
        return switch (entry.state()) {
            case WAITING -> "Waiting: it was not read yet" + (worker.atWork() ? "." : ", and no worker is at work.");
            case DUE -> worker.atWork() && worker.pausedSince() == null ? "In progress: being sent, or about to be."
                    : "Read and not delivered. " + due(worker);
            // a pause makes its time moot: it may be a probe before that, and goes at once when the pause ends
            case SCHEDULED -> ("Pending: not delivered yet" + (worker.pausedSince() == null ? ", tried again at " + Times.of(entry.nextTry()) : "")
                               + ". " + hindrance(worker)).strip();
            case HELD -> "Held: it waits until the earlier entries of its session are delivered or discarded, or a person releases it.";
            case COLLECTED -> "Collected: it is booked together with the close of its session.";
            case QUARANTINED -> "Quarantined" + since(entry.since()) + ": not tried again until a person decides.";
            case RELEASED -> "Released" + at(entry.since()) + by(entry.decided()) + ": to be sent although it was held. " + due(worker);
            case REPLAYED -> "Replayed" + at(entry.since()) + by(entry.decided()) + ": to be tried again. " + due(worker);
            case DELIVERED -> entry.since() == null ? "Delivered: Paheko took it and it was acknowledged (when is not kept)."
                    : "Delivered" + at(entry.since()) + ".";
            case DISCARDED -> "Discarded" + at(entry.since()) + by(entry.decided()) + ": it is not sent.";
            case REMOVED -> "Acknowledged" + at(entry.since()) + (entry.damage() == Damage.RECORD ? "" : ", but not by Passerelle")
                            + ": it is not sent, and whether Paheko has it is not known here.";
        };
    }

    /** When an entry that is due is sent. */
    static String due(Worker worker) {
        if (!worker.atWork()) {
            return "No worker is at work: it is sent at the next start.";
        }
        return worker.pausedSince() == null ? "The worker sends it at once."
                : "Sending is paused since " + Times.of(worker.pausedSince()) + ": it is sent as soon as Paheko takes one.";
    }

    /** Why what is tried again at its time may have to wait for longer; empty when nothing stands in its way. */
    static String hindrance(Worker worker) {
        if (!worker.atWork()) {
            return "No worker is at work: nothing is sent before the next start.";
        }
        return worker.pausedSince() == null ? ""
                : "Sending is paused since " + Times.of(worker.pausedSince()) + ", and goes on as soon as Paheko takes one.";
    }

    /** How to learn what a held entry waits for. */
    static String toSeeWhatHolds(TrackedEntry entry) {
        String session = entry.dossier().session();
        return session == null ? "" : "What it waits for: " + PROGRAM + "sessions show " + session;
    }

    private static String since(Instant time) {
        return time == null ? "" : " since " + Times.of(time);
    }

    private static String at(Instant time) {
        return time == null ? "" : " at " + Times.of(time);
    }

    private static String by(Decided decided) {
        return decided == null || decided.author() == null ? "" : " by " + decided.author();
    }

    /** What a person last decided; its words stand in quotes, as they are theirs. */
    static String decided(Decided decided) {
        return decided.what().code() + at(decided.at()) + by(decided) + (decided.reason() == null ? "" : ": \"" + decided.reason() + "\"");
    }

    /** Which sale or event it is, and then its session. */
    static List<String> names(TrackedEntry entry) {
        String session = entry.dossier().session();
        return session == null ? List.of(name(entry)) : List.of(name(entry), "session " + session);
    }

    static String name(TrackedEntry entry) {
        if (entry.sale() != null) {
            return "ticket " + entry.sale();
        }
        String event = entry.dossier().event();
        return switch (event == null ? "" : event) {
            case "pos.session.opened" -> "opening of the session";
            case "pos.session.closed" -> "closing of the session";
            case "" -> "what it is cannot be read";
            default -> event;
        };
    }

    /** Cause, and Paheko's own words. */
    static List<String> trouble(Dossier dossier) {
        List<String> lines = new ArrayList<>();
        if (dossier.cause() != null) {
            lines.add(dossier.cause() + ": " + Causes.words(dossier.cause()));
        }
        if (dossier.why() != null) {
            lines.add(dossier.why());
        }
        if (dossier.answer() != null || dossier.status() != null) {
            lines.add(answer(dossier));
        }
        return lines;
    }

    static String answer(Dossier dossier) {
        String status = dossier.status() == null ? "" : " " + dossier.status();
        return "Paheko answered" + status + (dossier.answer() == null ? "" : ": \"" + dossier.answer() + "\"");
    }

    static String tries(TrackedEntry entry) {
        Dossier dossier = entry.dossier();
        if (dossier.tries() == 0) {
            return "none";
        }
        String first = Times.of(Instant.ofEpochMilli(dossier.first()));
        return dossier.tries() == 1 ? "1, at " + first
                : dossier.tries() + ", the first at " + first + ", the last at " + Times.of(Instant.ofEpochMilli(dossier.last()));
    }

    /** What is damaged, and what to do about it. */
    static String damage(Damage damage, State state) {
        return switch (damage) {
            case RECORD -> state == State.QUARANTINED ? "the record of its quarantine is gone or was changed by hand. The entry is safe:"
                    + " replay or discard it as usual."
                    : "what was kept of it was changed by hand: how its way ended is not known. Look in Paheko whether it is there.";
            case NOTE -> "what was noted of its tries cannot be read. The entry is safe: replay it, and the cause will be known again.";
            case LIST -> "the list of the quarantine has lost it. The entry is safe: replay or discard it as usual.";
            case ROUNDS -> "it is listed here, but the record that keeps the worker from sending it is gone: it is sent at the next start"
                           + " of Passerelle. To have it sent before that, replay it.";
            case ACKNOWLEDGED -> "it is listed here, but was acknowledged by other means than those of Passerelle: it is not sent."
                                 + " Look in Paheko whether it is there. Any decision about it takes it off this list.";
        };
    }
}
