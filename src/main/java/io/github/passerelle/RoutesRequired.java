package io.github.passerelle;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ModelCamelContext;

/**
 * A bridge without routes would run, look well, and carry nothing: that is an error of the start.
 */
class RoutesRequired extends MainListenerSupport {

    @Override
    public void beforeStart(BaseMainSupport main) {
        if (((ModelCamelContext) main.getCamelContext()).getRouteDefinitions().isEmpty()) {
            throw new IllegalStateException("there are no routes: the working directory must hold application.properties and routes/*.yaml");
        }
    }
}
