package io.github.passerelle.push;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A look at the top level of a payload, which must be one JSON object with nothing behind it.
 */
final class Payload {

    private static final Set<String> NAMING = Set.of("event", "sale_id", "session_id", "cash_session_id");
    private static final Set<String> PRIVATE = Set.of("note", "variance_comment");

    // the size of an entry is bounded before, so lengths are not; nothing reads what is nested deeper, PHP stops at 512
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1000)
                    .maxStringLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE).build())
            .build();

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final ObjectMapper STRICT_TREES = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final Map<String, String> texts;
    private final List<String> privateTexts;

    private Payload(Map<String, String> texts, List<String> privateTexts) {
        this.texts = texts;
        this.privateTexts = privateTexts;
    }

    /** All of it, to count by. What cannot be read is missing: it is not judged here. */
    static JsonNode tree(byte[] json) {
        try {
            return TREES.readTree(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** All of it, to compute with: nothing may stand in it twice. */
    static JsonNode wholeTree(byte[] json) throws UnreadableEntryException {
        try {
            return STRICT_TREES.readTree(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UnreadableEntryException("a name stands twice in one object of the payload, or a number in it is beyond reason");
        }
    }

    static Payload read(byte[] json) throws UnreadableEntryException {
        // a reader, as it takes broken UTF-8 for granted: such a payload is sent as it is, and Paheko decides
        try (JsonParser parser = JSON.createParser(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEntryException("the payload is no JSON object");
            }
            Map<String, String> texts = new HashMap<>();
            List<String> privateTexts = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (NAMING.contains(name)) {
                    // of a name that stands twice the last one counts, as it does in PHP
                    texts.put(name, text ? parser.getText() : null);
                }
                if (PRIVATE.contains(name)) {
                    collect(parser, privateTexts);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new UnreadableEntryException("something follows the JSON object of the payload");
            }
            return new Payload(texts, privateTexts);
        } catch (JacksonException e) {
            // the exception's message repeats the payload
            JsonLocation location = e.getLocation();
            throw new UnreadableEntryException("the payload is no JSON"
                                               + (location == null ? "" : " (at character " + (location.getCharOffset() + 1) + ")"));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    /** All that is said in the value that the parser is at, whatever its form. */
    private static void collect(JsonParser parser, List<String> found) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if ((token == JsonToken.VALUE_STRING || token.isNumeric()) && !parser.getText().isBlank()) {
                found.add(parser.getText());
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    /** The text of a top-level field; null where it is missing or no string. */
    String text(String name) {
        return texts.get(name);
    }

    /** What people may have written into it. */
    List<String> privateTexts() {
        return privateTexts;
    }
}
