package io.github.passerelle.camel.redisstreams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.redisson.api.RScript;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;

/**
 * How Redis is spoken to: names as text, values as bytes, an answer within the time-out or a failure in one line.
 */
final class Commands {

    static final CompositeCodec NAMES_AS_TEXT_VALUES_AS_BYTES = new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedissonClient client;
    private final RedisStreamsConfiguration configuration;
    private final RScript texts;
    private final RScript bytes;
    private final Duration timeout;

    Commands(RedissonClient client, RedisStreamsConfiguration configuration) {
        this.client = client;
        this.configuration = configuration;
        this.texts = client.getScript(StringCodec.INSTANCE);
        this.bytes = client.getScript(ByteArrayCodec.INSTANCE);
        this.timeout = Duration.ofMillis(configuration.getTimeout());
    }

    RStream<String, byte[]> stream() {
        return client.getStream(configuration.getStream(), NAMES_AS_TEXT_VALUES_AS_BYTES);
    }

    RedissonClient client() {
        return client;
    }

    RedisStreamsConfiguration configuration() {
        return configuration;
    }

    <T> CompletionStage<T> read(String script, ReturnType type, List<Object> keys, Object... arguments) {
        return texts.evalAsync(configuration.getStream(), RScript.Mode.READ_ONLY, script, type, keys, arguments);
    }

    <T> CompletionStage<T> write(String script, ReturnType type, List<Object> keys, Object... arguments) {
        return texts.evalAsync(configuration.getStream(), RScript.Mode.READ_WRITE, script, type, keys, arguments);
    }

    /** For arguments that are not all text: those that are no bytes go as UTF-8. */
    <T> CompletionStage<T> writeBytes(String script, ReturnType type, List<Object> keys, Object... arguments) {
        Object[] encoded = Arrays.stream(arguments)
                .map(argument -> argument instanceof byte[] ? argument : argument.toString().getBytes(StandardCharsets.UTF_8)).toArray();
        return bytes.evalAsync(configuration.getStream(), RScript.Mode.READ_WRITE, script, type, keys, encoded);
    }

    /** Many values as one argument of a script: Redis reads it faster than one argument for each. */
    static String json(Object values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("texts and numbers are always JSON", e);
        }
    }

    Duration timeout() {
        return timeout;
    }

    <T> T await(CompletionStage<T> answer) throws InterruptedException {
        try {
            // Redisson gives up by itself after the same time; twice of it only guards against an answer that never comes
            return answer.toCompletableFuture().get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw new RedisStreamsException(configuration, e.getCause());
        } catch (TimeoutException e) {
            throw new RedisStreamsException(configuration, e);
        }
    }
}
