package io.github.passerelle.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.settings.SettingsReport;
import io.github.passerelle.settings.ShownSetting;

/**
 * The settings as one JSON object, for programs. ASCII only, as it may go through any terminal.
 */
final class SettingsJson {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build();

    private SettingsJson() {
    }

    static void write(SettingsReport report, Writer out) {
        ObjectNode all = JSON.createObjectNode().put("ok", report.ok());
        ArrayNode settings = all.putArray("settings");
        for (ShownSetting setting : report.settings()) {
            settings.addObject().put("name", setting.name()).put("value", setting.value()).put("from", setting.origin().toString())
                    .put("wrong", setting.fault());
        }
        all.put("file", report.file());
        report.faultsOfFile().forEach(all.putArray("wrong")::add);
        report.warnings().forEach(all.putArray("warnings")::add);
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(out, all);
            out.write(System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
