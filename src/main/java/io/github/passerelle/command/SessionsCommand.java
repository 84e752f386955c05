package io.github.passerelle.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The cash sessions, and the decision about a close that is held.
 */
@Command(name = "sessions", description = { "Shows how far the cash sessions have come and whether their totals agree, and releases a close that is"
                                            + " held.", "" },
         subcommands = { SessionsListCommand.class, SessionsShowCommand.class, SessionsReleaseCommand.class })
public class SessionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "One of these commands is missing: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
