package io.github.passerelle;

import java.util.ArrayList;
import java.util.List;

/**
 * Why the application did not start, in one line: Camel tells where in the outermost exception and why in the innermost ones.
 */
final class StartFailure {

    private StartFailure() {
    }

    static String describe(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
            // many exceptions repeat the message of their cause
            if (messages.stream().noneMatch(told -> told.contains(line))) {
                messages.add(line);
            }
        }
        return String.join(": ", messages);
    }
}
