package io.github.passerelle.push;

import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;

/**
 * What Paheko said when it refused, made fit for a log: one line of at most 500 characters, without secrets and without what people wrote into
 * the till's notes.
 */
final class Answer {

    /** Exchange property: the texts of this entry that must not be repeated. */
    static final String PRIVATE_TEXTS = "privateTexts";

    private static final int MAX_LENGTH = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answer() {
    }

    /**
     * @param  secrets what must not be repeated either
     * @return         null when there was no answer, or it had no words
     */
    static String words(Exchange exchange, Throwable failure, Collection<String> secrets) {
        HttpOperationFailedException refusal = ObjectHelper.getException(HttpOperationFailedException.class, failure);
        if (refusal == null || refusal.getResponseBody() == null || refusal.getResponseBody().isBlank()) {
            return null;
        }
        String words = words(refusal.getResponseBody().strip());
        for (String secret : secrets) {
            words = hide(words, secret);
        }
        for (Object text : exchange.getProperty(PRIVATE_TEXTS, List.of(), List.class)) {
            words = hide(words, text.toString());
        }
        words = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return words.length() > MAX_LENGTH ? words.substring(0, MAX_LENGTH) : words;
    }

    private static String words(String body) {
        if (body.startsWith("<")) {
            return "(a web page)";
        }
        try {
            JsonNode json = JSON.readTree(body);
            for (String name : List.of("message", "error", "detail")) {
                if (json.path(name).isTextual()) {
                    return json.path(name).textValue();
                }
            }
        } catch (JsonProcessingException e) {
            // plain text, then
        }
        return body;
    }

    private static String hide(String words, String text) {
        return text.isBlank() ? words : words.replace(text, "(hidden)");
    }
}
