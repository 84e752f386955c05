package io.github.passerelle.command;

import java.util.List;

import io.github.passerelle.push.Dossier;
import io.github.passerelle.tracking.State;
import io.github.passerelle.tracking.TrackedEntry;
import io.github.passerelle.tracking.Worker;

/**
 * All that is known of one entry, a line for each thing.
 */
final class EntryText {

    private final Columns lines = new Columns();

    private EntryText() {
    }

    static Columns of(TrackedEntry entry, Worker worker) {
        EntryText text = new EntryText();
        text.write(entry, worker);
        return text.lines;
    }

    private void write(TrackedEntry entry, Worker worker) {
        Dossier dossier = entry.dossier();
        line("entry", entry.id().toString());
        line("published", Times.of(entry.id().time()));
        lines.add(Words.names(entry), "what");
        line("state", Words.state(entry, worker));
        boolean over = entry.state() == State.DELIVERED;
        if (dossier.cause() != null) {
            lines.add(Words.trouble(dossier), over ? "failed before" : "cause");
        }
        if (dossier.tries() > 0) {
            line("tries", Words.tries(entry));
        }
        if (dossier.mayBeBooked() && !over) {
            line("may be booked", "yes: an answer of Paheko was lost, so look there whether it has this one. A replay is recognised"
                                  + " by its key where the plugin does what it should.");
        }
        if (entry.decided() != null) {
            line("decided", Words.decided(entry.decided()));
        }
        if (entry.damage() != null) {
            line("damaged", Words.damage(entry.damage(), entry.state()));
        }
        if (entry.state() == State.HELD && dossier.session() != null) {
            line("waits for", "see: " + Words.PROGRAM + "sessions show " + dossier.session());
        }
        if (entry.state() == State.QUARANTINED) {
            lines.add(List.of(Words.PROGRAM + "quarantine replay " + entry.id(), Words.PROGRAM + "quarantine discard " + entry.id()
                    + " --author ... --reason ..."), "to decide");
        }
    }

    private void line(String name, String text) {
        lines.add(name, text);
    }
}
