package io.github.passerelle.camel.redisstreams;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * What of a message goes into the fields of an entry, and what of an entry into the headers of a message.
 */
final class Fields {

    private final String bodyField;
    private final Predicate<String> toHeaders;
    private final Predicate<String> fromHeaders;
    private final HeaderFilterStrategy filter;

    Fields(RedisStreamsConfiguration configuration) {
        this.bodyField = configuration.getBodyField();
        this.toHeaders = Names.of(configuration.getMapFields());
        this.fromHeaders = Names.of(configuration.getMapHeaders());
        this.filter = configuration.getHeaderFilterStrategy();
    }

    /** Copies the fields that are asked for; the body keeps all of them. */
    void toHeaders(Map<String, byte[]> fields, Exchange exchange) {
        fields.forEach((name, bytes) -> {
            if (toHeaders.test(name)) {
                String value = new String(bytes, StandardCharsets.UTF_8);
                if (!filter.applyFilterToExternalHeaders(name, value, exchange)) {
                    exchange.getMessage().setHeader(name, value);
                }
            }
        });
    }

    /** The body first, then the headers that are asked for; the body has precedence where both have a name. */
    Map<String, byte[]> of(Exchange exchange) throws InvalidPayloadException, NoTypeConversionAvailableException {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        Message message = exchange.getMessage();
        if (message.getBody() instanceof Map<?, ?> body) {
            for (Map.Entry<?, ?> field : body.entrySet()) {
                fields.put(String.valueOf(field.getKey()), bytes(exchange, field.getValue()));
            }
        } else {
            fields.put(bodyField, message.getMandatoryBody(byte[].class));
        }
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            String name = header.getKey();
            Object value = header.getValue();
            if (value != null && fromHeaders.test(name) && !filter.applyFilterToCamelHeaders(name, value, exchange)
                    && !fields.containsKey(name)) {
                fields.put(name, bytes(exchange, value));
            }
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("operation=add: the message body is a map without fields; an entry needs at least one");
        }
        return fields;
    }

    /** Camel has no way from a number or a truth value to bytes but the one over its text. */
    private static byte[] bytes(Exchange exchange, Object value) throws NoTypeConversionAvailableException {
        TypeConverter converter = exchange.getContext().getTypeConverter();
        return value instanceof Number || value instanceof Boolean
                ? value.toString().getBytes(StandardCharsets.US_ASCII) : converter.mandatoryConvertTo(byte[].class, exchange, value);
    }
}
