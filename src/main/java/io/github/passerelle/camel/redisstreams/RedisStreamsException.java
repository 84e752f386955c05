package io.github.passerelle.camel.redisstreams;

import java.util.concurrent.TimeoutException;

import org.apache.camel.RuntimeCamelException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.WriteRedisConnectionException;

/**
 * Redis refused a command, or could not be asked. The message is one line that may be shown: Redisson's own messages end with the command and
 * its parameters.
 */
public class RedisStreamsException extends RuntimeCamelException {

    private static final long serialVersionUID = 1L;

    private final String answer;
    private final String reason;

    RedisStreamsException(RedisStreamsConfiguration configuration, Throwable failure) {
        this(configuration, answer(failure), describe(configuration, failure));
    }

    private RedisStreamsException(RedisStreamsConfiguration configuration, String answer, String reason) {
        super("stream " + configuration.getStream() + ": " + reason);
        this.answer = answer;
        this.reason = reason;
    }

    /** Whether Redis answered with this error code, such as {@code NOGROUP}. */
    boolean isAnswer(String code) {
        return answer.startsWith(code);
    }

    /** What went wrong, in one line without a secret. */
    static String describe(RedisStreamsConfiguration configuration, Throwable failure) {
        if (failure instanceof RedisStreamsException ours) {
            return ours.reason;
        }
        String ofTls = TlsFault.explain(failure, configuration.isTls());
        return ofTls != null ? ofTls : Refusal.explain(answer(failure), configuration.getStream(), configuration.getUsername());
    }

    /** The innermost cause, as it is Redis' own answer or that of the network. */
    private static String answer(Throwable failure) {
        String innermost = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisStreamsException ours) {
                return ours.answer;
            }
            if (cause instanceof WriteRedisConnectionException) {
                return "the connection to Redis is lost";
            }
            if (cause instanceof TimeoutException || cause instanceof RedisTimeoutException) {
                return "no answer from Redis in time";
            }
            if (cause.getMessage() != null) {
                innermost = cause.getMessage();
            }
        }
        // what follows names the channel, the command and its parameters, or the line of a script
        return innermost.split("\\. channel:|\\.? script: ", 2)[0].lines().findFirst().orElse("").strip();
    }
}
