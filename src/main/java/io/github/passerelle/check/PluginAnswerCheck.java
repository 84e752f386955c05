package io.github.passerelle.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What the answer to a request without a body says of the plugin. Only the reference plugin, and only to who knows its secret, names its version.
 */
final class PluginAnswerCheck {

    private static final String VERSION = "X-Recyclic-Plugin-Version";
    private static final int LONGEST_VERSION = 40;

    private final Place place;
    private final CommonAnswerCheck common;

    PluginAnswerCheck(Place place) {
        this.place = place;
        common = new CommonAnswerCheck(place, "the plugin");
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
                findings.add(CommonAnswerCheck.failing(answer));
            }
        }
        findings.add(CommonAnswerCheck.clock(answer));
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
            case 404, 405, 410 -> Finding.error("paheko_not_found", "There is no plugin at " + place.address() + " (" + status + ").",
                    "Switch the plugin on in Paheko (Configuration, Extensions); compare PAHEKO_PLUGIN_URL with the address that its page shows.");
            default -> common.look(answer).orElseGet(() -> stranger(status));
        };
    }

    private static Finding stranger(int status) {
        return Finding.warning("paheko_not_the_plugin", "What answers (" + status + ") does not say that it is the reference plugin: whether the"
                                                        + " secret is accepted cannot be told without sending a sale.",
                "If it should be the reference plugin, correct PAHEKO_PLUGIN_URL. With a receiver of your own, look at its log when the first sale"
                                                                                 + " is sent.");
    }
}
