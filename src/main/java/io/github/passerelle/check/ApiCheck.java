package io.github.passerelle.check;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.passerelle.settings.ApiSettings;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.settings.SettingsReport;

/**
 * Looks whether a session would be booked: asks Paheko's own API as for a session, and for what the mapping names, and books nothing.
 */
final class ApiCheck implements Check {

    private static final String[] NEEDED = { "PAHEKO_MODE", "PAHEKO_API_URL", "PAHEKO_API_USER", "PAHEKO_API_PASSWORD", "PAHEKO_ALLOW_HTTP",
            "PAHEKO_CA_FILE", "PAHEKO_PUSH_TIMEOUT_SECONDS" };

    private final SettingsReport report;
    private final Settings settings;
    private final Clock clock;

    ApiCheck(SettingsReport report, Settings settings, Clock clock) {
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
        Optional<ApiSettings> api = settings.api();
        Optional<Finding> notAsked = NotAsked.why(api.isPresent(), report, NEEDED);
        if (notAsked.isPresent()) {
            return List.of(notAsked.get());
        }
        Place place = Place.of(api.get());
        List<Finding> findings = new ArrayList<>();
        try (Api asked = new Api(api.get(), new ChannelHttp(settings, clock))) {
            new ApiLook(place, asked, clock, findings).look(settings.mapping());
        } catch (Exception e) {
            findings.add(new PahekoFailure(place).of(e));
        }
        return findings.stream().map(finding -> finding.with(report::hide)).toList();
    }
}
