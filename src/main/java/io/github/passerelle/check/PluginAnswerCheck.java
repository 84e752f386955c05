package io.github.passerelle.check;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.settings.PluginSettings;

/**
 * What the answer to a request without a body says of the plugin. Only the reference plugin, and only to who knows its secret, names its version.
 */
final class PluginAnswerCheck {

    private static final String VERSION = "X-Recyclic-Plugin-Version";
    private static final int LONGEST_VERSION = 40;

    private final PluginSettings plugin;

    PluginAnswerCheck(PluginSettings plugin) {
        this.plugin = plugin;
    }

    List<Finding> look(HttpAnswer answer) {
        List<Finding> findings = new ArrayList<>();
        String version = answer.header(VERSION);
        if (version == null) {
            findings.add(unnamed(answer));
        } else {
            findings.add(Finding.ok("paheko_secret_accepted", "The plugin accepts the secret."));
            findings.add(version(version.strip()));
            if (answer.status() >= 500) {
                findings.add(failing(answer));
            }
        }
        findings.add(clock(answer));
        return findings;
    }

    private static Finding version(String version) {
        String shown = version.substring(0, Math.min(LONGEST_VERSION, version.length()));
        int compared = ShippedPlugin.compare(version);
        if (compared == 0) {
            return Finding.ok("plugin_version", "The plugin has the version of this release: " + shown + ".");
        }
        String differ = "The plugin has version " + shown + ", this release of Passerelle comes with " + ShippedPlugin.version() + ".";
        return compared < 0 ? Finding.warning("plugin_older", differ, "Upgrade the plugin: docs/paheko.md, Upgrade.")
                : Finding.warning("plugin_newer", differ, "Upgrade Passerelle to the release that the plugin came with.");
    }

    private Finding unnamed(HttpAnswer answer) {
        int status = answer.status();
        return switch (status) {
            case 401, 403 -> Finding.error("paheko_secret_refused", "The secret is not accepted (" + status + ").",
                    "Make PAHEKO_PLUGIN_SECRET what was saved on the plugin's page Configuration in Paheko. Until one is saved there, none is"
                                                                                                                    + " accepted.");
            case 404, 405, 410 -> Finding.error("paheko_not_found", "There is no plugin at " + plugin.address() + " (" + status + ").",
                    "Switch the plugin on in Paheko (Configuration, Extensions); compare PAHEKO_PLUGIN_URL with the address that its page shows.");
            case 408, 425, 429, 503 -> Finding.error("paheko_busy", "Paheko asks to come back later (" + status + ").",
                    "Try again; if it stays so, see whether Paheko is being upgraded, or what its log says.");
            default -> status / 100 == 3 ? redirected(answer) : status >= 500 ? failing(answer) : answer.isPage() ? page(status) : stranger(status);
        };
    }

    private static Finding redirected(HttpAnswer answer) {
        return Finding.error("paheko_redirected", "Paheko points to another address (" + answer.status() + ")" + target(answer.header("Location"))
                                                  + "; it is not followed, as the secret would go there.",
                "If that is the plugin's address, make it PAHEKO_PLUGIN_URL. During an upgrade of Paheko, wait for its end.");
    }

    /** Without what may be a key or a password. */
    private static String target(String location) {
        try {
            URI uri = URI.create(location == null ? "" : location);
            if (uri.isOpaque() || uri.getHost() == null && uri.getPath().isEmpty()) {
                return "";
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return ": " + (uri.getHost() == null ? "" : uri.getScheme() + "://" + uri.getHost() + port) + uri.getPath();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Finding failing(HttpAnswer answer) {
        return Finding.error("paheko_failing", "Paheko fails by itself (" + answer.status() + ").",
                "See its log, and that of its web server or PHP.");
    }

    private static Finding page(int status) {
        return Finding.error("paheko_web_page", "A web page answers in place of the plugin (" + status + ").",
                "See that PAHEKO_PLUGIN_URL is the plugin's address, and that no proxy or login page stands before it.");
    }

    private static Finding stranger(int status) {
        return Finding.warning("paheko_not_the_plugin", "What answers (" + status + ") does not say that it is the reference plugin: whether the"
                                                        + " secret is accepted cannot be told without sending a sale.",
                "If it should be the reference plugin, correct PAHEKO_PLUGIN_URL. With a receiver of your own, look at its log when the first sale"
                                                                                 + " is sent.");
    }

    private static Finding clock(HttpAnswer answer) {
        try {
            Instant second = ZonedDateTime.parse(String.valueOf(answer.header("Date")), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return new ClockCheck("paheko_clock", "Paheko", "times in the books and in the log are hard to compare otherwise")
                    .compare(second, second.plusSeconds(1), answer.asked(), answer.answered());
        } catch (DateTimeException e) {
            return Finding.ok("paheko_clock_unknown", "What Paheko's clock shows cannot be told: its answer names no date.");
        }
    }
}
