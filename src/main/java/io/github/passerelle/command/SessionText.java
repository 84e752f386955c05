package io.github.passerelle.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.push.Expected;
import io.github.passerelle.tracking.Books;
import io.github.passerelle.tracking.SessionState;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.TrackedSession;
import io.github.passerelle.tracking.Worker;

/**
 * All that is known of one cash session, a line for each thing, and its entries that are not delivered.
 */
final class SessionText {

    static final int SHOWN = 20;

    private final TrackedSession session;
    private final Worker worker;

    SessionText(TrackedSession session, Worker worker) {
        this.session = session;
        this.worker = worker;
    }

    /** @param max how many entries that are not delivered */
    void print(PrintWriter out, int max) {
        lines().print(out);
        if (session.undelivered().isEmpty()) {
            return;
        }
        int count = session.undelivered().size();
        out.println();
        String which = count > max ? ", of which these are the oldest " + max + " (--all shows all)" : "";
        Wrapped.lines("Read and not delivered: " + Words.entries(count) + which + ".", Columns.WIDTH).forEach(out::println);
        out.println();
        EntryTable.statesOfSession(session.undelivered().subList(0, Math.min(max, count)), worker).print(out);
    }

    private Columns lines() {
        Columns lines = new Columns().add("session", session.id()).add("state", SessionWords.state(session));
        if (session.type() != null) {
            lines.add("type", session.type());
        }
        lines.add("opened", session.openedAt() == null ? Words.NOT_KNOWN : Times.of(session.openedAt()));
        if (session.closedAt() != null) {
            lines.add(close(), "close");
        }
        Books books = session.books();
        lines.add("tickets", SessionWords.tickets(session.tickets()));
        lines.add(delivered(books), "delivered");
        if (books.url() != null) {
            lines.add(books.bookedTwice() ? List.of(books.url(), "BOOKED TWICE: remove what is too much in Paheko") : List.of(books.url()), "in Paheko");
        }
        if (books.expected() != null) {
            lines.add("till says", SessionWords.sum(books.expected().lines(), books.expected().cents()));
            lines.add("totals", SessionWords.totals(session));
            lines.add("in the till", SessionWords.tillDifference(books.expected().tillDifference()));
        }
        if (!session.decided().isEmpty()) {
            lines.add(session.decided().stream().map(SessionText::decided).toList(), "decided");
        }
        if (session.state() == SessionState.HELD) {
            lines.add(List.of(Words.PROGRAM + "sessions release " + session.id(), "--author ... --reason ..."), "to decide");
        }
        return lines;
    }

    private List<String> close() {
        String published = "published " + Times.of(session.closedAt());
        return session.close() == null || session.state() == SessionState.HELD ? List.of(published)
                : List.of(published, Words.state(session.close(), worker));
    }

    private static List<String> delivered(Books books) {
        List<String> delivered = new ArrayList<>(List.of(SessionWords.sum(books.lines(), books.cents())));
        books.payments().forEach((method, cents) -> delivered.add(method + ": " + Euros.orUnknown(cents)));
        if (books.unreadable() != null && books.unreadable() > 0) {
            delivered.add("without " + Words.count(books.unreadable(), "ticket, whose amounts are", "tickets, whose amounts are")
                          + " no whole numbers of cents");
        }
        return delivered;
    }

    private static String decided(TrackedEntry entry) {
        return Words.name(entry) + ": " + Words.decided(entry.decided());
    }
}
