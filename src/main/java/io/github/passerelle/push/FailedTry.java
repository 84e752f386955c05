package io.github.passerelle.push;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lets Camel's error handler, which calls processors only, tell the journal of each failed try at the moment it fails.
 */
public class FailedTry implements Processor {

    private Journal journal;

    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void process(Exchange exchange) {
        journal.tryFailed(exchange);
    }
}
