package io.github.passerelle.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What was put aside, and the decisions about it.
 */
@Command(name = "quarantine", description = { "Shows the entries that were put aside until a person decides, and takes the decision.", "" },
         subcommands = { QuarantineListCommand.class, QuarantineShowCommand.class, ReplayCommand.class, DiscardCommand.class })
public class QuarantineCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "One of these commands is missing: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
