package io.github.passerelle.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What Paheko's own API answers with: JSON, and words in it where it refuses.
 */
final class ApiAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 200;

    private final int status;
    private final JsonNode json;

    ApiAnswer(HttpAnswer answer) {
        status = answer.status();
        json = read(answer.body());
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    int status() {
        return status;
    }

    /** In one line; empty where there are none. */
    String words() {
        String words = json.path("error").asText().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return words.substring(0, Math.min(LONGEST, words.length()));
    }

    /** The status, and its words where there are any. */
    String summary() {
        return words().isEmpty() ? String.valueOf(status) : status + ": " + words();
    }

    boolean isRightMissing() {
        return status == 403 && words().startsWith("You do not have enough rights");
    }

    /** What was found by SQL; empty where the answer does not tell. */
    Optional<JsonNode> results() {
        JsonNode results = json.path("results");
        return status == 200 && results.isArray() && json.path("count").isIntegralNumber() && json.path("count").longValue() == results.size()
                ? Optional.of(results) : Optional.empty();
    }

    /** Empty where the answer does not tell. */
    Optional<List<AccountingYear>> years() {
        if (status != 200 || !json.isArray()) {
            return Optional.empty();
        }
        List<AccountingYear> years = new ArrayList<>();
        for (JsonNode year : json) {
            Optional<AccountingYear> read = AccountingYear.read(year);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            years.add(read.get());
        }
        return Optional.of(years);
    }
}
