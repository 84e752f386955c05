package io.github.passerelle.settings;

/**
 * A setting has a value that is not allowed. The message is one line for the person who made it: the variable, what is wrong, what is allowed.
 */
public class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
