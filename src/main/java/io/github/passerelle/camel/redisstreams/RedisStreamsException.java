package io.github.passerelle.camel.redisstreams;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.apache.camel.RuntimeCamelException;

/**
 * Redis refused a command, or could not be asked. The message is one line that may be shown: Redisson's own messages end with the command and
 * its parameters.
 */
public class RedisStreamsException extends RuntimeCamelException {

    private static final long serialVersionUID = 1L;

    private final String answer;

    RedisStreamsException(String stream, Throwable failure) {
        this(stream, describe(failure));
    }

    private RedisStreamsException(String stream, String answer) {
        super("stream " + stream + ": " + answer);
        this.answer = answer;
    }

    /** Whether Redis answered with this error code, such as {@code NOGROUP}. */
    boolean isAnswer(String code) {
        return answer.startsWith(code);
    }

    /** What went wrong, in one line without a secret. */
    static String describe(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RedisStreamsException ours) {
            return ours.answer;
        }
        String message = cause.getMessage();
        if (message == null) {
            return cause instanceof TimeoutException ? "no answer from Redis in time" : cause.getClass().getSimpleName();
        }
        // what follows names the channel, the command and its parameters
        int end = message.indexOf(". channel:");
        return (end < 0 ? message : message.substring(0, end)).lines().findFirst().orElse("");
    }
}
