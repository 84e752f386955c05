package io.github.passerelle.check;

import java.time.Duration;

import io.github.passerelle.settings.ApiSettings;
import io.github.passerelle.settings.PluginSettings;

/**
 * Where Paheko is asked.
 *
 * @param address without a query, which may be a key
 * @param timeout how long to wait for an answer
 * @param setting which says the address
 */
record Place(String address, String host, Duration timeout, String setting) {

    static Place of(PluginSettings plugin) {
        return new Place(plugin.address(), plugin.host(), plugin.timeout(), "PAHEKO_PLUGIN_URL");
    }

    static Place of(ApiSettings api) {
        return new Place(api.url(), api.host(), api.timeout(), "PAHEKO_API_URL");
    }
}
