package io.github.passerelle;

import org.apache.camel.dsl.yaml.common.YamlDeserializerResolver;
import org.apache.camel.dsl.yaml.deserializers.RouteConfigurationDefinitionDeserializer;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where a routeConfiguration stands: of all that is read from YAML, Camel leaves it out for this alone.
 */
final class LocatedRouteConfigurations extends RouteConfigurationDefinitionDeserializer implements YamlDeserializerResolver {

    @Override
    public ConstructNode resolve(String id) {
        return id.equals("routeConfiguration") ? this : null;
    }

    @Override
    public int getOrder() {
        return ORDER_HIGHEST;
    }

    @Override
    public Object construct(Node node) {
        Object read = super.construct(node);
        node.getStartMark().ifPresent(mark -> onNewTarget(node, (RouteConfigurationDefinition) read, mark.getLine()));
        return read;
    }
}
