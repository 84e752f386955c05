package io.github.passerelle.settings;

import java.net.URI;
import java.time.Duration;

/**
 * Where Paheko's plugin is, and how it is asked.
 *
 * @param secret  which the plugin knows its caller by
 * @param timeout how long to wait for its answer
 */
public record PluginSettings(String url, String secret, Duration timeout) {

    /** The address without a query, which may be a key. */
    public String address() {
        return url.replaceFirst("[?#].*", "");
    }

    public String host() {
        return URI.create(url).getHost();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return address();
    }
}
