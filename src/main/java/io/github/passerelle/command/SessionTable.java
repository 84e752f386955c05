package io.github.passerelle.command;

import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.tracking.SessionState;
import io.github.passerelle.tracking.TrackedSession;

/**
 * Cash sessions, a line each, and more where a person should know more.
 */
final class SessionTable {

    private SessionTable() {
    }

    static Columns of(List<TrackedSession> sessions) {
        Columns table = new Columns().add("opened", "state", "tickets", "delivered", "session");
        for (TrackedSession session : sessions) {
            List<String> what = new ArrayList<>(List.of(session.id()));
            String missing = SessionWords.missing(session.tickets());
            if (!missing.isEmpty()) {
                what.add("of its tickets " + missing);
            }
            if (session.state() == SessionState.HELD) {
                what.add(SessionWords.waitsFor(session));
            }
            if (session.isDifferent()) {
                what.add("TOTALS DIFFER: the till says " + SessionWords.sum(session.books().expected().lines(), session.books().expected().cents())
                        + "; delivered were " + SessionWords.sum(session.books().lines(), session.books().cents()));
            } else if (SessionWords.skipped(session) > 0) {
                what.add(Words.entries(SessionWords.skipped(session)) + " left out on purpose");
            } else if (session.state() == SessionState.CLOSED && "unknown".equals(session.books().totals())) {
                what.add("whether the totals agree is not known");
            }
            if (session.type() != null && !session.type().equals("real")) {
                what.add("of the type " + session.type());
            }
            table.add(what, session.openedAt() == null ? Words.NOT_KNOWN : Times.of(session.openedAt()), SessionWords.label(session.state()),
                    session.tickets().delivered() == null ? "?" : session.tickets().delivered().toString(),
                    Euros.orUnknown(session.books().cents()));
        }
        return table;
    }
}
