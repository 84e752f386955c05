package io.github.passerelle.settings;

/**
 * A setting as it may be shown to anyone.
 *
 * @param value without any secret; null when the setting has none
 * @param fault what is wrong with it and what is allowed, or null
 */
public record ShownSetting(String name, String value, Origin origin, String fault) {
}
