package io.github.passerelle.command;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is said of a command line that cannot be understood.
 */
public class Mistake implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String what = e.getMessage();
        if (e instanceof WrongValue) {
            Wrapped.lines(what, Columns.WIDTH).forEach(command.getErr()::println);
            command.getErr().println("How it is used: " + command.getCommandSpec().qualifiedName() + " --help");
            command.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            what = argument.startsWith("-") ? "There is no option '" + argument + "'."
                    : command.getSubcommands().isEmpty() ? "'" + argument + "' is one argument too many." : "There is no command '" + argument + "'.";
        }
        command.getErr().print(what + System.lineSeparator() + System.lineSeparator() + command.getUsageMessage());
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
