package io.github.passerelle.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The plugin that comes with this release.
 */
final class ShippedPlugin {

    private ShippedPlugin() {
    }

    static String version() {
        // the build puts it beside this class
        try (InputStream file = ShippedPlugin.class.getResourceAsStream("plugin.ini");
                Reader lines = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(lines);
            return properties.getProperty("version").replace("\"", "").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below 0 for an older one than this release's, above 0 for a newer one. */
    static int compare(String version) {
        String shipped = version();
        try {
            return Version.parse(version).compareTo(Version.parse(shipped));
        } catch (IllegalArgumentException e) {
            // no version at all, which a newer one may have changed
            return version.equals(shipped) ? 0 : 1;
        }
    }
}
