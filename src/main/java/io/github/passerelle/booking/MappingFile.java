package io.github.passerelle.booking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

/**
 * Reads the mapping from its file, and says all that is wrong with it.
 */
public final class MappingFile {

    private static final String SCHEMA = "/mapping.schema.json";
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path file;

    private MappingFile(Path file) {
        this.file = file;
    }

    /** @throws InvalidMappingException when it is missing, or not as it must be */
    public static Mapping read(Path file) {
        return new MappingFile(file).read();
    }

    private Mapping read() {
        JsonNode json = parse();
        JsonSchema schema = schema();
        List<String> faults = new ArrayList<>(schema.validate(json).stream().map(message -> fault(message, schema)).distinct().sorted().toList());
        if (faults.isEmpty()) {
            checkCash(json, faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidMappingException(faults);
        }
        return mapping(json);
    }

    private JsonNode parse() {
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            if (json.isMissingNode()) {
                throw fault("is empty; it begins with {");
            }
            return json;
        } catch (JacksonException e) {
            JsonLocation place = e.getLocation();
            String where = place == null || place.getLineNr() < 0 ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw new InvalidMappingException(List.of(file + where + ": no JSON in which each name stands once: "
                    + e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(start marker at.*", "").strip()));
        } catch (NoSuchFileException e) {
            throw fault("is not there; mapping.json.example shows what it holds");
        } catch (MalformedInputException e) {
            throw fault("is not written in UTF-8");
        } catch (IOException e) {
            throw fault("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private InvalidMappingException fault(String what) {
        return new InvalidMappingException(List.of(file + " " + what));
    }

    private static JsonSchema schema() {
        try (InputStream schema = MappingFile.class.getResourceAsStream(SCHEMA)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema, SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fault(ValidationMessage message, JsonSchema schema) {
        String place = message.getInstanceLocation().toString().replaceFirst("^/", "").replace('/', '.');
        // a name may hold what breaks the line
        return (file + ": " + (place.isEmpty() ? "" : place + ": ") + words(message, schema)).replaceAll("\\p{Cntrl}", "?");
    }

    private static String words(ValidationMessage message, JsonSchema schema) {
        return switch (message.getType()) {
            case "required" -> "'" + message.getProperty() + "' is missing";
            case "additionalProperties" -> "'" + message.getProperty() + "' is not known here; allowed are " + String.join(", ", known(message, schema));
            default -> message.getError();
        };
    }

    /** The properties that the schema has in the place of one that it does not have. */
    private static List<String> known(ValidationMessage message, JsonSchema schema) {
        String keyword = message.getSchemaLocation().getFragment().toString();
        List<String> known = new ArrayList<>();
        schema.getSchemaNode().at(keyword.substring(0, keyword.lastIndexOf('/')) + "/properties").fieldNames().forEachRemaining(known::add);
        return known;
    }

    /** What a schema cannot say. */
    private void checkCash(JsonNode json, List<String> faults) {
        JsonNode cash = json.path("differences").path("cash");
        Set<String> methods = new TreeSet<>();
        json.path("payments").fieldNames().forEachRemaining(methods::add);
        if (cash.isTextual() && !methods.contains(cash.textValue())) {
            faults.add(file + ": differences.cash: '" + cash.textValue() + "' is no payment method of 'payments'; allowed are "
                       + String.join(", ", methods));
        }
    }

    private static Mapping mapping(JsonNode json) {
        Set<String> presets = new HashSet<>();
        json.path("gifts").path("presets").forEach(preset -> presets.add(preset.textValue()));
        JsonNode differences = json.get("differences");
        return new Mapping(texts(json.path("payments")), json.path("sales").path("account").textValue(), texts(json.path("sales").path("categories")),
                json.path("gifts").path("account").textValue(), presets,
                differences == null ? null : new Mapping.Differences(differences.path("cash").textValue(),
                        differences.path("surplus").textValue(), differences.path("shortage").textValue()),
                json.path("year").asText(Mapping.MATCH), json.path("label").asText(Mapping.LABEL));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
        return texts;
    }
}
