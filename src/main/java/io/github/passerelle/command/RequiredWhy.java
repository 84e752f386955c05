package io.github.passerelle.command;

import io.github.passerelle.tracking.Why;
import picocli.CommandLine.Option;

/**
 * The options of a decision that must be given a reason and an author.
 */
final class RequiredWhy {

    @Option(names = "--reason", required = true, paramLabel = "<text>",
            description = "Why, in up to " + Why.LONGEST_REASON + " characters.")
    private String reason;

    @Option(names = "--author", required = true, paramLabel = "<name>",
            description = "Who decides, in up to " + Why.LONGEST_AUTHOR + " characters.")
    private String author;

    /** Throws an {@link IllegalArgumentException} when they will not do. */
    Why why() {
        return Why.required(reason, author);
    }
}
