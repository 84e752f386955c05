package io.github.passerelle.tls;

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

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * Whom to trust in TLS: the authorities that Java trusts and, where a file names one, the association's own beside them.
 */
public class CaFile extends TrustManagersParameters {

    private String file = "";
    private String setting = "";

    /** A file of certificates in PEM form. Empty by default: only the authorities that Java trusts. */
    public void setFile(String file) {
        this.file = file;
    }

    /** The name of the setting that names the file, for whoever must put it right. */
    public void setSetting(String setting) {
        this.setting = setting;
    }

    @Override
    public TrustManager[] createTrustManagers() throws GeneralSecurityException, IOException {
        if (file.isBlank()) {
            return super.createTrustManagers();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (X509Certificate authority : trustManager(null).getAcceptedIssuers()) {
            trusted.setCertificateEntry(authority.getSubjectX500Principal().getName() + authority.getSerialNumber(), authority);
        }
        try (InputStream certificates = Files.newInputStream(Path.of(file))) {
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
                trusted.setCertificateEntry("own-" + number++, authority);
            }
            if (number == 0) {
                throw new CertificateException("there is no certificate in it");
            }
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(setting + ": '" + file + "' holds no certificates in PEM form", e);
        }
        return new TrustManager[] { trustManager(trusted) };
    }

    private static X509TrustManager trustManager(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
