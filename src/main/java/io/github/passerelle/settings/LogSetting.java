package io.github.passerelle.settings;

import ch.qos.logback.core.PropertyDefinerBase;

/**
 * Gives logback the settings that concern it. Logging begins before Camel does, so a wrong value must not stop it here: the default is taken,
 * and the start ends a moment later with the reason.
 */
public class LogSetting extends PropertyDefinerBase {

    private Setting setting;

    public void setName(String name) {
        this.setting = Setting.valueOf(name);
    }

    @Override
    public String getPropertyValue() {
        try {
            return Settings.load().get(setting.name());
        } catch (InvalidSettingException e) {
            return setting.defaultValue();
        }
    }
}
