package io.github.passerelle.command;

import java.io.Writer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.Json;
import io.github.passerelle.settings.SettingsReport;
import io.github.passerelle.settings.ShownSetting;

/**
 * The settings as one JSON object.
 */
final class SettingsJson {

    private SettingsJson() {
    }

    static void write(SettingsReport report, Writer out) {
        ObjectNode all = Json.object().put("ok", report.ok());
        ArrayNode settings = all.putArray("settings");
        for (ShownSetting setting : report.settings()) {
            settings.addObject().put("name", setting.name()).put("value", setting.value()).put("from", setting.origin().toString())
                    .put("wrong", setting.fault());
        }
        all.put("file", report.file());
        report.faultsOfFile().forEach(all.putArray("wrong")::add);
        report.warnings().forEach(all.putArray("warnings")::add);
        Json.write(all, out);
    }
}
