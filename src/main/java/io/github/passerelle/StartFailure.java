package io.github.passerelle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
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
            String line = oneLine(message);
            // many exceptions repeat the message of their cause
            if (messages.stream().noneMatch(told -> told.contains(line))) {
                messages.add(line);
            }
        }
        return String.join(": ", messages);
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String message(Throwable failure) {
        if (String.valueOf(failure.getMessage()).endsWith("supporting file extension: java")) {
            return routesInJava() + ": routes in Java need three more jars in lib/, camel-java-joor-dsl-"
                   + CamelContext.class.getPackage().getImplementationVersion() + ".jar and those that docs/routes.md names beside it";
        }
        NoSuchFileException missing = ObjectHelper.getException(NoSuchFileException.class, failure);
        if (missing != null) {
            // Java's message is nothing but the name
            return "there is no '" + missing.getFile() + "'; the working directory, "
                   + Path.of("").toAbsolutePath() + ", must hold application.properties and routes/*.yaml";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Camel does not say which file it is. */
    private static String routesInJava() {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "routes/*.java";
        }
    }
}
