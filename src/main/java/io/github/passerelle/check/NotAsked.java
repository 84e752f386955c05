package io.github.passerelle.check;

import java.util.Optional;

import io.github.passerelle.settings.SettingsReport;

/**
 * Why Paheko is not asked at all.
 */
final class NotAsked {

    private NotAsked() {
    }

    /**
     * @param  isSet  whether the settings without which Paheko cannot be asked are made
     * @param  needed the names of all settings of which none may be wrong
     * @return        empty where it can be asked
     */
    static Optional<Finding> why(boolean isSet, SettingsReport report, String... needed) {
        if (!isSet || report.isAnyWrong(needed)) {
            return Optional.of(Finding.warning("paheko_not_asked", "Paheko is not asked: a setting that is needed for it is missing or wrong.",
                    "Put the settings right first."));
        }
        return ChannelHttp.isPossible() ? Optional.empty() : Optional.of(Finding.error("paheko_not_asked",
                "Paheko is not asked: there is no application.properties in this folder.", "Run this in the folder of Passerelle."));
    }
}
