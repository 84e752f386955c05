package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.SelfSigned;
import io.github.passerelle.fixture.TlsProxy;

/** A Redis behind TLS whose certificate no public authority has signed. */
class TlsTest extends StreamTest {

    private static final String NOT_TRUSTED = "no authority that is trusted here has signed the certificate of Redis:"
                                              + " give the certificate of its authority (CA file)";
    private static final String NO_ANSWER = "no answer from Redis in time; perhaps it speaks no TLS at this port (then begin the URL with"
                                            + " redis://), or asks for a certificate that it was not shown";

    @TempDir
    private static Path folder;
    private SelfSigned redisCertificate;
    private SelfSigned ofAnotherHost;
    private SelfSigned client;

    @BeforeAll
    void makeCertificates() throws Exception {
        redisCertificate = SelfSigned.make(folder, "redis", "ip:127.0.0.1", "dns:localhost");
        ofAnotherHost = SelfSigned.make(folder, "other", "dns:other.example");
        client = SelfSigned.make(folder, "client", "dns:client.example");
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "localhost" })
    void addsReadsAndAcknowledgesWithAnAuthorityThatWasGiven(String host) throws Exception {
        TlsProxy tls = closing(TlsProxy.start(redisCertificate, server.port()));
        StreamApp app = closing(StreamApp.start("rediss://" + host + ":" + tls.port(), trusting(redisCertificate), stream, "",
                StreamApp::acknowledge));
        assertAddedReadAndAcknowledged(app, redis);
    }

    @Test
    void authenticatesOverTls() throws Exception {
        try (RedisServer guarded = RedisServer.start("--requirepass", "wr1te"); Redis admin = guarded.connect();
                TlsProxy tls = TlsProxy.start(redisCertificate, guarded.port());
                StreamApp app = StreamApp.start(url(tls), trusting(redisCertificate), stream, "&password=wr1te", StreamApp::acknowledge)) {
            String id = admin.xadd(stream, "n", "1");
            until("the entry", () -> app.ids().contains(id));
            until("its acknowledgement", () -> admin.xpending(stream, StreamApp.GROUP).isEmpty());
        }
    }

    @Test
    void anAuthorityThatNobodyGaveIsToldOnceAndTheConsumerGoesOnWhenRedisShowsAnotherCertificate() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(ofAnotherHost, server.port()));
        String id = redis.xadd(stream, "n", "1");
        try (LogLines log = new LogLines();
                StreamApp app = StreamApp.start(url(tls), trusting(redisCertificate), stream, "", StreamApp::acknowledge)) {
            untilTold(app, NOT_TRUSTED);
            assertThat(state(app)).isEqualTo(HealthCheck.State.DOWN);
            until("it has tried again", () -> tls.attempts() > 3);
            assertThat(trouble(log)).as("one line for all attempts").containsExactly(line(url(tls), NOT_TRUSTED));
            assertThat(app.handed()).isEmpty();
            tls.restart(redisCertificate);
            until("the entry", () -> app.ids().contains(id));
            until("its acknowledgement", () -> pending().isEmpty());
            until("ready", () -> state(app) == HealthCheck.State.UP);
        }
    }

    @Test
    void whatJavaDoesNotTrustIsRefusedWhereNothingIsGiven() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(redisCertificate, server.port()));
        assertRefused(url(tls), null, NOT_TRUSTED);
        StreamApp producer = closing(StreamApp.producer(url(tls)));
        assertNotTrusted(producer.context().createProducerTemplate(), "redis-streams:" + stream);
    }

    @Test
    void aRedisWithTheNameOfAnotherHostIsRefused() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(ofAnotherHost, server.port()));
        String reason = "the certificate of Redis is for another host: put the name that stands in it into the URL ";
        assertRefused("rediss://localhost:" + tls.port(), trusting(ofAnotherHost),
                reason + "(No subject alternative DNS name matching localhost found.)");
        assertRefused(url(tls), trusting(ofAnotherHost), reason + "(No subject alternative names matching IP address 127.0.0.1 found)");
    }

    @Test
    void aRedisWithoutTlsIsNoHang() throws Exception {
        assertRefused("rediss://127.0.0.1:" + server.port(), trusting(redisCertificate), NO_ANSWER);
    }

    @Test
    void aRedisWithTlsIsNoRedisForAUrlWithout() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(redisCertificate, server.port()));
        assertRefused("redis://127.0.0.1:" + tls.port(), trusting(redisCertificate),
                "what answers there does not speak as Redis does; if it speaks TLS, begin the URL with rediss://");
    }

    @Test
    void showsItsOwnCertificateToARedisThatAsksForOne() throws Exception {
        TlsProxy tls = closing(TlsProxy.startForClientsWith(client, redisCertificate, server.port()));
        SSLContextParameters parameters = trusting(redisCertificate);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store(client));
        keys.setKeyPassword(SelfSigned.PASSWORD);
        parameters.setKeyManagers(keys);
        assertAddedReadAndAcknowledged(closing(StreamApp.start(url(tls), parameters, stream, "", StreamApp::acknowledge)), redis);
        assertRefused(url(tls), trusting(redisCertificate), NO_ANSWER);
    }

    @Test
    void endpointsThatTrustOthersShareNoConnection() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(redisCertificate, server.port()));
        StreamApp app = closing(StreamApp.start(url(tls), trusting(redisCertificate), stream, "", StreamApp::acknowledge));
        app.context().getRegistry().bind("none", new SSLContextParameters());
        assertAddedReadAndAcknowledged(app, redis);
        assertNotTrusted(app.context().createProducerTemplate(), "redis-streams:" + stream + "?sslContextParameters=#none");
        assertAddedReadAndAcknowledged(app, redis);
    }

    @Test
    void usesTheParametersOfTheCamelContextWhenAsked() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(redisCertificate, server.port()));
        StreamApp app = closing(StreamApp.producer(url(tls)));
        app.context().setSSLContextParameters(trusting(redisCertificate));
        assertNotTrusted(app.context().createProducerTemplate(), "redis-streams:" + stream);
        app.context().getComponent("redis-streams", RedisStreamsComponent.class).setUseGlobalSslContextParameters(true);
        app.context().createProducerTemplate().sendBody("redis-streams:" + stream + "?bodyField=other", "1");
        assertThat(redis.xlen(stream)).isEqualTo(1);
    }

    @Test
    void theExampleOfThePageWorks() throws Exception {
        TlsProxy tls = closing(TlsProxy.start(redisCertificate, server.port()));
        String page = Files.readString(PasserelleProcess.repository().resolve("docs/component.md"));
        String example = page.substring(page.indexOf("- beans:"), page.indexOf("```", page.indexOf("- beans:")))
                .replace("redis.example:6380", "localhost:" + tls.port()).replace("redis-ca.p12", redisCertificate.keyStore().toString());
        StreamApp app = closing(StreamApp.producer("redis://unused.invalid"));
        PluginHelper.getRoutesLoader(app.context()).loadRoutes(ResourceHelper.fromString("orders.camel.yaml", example));
        try (LogLines log = new LogLines()) {
            redis.xadd("orders", "text", "two chairs");
            until("the entry", () -> log.all().anyMatch("INFO two chairs"::equals));
            until("its acknowledgement", () -> redis.xpending("orders", "billing").isEmpty());
        }
    }

    @Test
    void parametersThatCannotBeUsedAreAnErrorOfTheStart() {
        KeyStoreParameters missing = store(client);
        missing.setResource("file:" + folder.resolve("missing.p12"));
        SSLContextParameters parameters = trusting(client);
        parameters.getTrustManagers().setKeyStore(missing);
        assertThatThrownBy(() -> StreamApp.start("rediss://127.0.0.1:1", parameters, stream, "", StreamApp::acknowledge))
                .hasStackTraceContaining("missing.p12");
    }

    private void assertAddedReadAndAcknowledged(StreamApp app, Redis where) {
        long before = where.xlen(stream);
        app.context().createProducerTemplate().sendBody("redis-streams:" + stream, "1");
        assertThat(where.xlen(stream)).isEqualTo(before + 1);
        until("the entry", () -> app.handed().size() == before + 1);
        until("its acknowledgement", () -> where.xpending(stream, StreamApp.GROUP).isEmpty());
    }

    private static void assertNotTrusted(ProducerTemplate producer, String endpoint) {
        assertThatThrownBy(() -> producer.sendBody(endpoint, "1")).rootCause().isInstanceOf(RedisStreamsException.class)
                .hasMessageEndingWith(": " + NOT_TRUSTED);
    }

    /** One line tells it, Redis hears nothing, and the consumer lives. */
    private void assertRefused(String url, SSLContextParameters tls, String reason) throws Exception {
        try (LogLines log = new LogLines(); StreamApp app = StreamApp.start(url, tls, stream + ":refused", "", StreamApp::acknowledge)) {
            untilTold(app, reason);
            assertThat(state(app)).isEqualTo(HealthCheck.State.DOWN);
            assertThat(app.consumer().isStarted()).isTrue();
            assertThat(trouble(log)).containsExactly(line(url, reason).replace(stream, stream + ":refused"));
        }
        assertThat(redis.command("EXISTS", stream + ":refused")).isEqualTo(0L);
    }

    private void untilTold(StreamApp app, String reason) {
        until("it is told: " + reason, () -> reason.equals(app.consumer().status().error()));
    }

    private String line(String url, String reason) {
        return "WARN Cannot read stream " + stream + " at " + url + ", will try again until it works: " + reason;
    }

    private static List<String> trouble(LogLines log) {
        return log.all().filter(line -> line.startsWith("WARN") || line.startsWith("ERROR")).toList();
    }

    private static String url(TlsProxy tls) {
        return "rediss://127.0.0.1:" + tls.port();
    }

    private static SSLContextParameters trusting(SelfSigned authority) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store(authority));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private static KeyStoreParameters store(SelfSigned certificate) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + certificate.keyStore());
        store.setPassword(SelfSigned.PASSWORD);
        return store;
    }

    private static HealthCheck.State state(StreamApp app) {
        return ((HealthCheck) app.consumer().getHealthCheck()).call().getState();
    }
}
