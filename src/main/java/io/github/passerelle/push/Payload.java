package io.github.passerelle.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the channel needs of a payload, which must be one JSON object with nothing behind it. It is looked through once, and not kept.
 */
final class Payload {

    private static final Set<String> TEXTS = Set.of("event", "sale_id", "session_id", "cash_session_id", "session_type");
    private static final Set<String> CENTS = Set.of("total_amount", "total_sales", "total_items", "closing_amount", "actual_amount");
    private static final Set<String> PRIVATE = Set.of("note", "variance_comment");

    // the size of an entry is bounded before, so lengths are not; nothing reads what is nested deeper, PHP stops at 512
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1000)
                    .maxStringLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE).build())
            .build();

    private static final ObjectMapper STRICT_TREES = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    // of a name that stands twice the last value counts, as it does in PHP
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Long> cents = new HashMap<>();
    private Integer items;
    private Map<String, Long> payments;
    private final List<String> privateTexts = new ArrayList<>();

    private Payload() {
    }

    /** All of it, to compute with: nothing may stand in it twice. */
    static JsonNode wholeTree(byte[] json) throws UnreadableEntryException {
        try {
            return STRICT_TREES.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UnreadableEntryException("a name stands twice in one object of the payload, or a number in it is beyond reason");
        }
    }

    static Payload read(byte[] json) throws UnreadableEntryException {
        // a text, as broken UTF-8 is taken for granted in it: such a payload is sent as it is, and Paheko decides
        try (JsonParser parser = JSON.createParser(new String(json, StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEntryException("the payload is no JSON object");
            }
            Payload payload = new Payload();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                payload.take(name, parser);
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new UnreadableEntryException("something follows the JSON object of the payload");
            }
            return payload;
        } catch (JacksonException e) {
            // the exception's message repeats the payload
            JsonLocation location = e.getLocation();
            throw new UnreadableEntryException("the payload is no JSON"
                                               + (location == null ? "" : " (at character " + (location.getCharOffset() + 1) + ")"));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    /** Takes the value that the parser is at. Afterwards it is there still, or at the end of it. */
    private void take(String name, JsonParser parser) throws IOException {
        if (TEXTS.contains(name)) {
            texts.put(name, text(parser));
        } else if (CENTS.contains(name)) {
            cents.put(name, Amounts.cents(parser));
        } else if ("items".equals(name)) {
            items = count(parser);
        } else if ("payments".equals(name)) {
            payments = payments(parser);
        } else if (PRIVATE.contains(name)) {
            collect(parser, privateTexts);
        }
    }

    private static String text(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    /** How many elements a list has; null of what is no list. */
    private static Integer count(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        return count;
    }

    /** What was paid, by payment method; null where that is not said for each payment. */
    private static Map<String, Long> payments(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        Map<String, Long> payments = new TreeMap<>();
        boolean known = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            known &= parser.currentToken() == JsonToken.START_OBJECT && addPayment(parser, payments);
            parser.skipChildren();
        }
        return known ? payments : null;
    }

    private static boolean addPayment(JsonParser parser, Map<String, Long> payments) throws IOException {
        String method = null;
        Long amount = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if ("payment_method".equals(name)) {
                method = text(parser);
            } else if ("amount".equals(name)) {
                amount = Amounts.cents(parser);
            }
            parser.skipChildren();
        }
        boolean known = amount != null && Sale.isHeaderValue(method);
        if (known) {
            payments.merge(method, amount, Long::sum);
        }
        return known;
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

    /** The amount in a top-level field; empty where it is missing, no whole number of cents or beyond reason. */
    Optional<Long> cents(String name) {
        return Optional.ofNullable(cents.get(name));
    }

    /** How many sale lines there are; empty where there is no list of them. */
    Optional<Integer> items() {
        return Optional.ofNullable(items);
    }

    /** What was paid, by payment method; empty where that is not said for each payment. */
    Optional<Map<String, Long>> payments() {
        return Optional.ofNullable(payments);
    }

    /** What people may have written into it. */
    List<String> privateTexts() {
        return privateTexts;
    }
}
