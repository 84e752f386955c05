package io.github.passerelle.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Worker;

/**
 * Entries, some lines each.
 */
final class EntryTable {

    private static final int NAMED = 3;

    private EntryTable() {
    }

    /** What is quarantined: since when and why. */
    static Columns quarantine(List<TrackedEntry> entries) {
        Columns table = new Columns().add("entry", "quarantined", "cause", "what");
        for (TrackedEntry entry : entries) {
            List<String> what = new ArrayList<>(Words.names(entry));
            if (entry.dossier().answer() != null || entry.dossier().status() != null) {
                what.add(Words.answer(entry.dossier()));
            }
            add(what, entry);
            String since = entry.since() == null ? Words.NOT_KNOWN : Times.of(entry.since());
            table.add(what, entry.id().toString(), since, entry.dossier().cause() == null ? Words.NOT_KNOWN : entry.dossier().cause());
        }
        return table;
    }

    /** What is in any state: where it is. */
    static Columns states(List<TrackedEntry> entries, Worker worker) {
        return states(entries, worker, true);
    }

    /** The same of the entries of one session, which need not be told each time. */
    static Columns statesOfSession(List<TrackedEntry> entries, Worker worker) {
        return states(entries, worker, false);
    }

    private static Columns states(List<TrackedEntry> entries, Worker worker, boolean session) {
        Columns table = new Columns().add("entry", "published", "state", "what");
        for (TrackedEntry entry : entries) {
            List<String> what = new ArrayList<>(session ? Words.names(entry) : List.of(Words.name(entry)));
            switch (entry.state()) {
                case SCHEDULED -> {
                    if (worker.pausedSince() == null) {
                        what.add("tried again at " + Times.of(entry.nextTry()));
                    }
                }
                case QUARANTINED -> what.add(entry.since() == null ? "since when is not known" : "since " + Times.of(entry.since()));
                case HELD -> what.add(waitsFor(entry, entries, session));
                case DELIVERED -> {
                    if (entry.since() != null) {
                        what.add("at " + Times.of(entry.since()));
                    }
                }
                default -> {
                    // the word for the state says it all
                }
            }
            if (entry.state() != State.DELIVERED) {
                what.addAll(Words.trouble(entry.dossier()));
            }
            add(what, entry);
            table.add(what, entry.id().toString(), Times.of(entry.id().time()), Words.label(entry.state(), worker));
        }
        return table;
    }

    /** Of one session all entries are here, the others are only some. */
    private static String waitsFor(TrackedEntry held, List<TrackedEntry> entries, boolean session) {
        if (session) {
            return "waits for earlier entries of its session, or for a person";
        }
        List<String> earlier = entries.stream().filter(entry -> entry.id().compareTo(held.id()) < 0 && isToBeGone(entry.state()))
                .map(entry -> entry.id().toString()).toList();
        String first = earlier.stream().limit(NAMED).collect(Collectors.joining(", "));
        String more = earlier.size() > NAMED ? " and " + (earlier.size() - NAMED) + " more" : "";
        return earlier.isEmpty() ? "waits for a person" : "waits for " + first + more;
    }

    private static boolean isToBeGone(State state) {
        return switch (state) {
            case DUE, SCHEDULED, HELD, REPLAYED, RELEASED, QUARANTINED -> true;
            case WAITING, COLLECTED, DELIVERED, DISCARDED, REMOVED -> false;
        };
    }

    private static void add(List<String> what, TrackedEntry entry) {
        if (entry.decided() != null) {
            what.add(Words.decided(entry.decided()));
        }
        if (entry.damage() != null) {
            what.add("Damaged: " + Words.damage(entry.damage(), entry.state()));
        }
    }
}
