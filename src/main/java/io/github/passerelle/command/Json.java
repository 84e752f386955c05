package io.github.passerelle.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer as one JSON object, for programs. ASCII only, as it may go through any terminal.
 */
final class Json {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build();

    private Json() {
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static void write(ObjectNode object, Writer out) {
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(out, object);
            out.write(System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
