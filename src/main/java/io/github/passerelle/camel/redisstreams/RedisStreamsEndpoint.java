package io.github.passerelle.camel.redisstreams;

import java.util.Random;
import java.util.concurrent.CompletionStage;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Read entries of a Redis Stream as a member of a consumer group, acknowledge them, and add entries to a stream.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = "redis-streams", title = "Redis Streams", syntax = "redis-streams:stream",
             category = { Category.MESSAGING, Category.DATABASE }, headersClass = RedisStreamsConstants.class)
public class RedisStreamsEndpoint extends DefaultEndpoint implements EndpointServiceLocation, HeaderFilterStrategyAware {

    @UriParam
    private RedisStreamsConfiguration configuration;

    public RedisStreamsEndpoint(String uri, RedisStreamsComponent component, RedisStreamsConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() throws Exception {
        if (configuration.getOperation() != RedisStreamsOperation.add) {
            requireGroup("operation=" + configuration.getOperation());
        }
        return new RedisStreamsProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        requireGroup("a consumer");
        requireGroupStart();
        Random random = new Random();
        GrowingDelay replay
                = new GrowingDelay(configuration.getReplayDelay(), configuration.getReplayMaxDelay(), 0.2, random);
        // it must go on soon after Redis is well, also when the last attempt began just before
        GrowingDelay reconnect = new GrowingDelay(100, 1_000, 0.2, random);
        Pause pause = new Pause(configuration.getPauseAfter(),
                new GrowingDelay(configuration.getProbeDelay(), configuration.getProbeMaxDelay(), 0.2, random));
        RedisStreamsConsumer consumer = new RedisStreamsConsumer(this, processor, replay, reconnect, pause, Time.system());
        configureConsumer(consumer);
        return consumer;
    }

    private void requireGroup(String who) {
        if (configuration.getGroup() == null || configuration.getGroup().isBlank()) {
            throw new IllegalArgumentException("redis-streams:" + configuration.getStream() + ": " + who
                                               + " needs the option group, the name of the consumer group");
        }
    }

    private void requireGroupStart() {
        if (!configuration.isGroupStartNewest()) {
            try {
                EntryId.parseLeniently(configuration.getGroupStart());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("redis-streams:" + configuration.getStream() + ": groupStart is '"
                                                   + configuration.getGroupStart() + "'; it must be 0, $ or the id of an entry", e);
            }
        }
    }

    RedisStream redisStream() {
        return redisStream("");
    }

    /** @param owner what a consumer calls itself */
    RedisStream redisStream(String owner) {
        return new RedisStream(((RedisStreamsComponent) getComponent()).clients().get(configuration, getCamelContext()),
                configuration, owner);
    }

    /**
     * A look at the entries of the group from outside. It need not be closed.
     */
    public RedisStreamsAdmin admin() {
        return new RedisStreamsAdmin(redisStream(), null);
    }

    /**
     * Asks Redis how far the group has come with the stream. The stage fails with the reason when Redis does not answer.
     */
    public CompletionStage<StreamStatus> status() {
        return redisStream().status();
    }

    public RedisStreamsConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The options of this endpoint.
     */
    public void setConfiguration(RedisStreamsConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return configuration.getHeaderFilterStrategy();
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy strategy) {
        configuration.setHeaderFilterStrategy(strategy);
    }

    /** Where Redis is, without a user and password that somebody may have put there. */
    @Override
    public String getServiceUrl() {
        return configuration.getUrl().replaceFirst("//[^/]*@", "//");
    }

    @Override
    public String getServiceProtocol() {
        return "redis";
    }
}
