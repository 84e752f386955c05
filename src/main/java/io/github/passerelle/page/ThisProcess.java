package io.github.passerelle.page;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.camel.redisstreams.RedisStreamsConsumer;

/**
 * What this process knows by itself, whatever Redis says.
 *
 * @param configured whether it could send
 * @param role       {@code active}, or {@code standby} while another process reads the stream; null while the route does not run
 */
record ThisProcess(boolean configured, String role) {

    static ThisProcess of(CamelContext context, String routeId, boolean configured) {
        Route route = context.getRoute(routeId);
        if (route == null || !(route.getConsumer() instanceof RedisStreamsConsumer consumer) || !consumer.status().running()) {
            return new ThisProcess(configured, null);
        }
        return new ThisProcess(configured, consumer.status().active() ? "active" : "standby");
    }

    ObjectNode put(ObjectNode object) {
        object.putObject("process").put("configured", configured).put("role", role);
        return object;
    }
}
