package io.github.passerelle.page;

import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.health.Situation;
import io.github.passerelle.health.Watch;

/**
 * What this process knows by itself, whatever Redis says.
 *
 * @param configured whether it could send
 * @param role       {@code active}, or {@code standby} while another process reads the stream; null while the route does not run
 */
record ThisProcess(boolean configured, String role) {

    static ThisProcess of(Watch watch) {
        Situation.Role role = watch.role();
        return new ThisProcess(watch.isConfigured(), role == null ? null : role.name().toLowerCase(Locale.ROOT));
    }

    ObjectNode put(ObjectNode object) {
        object.putObject("process").put("configured", configured).put("role", role);
        return object;
    }
}
