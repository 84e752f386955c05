package io.github.passerelle.page;

import java.io.IOException;
import java.util.Locale;

import org.apache.camel.Exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.SessionJson;
import io.github.passerelle.tracking.Outcome;
import io.github.passerelle.tracking.SessionOutcome;
import io.github.passerelle.tracking.Why;

/**
 * What a person decides on the page: one JSON object that says about what and why, and one that says what became of it.
 */
public class PageDecisions {

    /** What was asked for cannot be understood; the message is a stable code. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String code) {
            super(code);
        }
    }

    private interface Decided {
        ObjectNode of(JsonNode asked) throws Malformed, UnknownException, InterruptedException;
    }

    private static final long PATIENCE_MILLIS = 2_000;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private PageTracking tracking;
    private PageData data;

    public void setTracking(PageTracking tracking) {
        this.tracking = tracking;
    }

    public void setData(PageData data) {
        this.data = data;
    }

    /** The admin token is right: that is all. */
    public void enter(Exchange exchange) {
        PageAnswer.json(200, Json.object().put("ok", true)).send(exchange);
    }

    /** Has an entry tried again that is put aside; reason and author are optional. */
    public void replay(Exchange exchange) throws InterruptedException {
        decide(exchange, asked -> {
            EntryId id = entry(asked);
            Why why = why(asked, false);
            return json(tracking.ask(() -> tracking.decisions().replay(id, why), PATIENCE_MILLIS));
        });
    }

    /** Gives an entry up. */
    public void discard(Exchange exchange) throws InterruptedException {
        decide(exchange, asked -> {
            EntryId id = entry(asked);
            Why why = why(asked, true);
            return json(tracking.ask(() -> tracking.decisions().discard(id, why), PATIENCE_MILLIS));
        });
    }

    /** Lets the close of a cash session go that is held. */
    public void release(Exchange exchange) throws InterruptedException {
        decide(exchange, asked -> {
            String session = text(asked, "session");
            Why why = why(asked, true);
            return json(tracking.ask(() -> tracking.decisions().release(session, why), PATIENCE_MILLIS));
        });
    }

    private void decide(Exchange exchange, Decided decided) throws InterruptedException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        PageAnswer answer;
        try {
            JsonNode asked = JSON.readTree(body == null ? new byte[0] : body);
            if (asked == null || !asked.isObject()) {
                throw new Malformed("json");
            }
            answer = PageAnswer.json(200, decided.of(asked));
        } catch (Malformed e) {
            answer = PageAnswer.error(400, e.getMessage());
        } catch (JsonProcessingException e) {
            answer = PageAnswer.error(400, "json");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        } catch (UnknownException e) {
            // it may have been done nevertheless; to decide the same again does no harm
            answer = PageAnswer.error(503, "unknown");
        } finally {
            data.forget();
        }
        answer.send(exchange);
    }

    private static EntryId entry(JsonNode asked) throws Malformed {
        try {
            return EntryId.parse(text(asked, "entry"));
        } catch (IllegalArgumentException e) {
            throw new Malformed("entry");
        }
    }

    private static Why why(JsonNode asked, boolean required) throws Malformed {
        String reason = optional(asked, "reason");
        String author = optional(asked, "author");
        try {
            return required ? Why.required(reason, author) : Why.optional(reason, author);
        } catch (IllegalArgumentException e) {
            throw new Malformed("why");
        }
    }

    private static String text(JsonNode asked, String name) throws Malformed {
        String text = optional(asked, name);
        if (text == null) {
            throw new Malformed(name);
        }
        return text;
    }

    /** Null when it is missing or blank. */
    private static String optional(JsonNode asked, String name) throws Malformed {
        JsonNode value = asked.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new Malformed(name);
        }
        return value.textValue().isBlank() ? null : value.textValue().strip();
    }

    private static ObjectNode json(Outcome outcome) {
        ObjectNode json = Json.object().put("entry", outcome.id().toString()).put("ok", outcome.result().isWell())
                .put("result", outcome.result().name().toLowerCase(Locale.ROOT));
        SessionJson.putEntry(json, "now", outcome.entry());
        return json;
    }

    private static ObjectNode json(SessionOutcome outcome) {
        ObjectNode json = Json.object().put("session", outcome.session()).put("ok", outcome.result().isWell())
                .put("result", outcome.result().name().toLowerCase(Locale.ROOT));
        SessionJson.putEntry(json, "now", outcome.close());
        return json;
    }
}
