package io.github.passerelle.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Every setting with its effective value, where that comes from and what is wrong with it, and what else is worth knowing about them. There is
 * no secret in it, so that it can be shown to whoever helps.
 */
public final class SettingsReport {

    private final Path folder;
    private final DotenvFile dotenv;
    private final Map<String, String> environment;
    private final Map<String, String> given;
    private final Checks checks;
    private final Secrets secrets;

    private SettingsReport(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
        dotenv = DotenvFile.read(folder);
        given = Settings.given(dotenv.values(), environment);
        checks = Checks.of(given);
        secrets = Secrets.of(given);
    }

    /** Of the environment of this process, and {@code .env} in its working directory. */
    public static SettingsReport load() {
        return of(Path.of(""), System.getenv());
    }

    /**
     * @param folder      where {@code .env} may be
     * @param environment wins over it
     */
    public static SettingsReport of(Path folder, Map<String, String> environment) {
        return new SettingsReport(folder, environment);
    }

    /** In the order of the documentation. */
    public List<ShownSetting> settings() {
        List<ShownSetting> shown = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            shown.add(shown(setting));
        }
        return shown;
    }

    /** Where {@code .env} is looked for, and whether it is there. */
    public String file() {
        Path file = folder.resolve(".env").toAbsolutePath();
        return Files.exists(file) ? file.toString() : "there is no " + file;
    }

    /** What is wrong with {@code .env} itself. */
    public List<String> faultsOfFile() {
        return dotenv.faults();
    }

    /** What is allowed and yet probably a mistake, a sentence each. */
    public List<String> warnings() {
        List<String> warnings = checks.warnings();
        warnings.addAll(unknown());
        return warnings;
    }

    /** The same without what is missing. */
    public List<String> doubts() {
        List<String> doubts = checks.doubts();
        doubts.addAll(unknown());
        return doubts;
    }

    /** The settings without which the push channel cannot run, and which are not made. */
    public List<String> missing() {
        return checks.missing();
    }

    /** What can be used of them to look how things are: a setting that is wrong counts as not set. */
    public Settings usable() {
        return Settings.usable(checks);
    }

    /** Whether one of these settings is wrong. */
    public boolean isAnyWrong(String... names) {
        return checks.faults().keySet().stream().anyMatch(setting -> Arrays.asList(names).contains(setting.name()));
    }

    /** A text without the secrets that stand in the settings. */
    public String hide(String text) {
        return secrets.hide(text);
    }

    /** Whether the application would start with them. */
    public boolean ok() {
        return checks.faults().isEmpty() && dotenv.faults().isEmpty();
    }

    private ShownSetting shown(Setting setting) {
        String value = given.getOrDefault(setting.name(), "").strip();
        String fault = checks.faults().get(setting);
        return new ShownSetting(setting.name(), value.isEmpty() ? setting.defaultValue() : harmless(setting, value, fault != null),
                origin(setting, value), fault == null ? null : secrets.hide(fault.substring(setting.name().length() + 2)));
    }

    private Origin origin(Setting setting, String value) {
        if (!value.isEmpty()) {
            return environment.getOrDefault(setting.name(), "").isBlank() ? Origin.DOTENV : Origin.ENVIRONMENT;
        }
        return setting.defaultValue() == null ? Origin.NOT_SET : Origin.DEFAULT;
    }

    private String harmless(Setting setting, String value, boolean wrong) {
        // a secret may also stand where none belongs
        return secrets.hide(setting.shown(value, wrong));
    }

    /** A name with a slip of the pen in it does nothing, and nothing else tells. */
    private List<String> unknown() {
        List<String> known = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            known.add(setting.name());
        }
        return new TreeSet<>(given.keySet()).stream().filter(name -> name.startsWith("PAHEKO_") || name.startsWith("PASSERELLE_"))
                .filter(name -> !known.contains(name)).map(name -> name + " is no setting" + place(name)).toList();
    }

    private String place(String name) {
        return environment.containsKey(name) ? " (environment)" : " (.env, line " + dotenv.line(name) + ")";
    }
}
