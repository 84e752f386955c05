package io.github.passerelle.benchmark;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.fixture.Till;

/** The same component in a route that does what must be done: read, send, acknowledge. No order, no ledger, no log, no metrics, no page. */
public final class PlainRoute {

    private PlainRoute() {
    }

    /** @param arguments Redis, receiver, secret, requests in flight */
    public static void main(String... arguments) throws Exception {
        String inFlight = arguments[3];
        Main main = new Main();
        main.addInitialProperty("camel.component.redis-streams.configuration.url", arguments[0]);
        main.addInitialProperty("camel.main.auto-configuration-log-summary", "false");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("redis-streams:" + Till.STREAM + "?group=" + Till.GROUP + "&consumerName=plain&count=16&concurrentConsumers=" + inFlight
                     + "&maxInProgress=" + inFlight)
                        .setBody(exchange -> exchange.getMessage().getBody(java.util.Map.class).get("payload"))
                        .setHeader("X-Request-Id", exchangeProperty(RedisStreamsConstants.ENTRY_ID))
                        .setHeader("Content-Type", constant("application/json"))
                        .setHeader("X-Paheko-Secret", constant(arguments[2]))
                        .to(arguments[1] + "?httpMethod=POST&skipControlHeaders=true&connectionsPerRoute=" + inFlight + "&maxTotalConnections=" + inFlight)
                        .to("redis-streams:" + Till.STREAM + "?operation=ack&group=" + Till.GROUP);
            }
        });
        main.run();
    }
}
