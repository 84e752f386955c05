package io.github.passerelle.check;

import java.util.function.UnaryOperator;

/**
 * One thing that was looked at.
 *
 * @param code    stable, for programs
 * @param message what was found, a sentence or two
 * @param remedy  what to do about it; null where nothing is to be done
 */
public record Finding(String code, Level level, String message, String remedy) {

    static Finding ok(String code, String message) {
        return new Finding(code, Level.OK, message, null);
    }

    static Finding warning(String code, String message, String remedy) {
        return new Finding(code, Level.WARNING, message, remedy);
    }

    static Finding error(String code, String message, String remedy) {
        return new Finding(code, Level.ERROR, message, remedy);
    }

    /** With its words changed. */
    Finding with(UnaryOperator<String> change) {
        return new Finding(code, level, change.apply(message), remedy == null ? null : change.apply(remedy));
    }
}
