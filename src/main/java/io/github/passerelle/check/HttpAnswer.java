package io.github.passerelle.check;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;

/**
 * What came back over HTTP.
 *
 * @param headers     by their names, whatever their case
 * @param body        the first 64 KiB of it at most
 * @param certificate of the server; null without TLS
 * @param asked       when the request was made
 * @param answered    when the answer was there
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body, X509Certificate certificate, Instant asked, Instant answered) {

    /** Null when there is none. */
    String header(String name) {
        return headers.get(name);
    }

    boolean isPage() {
        return new String(body, StandardCharsets.UTF_8).replaceFirst("^\\uFEFF", "").stripLeading().startsWith("<");
    }
}
