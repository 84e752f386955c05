package io.github.passerelle.command;

import io.github.passerelle.booking.InvalidMappingException;
import io.github.passerelle.settings.InvalidSettingException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * What is said when a setting or the mapping is wrong: one line for each fault.
 */
public class Failed implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) throws Exception {
        if (e instanceof InvalidSettingException || e instanceof InvalidMappingException) {
            command.getErr().println(e.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }
}
