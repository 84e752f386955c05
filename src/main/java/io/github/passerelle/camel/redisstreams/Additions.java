package io.github.passerelle.camel.redisstreams;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoTypeConversionAvailableException;

/**
 * Makes the entry to add out of an exchange and the options of the producer.
 */
final class Additions {

    private final RedisStreamsConfiguration configuration;
    private final Fields fields;
    private final Expression entryId;
    private final Expression minId;

    /**
     * @throws IllegalArgumentException when the options contradict each other
     */
    Additions(RedisStreamsConfiguration configuration, CamelContext context) {
        if (configuration.getMaxLen() < 0) {
            throw new IllegalArgumentException("maxLen is " + configuration.getMaxLen() + "; it must be 0 (no limit) or more");
        }
        if (configuration.getMaxLen() > 0 && configuration.getMinId() != null) {
            throw new IllegalArgumentException("maxLen and minId cannot be used together: Redis trims by one of them");
        }
        this.configuration = configuration;
        this.fields = new Fields(configuration);
        this.entryId = simple(configuration.getEntryId(), context);
        this.minId = simple(configuration.getMinId(), context);
    }

    Addition of(Exchange exchange) throws InvalidPayloadException, NoTypeConversionAvailableException {
        return new Addition(fields.of(exchange), id("entryId", entryId, exchange), configuration.getMaxLen(),
                id("minId", minId, exchange), configuration.isExactTrim());
    }

    private static Expression simple(String text, CamelContext context) {
        return text == null ? null : context.resolveLanguage("simple").createExpression(text);
    }

    private static EntryId id(String option, Expression expression, Exchange exchange) {
        if (expression == null) {
            return null;
        }
        String id = expression.evaluate(exchange, String.class);
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException(option + ": the expression " + expression + " gives no entry id");
        }
        return EntryId.parseLeniently(id.strip());
    }
}
