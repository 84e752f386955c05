package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import javax.net.ssl.X509ExtendedKeyManager;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.FilterParameters;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SslVerificationMode;

import io.github.passerelle.fixture.SelfSigned;

class RedissonTlsTest {

    @Test
    void takesProtocolsAndCipherSuitesByTheirFilters() {
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setSecureSocketProtocolsFilter(including("TLSv1\\.2"));
        parameters.setCipherSuitesFilter(including("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
        SingleServerConfig server = configured(parameters);
        assertThat(server.getSslProtocols()).containsExactly("TLSv1.2");
        assertThat(server.getSslCiphers()).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    }

    @Test
    void offersByDefaultWhatOtherComponentsOfCamelOffer() {
        SingleServerConfig server = configured(new SSLContextParameters());
        assertThat(server.getSslProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(server.getSslCiphers()).contains("TLS_AES_256_GCM_SHA384").noneMatch(suite -> suite.contains("_anon_"));
    }

    @Test
    void choosesTheCertificateThatTheAliasNames(@TempDir Path folder) throws Exception {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + SelfSigned.make(folder, "client", "dns:client.example").keyStore());
        store.setPassword(SelfSigned.PASSWORD);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(SelfSigned.PASSWORD);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        parameters.setCertAlias("another");
        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) configured(parameters).getSslKeyManagerFactory().getKeyManagers()[0];
        assertThat(manager.chooseEngineClientAlias(new String[] { "EC" }, null, null)).isEqualTo("another");
        assertThat(manager.getCertificateChain("client")).hasSize(1);
    }

    @Test
    void checksTheHostWhateverIsGiven() {
        assertThat(configured(null).getSslVerificationMode()).isEqualTo(SslVerificationMode.STRICT);
        assertThat(configured(new SSLContextParameters()).getSslVerificationMode()).isEqualTo(SslVerificationMode.STRICT);
    }

    private static FilterParameters including(String pattern) {
        FilterParameters filter = new FilterParameters();
        filter.getInclude().add(pattern);
        return filter;
    }

    private static SingleServerConfig configured(SSLContextParameters parameters) {
        SingleServerConfig server = new Config().useSingleServer();
        RedissonTls.configure(server, parameters, new DefaultCamelContext());
        return server;
    }
}
