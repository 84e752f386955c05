package io.github.passerelle.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.Json;
import io.vertx.core.http.HttpServerResponse;

/**
 * What goes back to a browser, with the headers that keep it from doing with it what it should not.
 */
record PageAnswer(int status, String type, byte[] body, Map<String, String> headers) {

    private static final String CACHE_CONTROL = "Cache-Control";
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                                       + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    static PageAnswer json(int status, byte[] body) {
        return new PageAnswer(status, "application/json", body, Map.of(CACHE_CONTROL, "no-store"));
    }

    static PageAnswer json(int status, ObjectNode object) {
        return json(status, Json.bytes(object));
    }

    /** Why not, as a stable code. */
    static PageAnswer error(int status, String code) {
        return json(status, Json.object().put("error", code));
    }

    /** Why not, for a person. */
    static PageAnswer text(int status, String text) {
        return new PageAnswer(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8), Map.of(CACHE_CONTROL, "no-store"));
    }

    PageAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new PageAnswer(status, type, body, more);
    }

    /** Nothing of what came with the request goes back. */
    void send(Exchange exchange) {
        Message message = exchange.getMessage();
        HttpServerResponse response = exchange.getIn(HttpMessage.class).getResponse();
        message.removeHeaders("*");
        message.setBody(body);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        // not as headers of the message: Camel would drop some of them
        ALWAYS.forEach(response::putHeader);
        headers.forEach(response::putHeader);
    }
}
