package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;

class EntryReaderTest {

    private static final CamelContext CONTEXT = new DefaultCamelContext();

    private final EntryReader reader = new EntryReader();

    @Test
    void whatWasFoundForTheOrderIsNotLookedForAgain() throws Exception {
        Map<String, byte[]> fields = fields("{\"sale_id\": \"s1\", \"cash_session_id\": \"c1\"}");
        Exchange exchange = exchange();
        assertThat(reader.session(fields, exchange)).isEqualTo("c1");
        assertThat(reader.isClose(fields, exchange)).isFalse();
        // a second look would find this
        fields.get("payload")[2] = 'x';
        reader.read(fields, exchange);
        assertThat(exchange.getProperty("idempotencyKey")).isEqualTo("pos.ticket.created:s1");
        assertThat(exchange.getMessage().getBody()).isSameAs(fields.get("payload"));
    }

    @Test
    void whatAStepPutInThePlaceOfTheFieldsIsLookedAt() throws Exception {
        Exchange exchange = exchange();
        assertThat(reader.session(fields("{\"sale_id\": \"s1\", \"cash_session_id\": \"c1\"}"), exchange)).isEqualTo("c1");
        reader.read(fields("{\"sale_id\": \"s2\", \"cash_session_id\": \"c2\"}"), exchange);
        assertThat(exchange.getProperty("idempotencyKey")).isEqualTo("pos.ticket.created:s2");
        assertThat(exchange.getProperty("session")).isEqualTo("c2");
    }

    @Test
    void whatCannotBeReadHasNoOrderAndIsUnreadable() {
        Map<String, byte[]> fields = fields("{\"sale_id\": ");
        Exchange exchange = exchange();
        assertThat(reader.session(fields, exchange)).isNull();
        assertThat(reader.isClose(fields, exchange)).isFalse();
        assertThatThrownBy(() -> reader.read(fields, exchange)).isInstanceOf(UnreadableEntryException.class);
    }

    private static Map<String, byte[]> fields(String payload) {
        return Map.of("event", "pos.ticket.created".getBytes(StandardCharsets.UTF_8), "payload", payload.getBytes(StandardCharsets.UTF_8));
    }

    private static Exchange exchange() {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.setProperty(RedisStreamsConstants.ENTRY_ID, "1-0");
        return exchange;
    }
}
