package io.github.passerelle;

import java.nio.file.Path;
import java.util.List;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PatternHelper;

/**
 * A bridge without routes would run, look well, and carry nothing; one whose route misses its routeConfiguration would acknowledge nothing,
 * and send everything again and again. Camel says neither, nor some other mistakes: they are errors of the start.
 */
class RoutesRequired extends MainListenerSupport {

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        main.getCamelContext().getRegistry().bind("strict-yaml", new StrictYaml());
    }

    @Override
    public void beforeStart(BaseMainSupport main) {
        ModelCamelContext context = (ModelCamelContext) main.getCamelContext();
        if (context.getRouteDefinitions().isEmpty()) {
            throw new IllegalStateException("there are no routes; the working directory, " + Path.of("").toAbsolutePath()
                                            + ", must hold application.properties and routes/*.yaml");
        }
        List<String> configurations = context.getRouteConfigurationDefinitions().stream().map(RouteConfigurationDefinition::getId).toList();
        context.getRouteDefinitions().forEach(route -> requireConfiguration(route, configurations));
        new ErrorPolicies(context).check();
        new DirectCalls(context).check();
    }

    private static void requireConfiguration(RouteDefinition route, List<String> configurations) {
        if (route.getRouteConfigurationId() == null) {
            return;
        }
        for (String wanted : route.getRouteConfigurationId().split(",")) {
            if (configurations.stream().noneMatch(id -> PatternHelper.matchPattern(id, wanted.strip()))) {
                throw new RouteMistake(route, "there is no routeConfiguration '" + wanted.strip() + "', only " + configurations);
            }
        }
    }
}
