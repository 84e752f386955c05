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

    private static final String[] NEEDED = { "PAHEKO_MODE", "PAHEKO_PLUGIN_URL", "PAHEKO_PLUGIN_SECRET", "PAHEKO_ALLOW_HTTP",
            "PAHEKO_CA_FILE", "PAHEKO_PUSH_TIMEOUT_SECONDS" };

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
        Optional<Finding> notAsked = NotAsked.why(plugin.isPresent(), report, NEEDED);
        if (notAsked.isPresent()) {
            return List.of(notAsked.get());
        }
        try {
            return findings(Place.of(plugin.get()), ask(plugin.get()));
        } catch (Exception e) {
            return List.of(new PahekoFailure(Place.of(plugin.get())).of(e).with(report::hide));
        }
    }

    /** With the secret and without a body: a plugin that follows docs/receiver.md refuses that and writes nothing. */
    private HttpAnswer ask(PluginSettings plugin) throws Exception {
        try (ChannelHttp http = new ChannelHttp(settings, clock)) {
            return http.send(new HttpQuestion("POST", plugin.url(), "",
                    Map.of("Content-Type", "application/json", "X-Paheko-Secret", plugin.secret()), ""), plugin.timeout());
        }
    }

    private List<Finding> findings(Place place, HttpAnswer answer) {
        List<Finding> findings = new ArrayList<>(new ReachedCheck(place, clock.instant()).look(answer));
        findings.addAll(new PluginAnswerCheck(place).look(answer));
        return findings.stream().map(finding -> finding.with(report::hide)).toList();
    }
}
