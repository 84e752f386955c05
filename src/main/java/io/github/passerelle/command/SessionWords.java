package io.github.passerelle.command;

import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.tracking.Books;
import io.github.passerelle.tracking.Decided;
import io.github.passerelle.tracking.SessionOutcome;
import io.github.passerelle.tracking.SessionState;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.Tickets;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.TrackedSession;
import io.github.passerelle.tracking.Worker;

/**
 * What is known of a cash session, in plain words.
 */
final class SessionWords {

    private SessionWords() {
    }

    /** How far it has come, in a word for a table. */
    static String label(SessionState state) {
        return state == SessionState.UNKNOWN ? "unclear" : state.code();
    }

    /** How far it has come, in one sentence. */
    static String state(TrackedSession session) {
        return switch (session.state()) {
            case OPEN -> "Open: its close was not published yet.";
            case CLOSING -> "Closing: its close was published, and is not delivered yet.";
            case HELD -> "Held: " + waitsFor(session) + ".";
            case REFUSED -> "Refused: its close is quarantined until a person decides.";
            case ABANDONED -> "Abandoned: its close is not sent.";
            case CLOSED -> skipped(session) > 0 ? "Closed. " + Words.entries(skipped(session)) + " left out on purpose, and not sent."
                    : "Closed: its close was delivered.";
            case UNKNOWN -> "Unclear: neither its opening nor its close is known.";
        };
    }

    /** How many of its entries were left out on purpose. */
    static long skipped(TrackedSession session) {
        return session.books().skipped() == null ? 0 : session.books().skipped();
    }

    /** Of a session whose close is held. */
    static String waitsFor(TrackedSession session) {
        int count = session.waitsFor().size();
        if (count > 0) {
            return "its close waits until " + Words.count(count, "earlier entry is", "earlier entries are")
                   + " delivered or discarded, or a person releases it";
        }
        if (session.whyHeld() != null) {
            return "its close waits for a person: " + session.whyHeld();
        }
        return session.isDifferent() ? "its close waits until a person releases it, as the totals differ"
                : "nothing that its close waited for is left; it goes by itself";
    }

    /** Its tickets that are not delivered; empty when there are none. */
    static String missing(Tickets tickets) {
        List<String> missing = new ArrayList<>();
        add(missing, tickets.collected(), "collected");
        add(missing, tickets.pending(), "pending");
        add(missing, tickets.quarantined(), "refused");
        add(missing, tickets.waiting(), "waiting");
        add(missing, tickets.discarded(), "discarded");
        return String.join(", ", missing);
    }

    private static void add(List<String> counts, long count, String what) {
        if (count > 0) {
            counts.add(count + " " + what);
        }
    }

    static String tickets(Tickets tickets) {
        String missing = missing(tickets);
        return (tickets.delivered() == null ? "how many were delivered is not known" : tickets.delivered() + " delivered")
               + (missing.isEmpty() ? "" : ", " + missing);
    }

    /** Either may be null. */
    static String sum(Long lines, Long cents) {
        return Euros.orUnknown(cents) + " in " + (lines == null ? Words.NOT_KNOWN + " sale lines" : Words.count(lines, "sale line", "sale lines"));
    }

    /** Of a session whose close was published. */
    static String totals(TrackedSession session) {
        Books books = session.books();
        String now = switch (books.totals()) {
            case "equal" -> "equal: what was delivered is what the till says";
            case Books.DIFFERENT -> session.isDifferent() ? "DIFFERENT: what was delivered is not what the till says"
                    : "different so far: not all of it is delivered";
            default -> "not known: not all of the session was counted here, or an amount is no whole number of cents";
        };
        boolean changed = books.totalsAtClose() != null && !books.totalsAtClose().equals(books.totals());
        return now + (changed ? " (when the close was sent: " + (books.totalsAtClose().equals("unknown") ? "not known" : books.totalsAtClose()) + ")"
                : "");
    }

    /** @param cents null when it is not known */
    static String tillDifference(Long cents) {
        if (cents == null) {
            return "whether it was what should be is not known";
        }
        return cents == 0 ? "what should be"
                : cents > 0 ? Euros.of(cents) + " more than there should be" : Euros.of(cents).substring(1) + " less than there should be";
    }

    static String outcome(SessionOutcome outcome, Worker worker) {
        String close = "the close of session " + outcome.session();
        TrackedEntry entry = outcome.close();
        return switch (outcome.result()) {
            case DONE -> "Released: " + close + ". " + Words.due(worker);
            case ALREADY -> "Nothing to do: " + close + " was " + (isReleased(entry) ? Words.decided(entry.decided()) : "delivered") + ".";
            case NOT_HELD -> "Not released: " + close + " is not held. " + Words.state(entry, worker) + (entry.state() == State.QUARANTINED
                    ? " To have it sent again: " + Words.PROGRAM + "quarantine replay " + entry.id() : "");
            case NO_CLOSE -> "Not released: as far as is known, the till has not published " + close + " yet.";
            case UNKNOWN -> "Not released: nothing is known of a cash session with the id " + outcome.session() + ".";
        };
    }

    private static boolean isReleased(TrackedEntry entry) {
        return entry != null && entry.decided() != null && entry.decided().what() == Decided.What.RELEASED;
    }
}
