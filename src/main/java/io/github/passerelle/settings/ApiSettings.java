package io.github.passerelle.settings;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Where Paheko's own API is, and how it is asked.
 *
 * @param url     where Paheko begins, without a slash at its end
 * @param timeout how long to wait for an answer
 */
public record ApiSettings(String url, String user, String password, Duration timeout) {

    public String host() {
        return URI.create(url).getHost();
    }

    /** The header that opens the API. */
    public String authorization() {
        return authorization(user, password);
    }

    static String authorization(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return url;
    }
}
