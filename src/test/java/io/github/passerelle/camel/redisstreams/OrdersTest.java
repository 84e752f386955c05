package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class OrdersTest {

    public record Finder(Function<Exchange, String> finder) {

        public String key(Exchange exchange) {
            return finder.apply(exchange);
        }
    }

    private static final Entry ENTRY = new Entry(EntryId.parse("1-0"), Map.of("customer", "ana".getBytes(StandardCharsets.UTF_8)));

    private final CamelContext context = new DefaultCamelContext();
    private final RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();

    @Test
    void whatTheExpressionsSetTravelsWithTheEntry() {
        keyBy(exchange -> {
            exchange.setProperty("parsed", exchange.getProperty(RedisStreamsConstants.ENTRY_ID) + " parsed");
            exchange.getMessage().setBody("anything");
            return "ana";
        });
        Orders.Found found = new Orders(configuration, context).of(ENTRY);
        assertThat(found.order()).isEqualTo(new Order("ana", Order.Kind.MEMBER));
        Exchange routed = new Exchanges(configuration, () -> new DefaultExchange(context)).of(found.entry(), List.of(), 2, found.order(), "", false, false);
        assertThat(routed.getProperty("parsed")).isEqualTo("1-0 parsed");
        assertThat(routed.getProperty(RedisStreamsConstants.ROUND)).isEqualTo(2);
        assertThat(routed.getMessage().getBody()).as("the fields, whatever the expression made of them").isSameAs(ENTRY.fields());
    }

    @Test
    void noneOfItDisturbsWhatTheComponentSays() {
        keyBy(exchange -> {
            exchange.setProperty(RedisStreamsConstants.ENTRY_ID, "9-9");
            return "ana";
        });
        Orders.Found found = new Orders(configuration, context).of(ENTRY);
        Exchange routed = new Exchanges(configuration, () -> new DefaultExchange(context)).of(found.entry(), List.of(), 1, found.order(), "", false, false);
        assertThat(routed.getProperty(RedisStreamsConstants.ENTRY_ID)).isEqualTo("1-0");
    }

    @Test
    void anExpressionThatFailsGivesNoOrder() {
        keyBy(exchange -> {
            throw new IllegalStateException("broken");
        });
        assertThat(new Orders(configuration, context).of(ENTRY).order()).isEqualTo(Order.NONE);
    }

    private void keyBy(Function<Exchange, String> finder) {
        context.getRegistry().bind("finder", new Finder(finder));
        configuration.setOrderKey("${bean:finder?method=key}");
    }
}
