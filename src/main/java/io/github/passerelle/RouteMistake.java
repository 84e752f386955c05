package io.github.passerelle;

import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;

/**
 * What is wrong in a file of routes, after where it stands.
 */
class RouteMistake extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    RouteMistake(NamedNode node, String fault) {
        this(place(node), fault);
    }

    RouteMistake(String place, String fault) {
        super(place + ": " + fault);
    }

    /** Of some nodes of routes in Java Camel does not know it: that of the route stands in. */
    static String place(NamedNode node) {
        if (node.getLocation() != null) {
            return place(node.getLocation(), node.getLineNumber());
        }
        NamedNode around = node instanceof RouteDefinition route ? route.getInput() : node.getParent();
        return around == null ? node.toString() : place(around);
    }

    static String place(String file, int line) {
        return file + ", line " + line;
    }
}
