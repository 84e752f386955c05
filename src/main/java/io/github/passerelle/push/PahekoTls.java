package io.github.passerelle.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * TLS towards Paheko: the authorities that Java trusts and, where a file names one, the association's own beside them.
 */
public class PahekoTls extends SSLContextParameters {

    private String caFile = "";

    /** A file of certificates in PEM form. Empty by default: only the authorities that Java trusts. */
    public void setCaFile(String caFile) {
        this.caFile = caFile;
    }

    @Override
    public SSLContext createSSLContext(CamelContext camelContext) throws GeneralSecurityException, IOException {
        if (caFile.isBlank()) {
            return super.createSSLContext(camelContext);
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (X509Certificate authority : trustManager(null).getAcceptedIssuers()) {
            trusted.setCertificateEntry(authority.getSubjectX500Principal().getName() + authority.getSerialNumber(), authority);
        }
        try (InputStream file = Files.newInputStream(Path.of(caFile))) {
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("own-" + number++, authority);
            }
            if (number == 0) {
                throw new CertificateException("there is no certificate in it");
            }
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("PAHEKO_CA_FILE: '" + caFile + "' holds no certificates in PEM form", e);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] { trustManager(trusted) }, null);
        return context;
    }

    private static X509TrustManager trustManager(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
