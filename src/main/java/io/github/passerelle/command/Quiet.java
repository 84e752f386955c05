package io.github.passerelle.command;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/**
 * Keeps libraries from writing their log between the lines of an answer: a command itself tells what went wrong.
 */
public final class Quiet {

    private Quiet() {
    }

    /** Before anything asks for a logger: nothing of the log is set up then, which takes longer than most commands. */
    public static void log() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, NOP_FallbackServiceProvider.class.getName());
        // it would tell which one it takes
        System.setProperty("slf4j.internal.verbosity", "WARN");
        // which otherwise looks for a log that is one
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    }
}
