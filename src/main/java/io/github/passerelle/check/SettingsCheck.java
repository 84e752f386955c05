package io.github.passerelle.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.settings.SettingsReport;
import io.github.passerelle.settings.ShownSetting;

/**
 * Looks at the settings alone.
 */
final class SettingsCheck implements Check {

    private static final String ALL = "java -jar passerelle.jar settings";

    private final SettingsReport report;

    SettingsCheck(SettingsReport report) {
        this.report = report;
    }

    @Override
    public String subject() {
        return "Settings";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (ShownSetting setting : report.settings()) {
            if (setting.fault() != null) {
                findings.add(Finding.error("setting_wrong", setting.name() + ": " + setting.fault(),
                        "Correct it (" + setting.origin() + "): the application does not start with it."));
            }
        }
        report.faultsOfFile()
                .forEach(fault -> findings.add(Finding.error("dotenv_wrong", fault, "Correct .env: the application does not start with it.")));
        findings.addAll(missing());
        report.doubts()
                .forEach(doubt -> findings.add(Finding.warning("setting_doubtful", doubt, "See what was meant: docs/configuration.md, and " + ALL)));
        findings.addAll(pluginUrl());
        if (findings.isEmpty()) {
            findings.add(Finding.ok("settings", "Nothing is wrong with the settings (" + report.file() + ")."));
        }
        return findings;
    }

    private List<Finding> missing() {
        if (report.isAnyWrong("PAHEKO_MODE")) {
            // what is needed cannot be told
            return List.of();
        }
        String page = report.usable().isApi() ? "docs/paheko-api.md" : "docs/paheko.md";
        return report.missing().stream().map(name -> Finding.error("setting_missing", name + " is not set: nothing is sent to Paheko.",
                "Set it, in .env or in the environment: " + page + " tells where it is found.")).toList();
    }

    /** What no plugin has is told with the doubts already. */
    private List<Finding> pluginUrl() {
        return report.usable().plugin().filter(plugin -> !report.usable().isApi()).map(plugin -> URI.create(plugin.url()).getPath())
                .filter(path -> !path.matches(".*/p/recyclic/push(\\.php)?|/(plugin|admin)(/.*)?"))
                .map(path -> List.of(Finding.warning("plugin_url_unusual",
                        "PAHEKO_PLUGIN_URL: the reference plugin answers under /p/recyclic/push, this is " + (path.isEmpty() ? "/" : path) + ".",
                        "If the plugin is the reference one, correct it: it looks like https://paheko.example/p/recyclic/push.")))
                .orElse(List.of());
    }
}
