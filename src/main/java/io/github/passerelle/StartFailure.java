package io.github.passerelle;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.camel.util.ObjectHelper;

/**
 * Why the application did not start, in one line: Camel tells where in the outermost exception and why in the innermost ones.
 */
final class StartFailure {

    private StartFailure() {
    }

    static String describe(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
            // many exceptions repeat the message of their cause
            if (messages.stream().noneMatch(told -> told.contains(line))) {
                messages.add(line);
            }
        }
        return String.join(": ", messages);
    }

    private static String message(Throwable failure) {
        if (ObjectHelper.getException(NoSuchFileException.class, failure) != null) {
            // Java's message is nothing but the name
            return "there is no '" + ObjectHelper.getException(NoSuchFileException.class, failure).getFile() + "'; the working directory, "
                   + Path.of("").toAbsolutePath() + ", must hold application.properties and routes/*.yaml";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
