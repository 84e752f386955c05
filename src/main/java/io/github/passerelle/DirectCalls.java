package io.github.passerelle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.NamedNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.EndpointHelper;

/**
 * From one route to another by the name of a {@code direct}: a wrong one would let every entry wait and fail.
 */
final class DirectCalls {

    private final ModelCamelContext context;

    DirectCalls(ModelCamelContext context) {
        this.context = context;
    }

    void check() {
        Set<String> begun = context.getRouteDefinitions().stream().map(route -> address(route, route.getInput().getEndpointUri()))
                .collect(Collectors.toSet());
        List<ProcessorDefinition<?>> steps = new ArrayList<>(context.getRouteDefinitions());
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            steps.addAll(configuration.getOnExceptions());
            steps.addAll(configuration.getOnCompletions());
        }
        for (ToDefinition step : ProcessorDefinitionHelper.filterTypeInOutputs(steps, ToDefinition.class)) {
            String address = address(step, step.getEndpointUri());
            if (address.startsWith("direct:") && !begun.contains(address)) {
                throw new RouteMistake(step, "no route begins with " + address.replace("//", ""));
            }
        }
    }

    private String address(NamedNode node, String uri) {
        try {
            return EndpointHelper.normalizeEndpointUri(context.resolvePropertyPlaceholders(uri)).replaceFirst("\\?.*", "");
        } catch (RuntimeException e) {
            throw new RouteMistake(node, RouteFailure.innermost(e));
        }
    }
}
