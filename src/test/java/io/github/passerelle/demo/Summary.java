package io.github.passerelle.demo;

import java.util.List;

import io.github.passerelle.fixture.Published;

/** Prints a reckoning for a person. */
final class Summary {

    private final Narrator narrator;
    private final Publications publications;

    Summary(Narrator narrator, Publications publications) {
        this.narrator = narrator;
        this.publications = publications;
    }

    void print(Reckoning reckoning) {
        narrator.title("Summary");
        long tickets = reckoning.published().stream().filter(entry -> entry.sale().isTicket()).count();
        count("published", reckoning.published(), tickets + " tickets, " + Euros.of(reckoning.publishedCents()) + "; the rest open and close sessions");
        count("delivered", reckoning.delivered(), Euros.of(reckoning.acceptedCents()) + " in Paheko's books");
        count("  redelivered", reckoning.redelivered(), "of them, after at least one failed try");
        count("  recognised", reckoning.recognised(), "of them, sent again because the answer was lost; booked once");
        count("refused", reckoning.refused(), Euros.of(reckoning.refusedCents()));
        for (Published entry : reckoning.refused()) {
            narrator.line(Narrator.Tone.BAD, "                        " + publications.name(entry.entryId()).replaceAll(" +", " ")
                    + ": \"" + Words.of(reckoning.lastRequest(entry)) + "\"");
        }
        count("held", reckoning.held(), "");
        for (Published entry : reckoning.held()) {
            narrator.line("                        " + publications.name(entry.entryId()).replaceAll(" +", " ").strip()
                    + ": Paheko books the session then, so it waits for the refused ticket");
        }
        count("still pending", reckoning.stillPending(), "in Redis: both are kept until a person decides");

        narrator.title("Does it add up?");
        check(reckoning.isSettled(), "each published entry was accepted exactly once, or is refused or held, and still pending");
        check(reckoning.bodiesAreUnchanged(), "each request carried byte for byte what the till published");
        check(reckoning.nothingIsForeign(), "Paheko received nothing that was not published");
        check(reckoning.amountsAgree(), Euros.of(reckoning.publishedCents()) + " published = " + Euros.of(reckoning.acceptedCents())
                + " accepted + " + Euros.of(reckoning.refusedCents()) + " refused");
    }

    private void count(String what, List<?> entries, String remark) {
        narrator.line(String.format("  %-16s %4d  %s", what, entries.size(), remark).stripTrailing());
    }

    private void check(boolean right, String what) {
        narrator.line(right ? Narrator.Tone.GOOD : Narrator.Tone.BAD, (right ? "  yes  " : "  NO   ") + what);
    }
}
