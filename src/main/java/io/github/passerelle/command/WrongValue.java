package io.github.passerelle.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * An argument is of the right form and does not do. The message is all that is told, as the help would push it off the screen.
 */
class WrongValue extends ParameterException {

    private static final long serialVersionUID = 1L;

    WrongValue(CommandLine command, String message) {
        super(command, message);
    }
}
