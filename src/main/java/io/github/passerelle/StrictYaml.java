package io.github.passerelle;

import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Routes in YAML, of which nothing is left out unseen. Camel takes the last of two keys of the same name, nothing of a file that is no list,
 * and nothing of an error policy that stands beside no route.
 */
class StrictYaml extends YamlRoutesBuilderLoader {

    private static final Set<String> ROUTES = Set.of("route", "from", "rest", "templatedRoute");
    private static final Set<String> FOR_THE_ROUTES_OF_THE_FILE
            = Set.of("onException", "onCompletion", "intercept", "interceptFrom", "interceptSendToEndpoint");

    @Override
    public void preParseRoute(Resource resource) throws Exception {
        LoadSettings settings = LoadSettings.builder().setLabel(resource.getLocation()).setAllowNonScalarKeys(true).build();
        try (InputStream file = resource.getInputStream()) {
            new Compose(settings).composeInputStream(file).ifPresent(root -> check(resource.getLocation(), root));
        }
        super.preParseRoute(resource);
    }

    @Override
    protected YamlDeserializationContext newYamlDeserializationContext(LoadSettings settings, Resource resource) {
        YamlDeserializationContext context = super.newYamlDeserializationContext(settings, resource);
        context.addResolver(new LocatedRouteConfigurations());
        return context;
    }

    private static void check(String file, Node root) {
        if (!(root instanceof SequenceNode list)) {
            throw new RouteMistake(place(file, root), "the file is no list; each of its entries begins with '- ', such as '- route:'");
        }
        requireUniqueKeys(file, root);
        requireRoutes(file, list);
    }

    private static void requireUniqueKeys(String file, Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(entry -> requireUniqueKeys(file, entry));
        } else if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    throw new RouteMistake(place(file, entry.getKeyNode()), "a value that begins with { goes into double quotes");
                }
                if (!keys.add(key.getValue())) {
                    throw new RouteMistake(place(file, key), key.getValue() + " stands here a second time; take one of the two away");
                }
                requireUniqueKeys(file, entry.getValueNode());
            }
        }
    }

    private static void requireRoutes(String file, SequenceNode list) {
        List<ScalarNode> entries = list.getValue().stream().filter(MappingNode.class::isInstance)
                .flatMap(entry -> ((MappingNode) entry).getValue().stream()).map(NodeTuple::getKeyNode).map(ScalarNode.class::cast).toList();
        if (entries.stream().noneMatch(entry -> ROUTES.contains(entry.getValue()))) {
            entries.stream().filter(entry -> FOR_THE_ROUTES_OF_THE_FILE.contains(entry.getValue())).findFirst().ifPresent(entry -> {
                throw new RouteMistake(place(file, entry), entry.getValue() + " holds here for the routes of the same file only, and there is none;"
                                                          + " what holds for others stands in a routeConfiguration");
            });
        }
    }

    private static String place(String file, Node node) {
        return RouteMistake.place(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
    }
}
