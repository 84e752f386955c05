package io.github.passerelle.check;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.passerelle.settings.PluginSettings;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.settings.SettingsReport;

/**
 * Looks whether a sale would be taken: asks the plugin as a sale does, without one.
 */
final class PluginCheck implements Check {

    private static final String[] NEEDED = { "PAHEKO_PLUGIN_URL", "PAHEKO_PLUGIN_SECRET", "PAHEKO_ALLOW_HTTP", "PAHEKO_CA_FILE",
            "PAHEKO_PUSH_TIMEOUT_SECONDS" };

    private final SettingsReport report;
    private final Settings settings;
    private final Clock clock;

    PluginCheck(SettingsReport report, Settings settings, Clock clock) {
        this.report = report;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "Paheko";
    }

    @Override
    public List<Finding> look() {
        Optional<PluginSettings> plugin = settings.plugin();
        if (plugin.isEmpty() || report.isAnyWrong(NEEDED)) {
            return List.of(Finding.warning("paheko_not_asked", "Paheko is not asked: a setting that is needed for it is missing or wrong.",
                    "Put the settings right first."));
        }
        if (!ChannelHttp.isPossible()) {
            return List.of(Finding.error("paheko_not_asked", "Paheko is not asked: there is no application.properties in this folder.",
                    "Run this in the folder of Passerelle."));
        }
        try {
            return findings(plugin.get(), ask(plugin.get()));
        } catch (Exception e) {
            return List.of(new PluginFailure(plugin.get()).of(e).with(report::hide));
        }
    }

    /** With the secret and without a body: a plugin that follows docs/receiver.md refuses that and writes nothing. */
    private HttpAnswer ask(PluginSettings plugin) throws Exception {
        return new ChannelHttp(settings, clock).send("POST", plugin.url(),
                Map.of("Content-Type", "application/json", "X-Paheko-Secret", plugin.secret()), "", plugin.timeout());
    }

    private List<Finding> findings(PluginSettings plugin, HttpAnswer answer) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("paheko_reached", "Paheko answers at " + plugin.address() + "."));
        if (answer.certificate() != null) {
            findings.add(new CertificateCheck(clock.instant()).look(plugin.host(), answer.certificate()));
        }
        findings.addAll(new PluginAnswerCheck(plugin).look(answer));
        return findings.stream().map(finding -> finding.with(report::hide)).toList();
    }
}
