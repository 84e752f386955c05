package io.github.passerelle.camel.redisstreams;

import java.io.IOException;
import java.security.GeneralSecurityException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;

import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.jsse.AliasedX509ExtendedKeyManager;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SslVerificationMode;

/**
 * Takes Camel's parameters of TLS apart for Redisson, which accepts no {@code SSLContext} but makes one itself.
 */
final class RedissonTls {

    private RedissonTls() {
    }

    /**
     * @param parameters null for what Java does by default
     */
    static void configure(SingleServerConfig server, SSLContextParameters parameters, CamelContext context) {
        server.setSslVerificationMode(SslVerificationMode.STRICT);
        if (parameters == null) {
            return;
        }
        try {
            // before the parts are used: it hands the Camel context on to them
            SSLEngine engine = parameters.createSSLContext(context).createSSLEngine();
            server.setSslProtocols(engine.getEnabledProtocols());
            server.setSslCiphers(engine.getEnabledCipherSuites());
            trust(server, parameters);
            keys(server, parameters, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new RuntimeCamelException(e);
        }
    }

    private static void trust(SingleServerConfig server, SSLContextParameters parameters) throws GeneralSecurityException, IOException {
        TrustManager[] managers = parameters.getTrustManagers() == null ? null : parameters.getTrustManagers().createTrustManagers();
        if (managers != null && managers.length > 0) {
            // as an SSLContext does: of several of one kind, the first one counts
            server.setSslTrustManagerFactory(new TrustManagerFactoryWrapper(managers[0]));
        }
    }

    private static void keys(SingleServerConfig server, SSLContextParameters parameters, CamelContext context)
            throws GeneralSecurityException, IOException {
        KeyManager[] managers = parameters.getKeyManagers() == null ? null : parameters.getKeyManagers().createKeyManagers();
        if (managers != null && managers.length > 0) {
            KeyManager manager = managers[0];
            if (parameters.getCertAlias() != null && manager instanceof X509KeyManager keys) {
                manager = new AliasedX509ExtendedKeyManager(context.resolvePropertyPlaceholders(parameters.getCertAlias()), keys);
            }
            server.setSslKeyManagerFactory(new KeyManagerFactoryWrapper(manager));
        }
    }
}
