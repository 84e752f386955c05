package io.github.passerelle.push;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What Paheko said when it refused, made fit for a log: one line of at most 500 characters, without secrets, traces of PHP and what people wrote
 * into the till's notes.
 */
final class Answer {

    /** Exchange property: the texts of this entry that must not be repeated. */
    static final String PRIVATE_TEXTS = "privateTexts";

    private static final int MAX_LENGTH = 500;
    private static final int SHORTEST = 4;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|[\"\\\\/bfnrt])");

    // how PHP lists the calls that led to a failure: with the beginnings of their parameters, among them the password of the API
    private static final Pattern TRACE = Pattern.compile("(?ms)^[ \\t]*(?:Stack trace:\\s*)?#0 .*");

    private Answer() {
    }

    /**
     * @param  secrets what must not be repeated either
     * @return         null when there was no answer, or it had no words
     */
    static String words(Exchange exchange, Throwable failure, Collection<String> secrets) {
        HttpOperationFailedException refusal = Failures.find(HttpOperationFailedException.class, failure);
        if (refusal == null || refusal.getResponseBody() == null || refusal.getResponseBody().isBlank()) {
            return null;
        }
        String words = TRACE.matcher(words(refusal.getResponseBody().strip())).replaceFirst("");
        return words.isBlank() ? null : fit(exchange, words, secrets);
    }

    /** A text about an entry, made fit for a log in the same way. */
    static String fit(Exchange exchange, String text, Collection<String> secrets) {
        String words = Redaction.line(text);
        for (String secret : secrets) {
            words = Redaction.hide(words, secret, 1);
        }
        for (Object privateText : exchange.getProperty(PRIVATE_TEXTS, List.of(), List.class)) {
            // a shorter note tells nothing, and stands in many words
            words = Redaction.hide(words, privateText.toString(), SHORTEST);
        }
        return Redaction.cut(words, MAX_LENGTH);
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
            // plain text, or an answer that was cut
        }
        return unescaped(body);
    }

    /** As PHP escapes every accent and slash, a text of the till would not be found in the answer that repeats it. */
    private static String unescaped(String json) {
        return ESCAPE.matcher(json).replaceAll(escape -> Matcher.quoteReplacement(switch (escape.group(1).charAt(0)) {
            case 'u' -> String.valueOf((char) Integer.parseInt(escape.group(1).substring(1), 16));
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'b', 'f' -> " ";
            default -> escape.group(1);
        }));
    }
}
