package io.github.passerelle.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.redisson.Redisson;
import org.redisson.api.RStream;
import org.redisson.api.StreamMessageId;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;
import org.redisson.config.Config;

import io.github.passerelle.fixture.Till;

/** What the Redis client and the HTTP client can do by themselves: read, send, acknowledge. It promises nothing, and stops at the first failure. */
public final class BareLoop {

    private static final int READ_TOGETHER = 16;
    private static final String CONSUMER = "bare";

    private final RStream<String, byte[]> stream;
    private final CloseableHttpClient http;
    private final String receiver;
    private final String secret;

    private BareLoop(RStream<String, byte[]> stream, CloseableHttpClient http, String receiver, String secret) {
        this.stream = stream;
        this.http = http;
        this.receiver = receiver;
        this.secret = secret;
    }

    /** @param arguments Redis, receiver, secret, requests in flight */
    public static void main(String... arguments) throws Exception {
        int inFlight = Integer.parseInt(arguments[3]);
        Config config = new Config();
        // as Passerelle configures it
        config.setThreads(2).setNettyThreads(2).useSingleServer().setAddress(arguments[0]).setConnectionMinimumIdleSize(1).setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(0);
        RStream<String, byte[]> stream = Redisson.create(config).getStream(Till.STREAM,
                new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE));
        CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .disableContentCompression().setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create().setMaxConnPerRoute(inFlight).setMaxConnTotal(inFlight).build())
                .build();
        BareLoop loop = new BareLoop(stream, http, arguments[1], arguments[2]);
        try {
            stream.createGroup(StreamCreateGroupArgs.name(Till.GROUP).id(StreamMessageId.ALL).makeStream());
            if (inFlight == 1) {
                loop.oneAfterTheOther();
            } else {
                loop.together(inFlight);
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void oneAfterTheOther() throws Exception {
        while (true) {
            for (Map.Entry<StreamMessageId, Map<String, byte[]>> entry : read().entrySet()) {
                carry(entry.getKey(), entry.getValue());
            }
        }
    }

    private void together(int inFlight) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(inFlight);
        Semaphore free = new Semaphore(inFlight);
        while (true) {
            for (Map.Entry<StreamMessageId, Map<String, byte[]>> entry : read().entrySet()) {
                free.acquire();
                workers.execute(() -> {
                    try {
                        carry(entry.getKey(), entry.getValue());
                    } catch (Exception e) {
                        e.printStackTrace();
                        System.exit(1);
                    } finally {
                        free.release();
                    }
                });
            }
        }
    }

    private Map<StreamMessageId, Map<String, byte[]>> read() {
        return stream.readGroup(Till.GROUP, CONSUMER, StreamReadGroupArgs.neverDelivered().count(READ_TOGETHER).timeout(Duration.ofSeconds(2)));
    }

    private void carry(StreamMessageId id, Map<String, byte[]> fields) throws Exception {
        HttpPost post = new HttpPost(receiver);
        post.setHeader("X-Request-Id", id.toString());
        post.setHeader("X-Paheko-Secret", secret);
        post.setEntity(new ByteArrayEntity(fields.get("payload"), ContentType.APPLICATION_JSON));
        int status = http.execute(post, answer -> {
            EntityUtils.consume(answer.getEntity());
            return answer.getCode();
        });
        if (!List.of(200, 201).contains(status)) {
            throw new IllegalStateException("HTTP " + status);
        }
        stream.ack(Till.GROUP, id);
    }
}
