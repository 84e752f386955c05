package io.github.passerelle.settings;

import java.nio.file.Path;

import ch.qos.logback.core.PropertyDefinerBase;

/**
 * Gives logback the settings that concern it. Logging begins before Camel does, so a wrong value must not stop it here: of a wrong one the
 * default is taken, and the start ends a moment later with the reason, in the format that was asked for.
 */
public class LogSetting extends PropertyDefinerBase {

    private Setting setting;

    public void setName(String name) {
        this.setting = Setting.valueOf(name);
    }

    @Override
    public String getPropertyValue() {
        return Settings.alone(setting, DotenvFile.read(Path.of("")).values(), System.getenv());
    }
}
