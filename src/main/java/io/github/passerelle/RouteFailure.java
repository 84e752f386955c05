package io.github.passerelle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NamedNode;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.ObjectHelper;

/**
 * Why a route could not be built, and where it is written. Camel quotes the step in question and leaves the reader to look for it;
 * and it quotes endpoints with all their options, which hides the one that is wrong.
 */
final class RouteFailure {

    private static final Pattern STEP = Pattern.compile(">>> (.*) <<< in route: ", Pattern.DOTALL);
    private static final Pattern SECOND = Pattern.compile("Duplicate route ids detected: (.*?)(,|\\. Please)");
    private static final Pattern UNKNOWN_OPTIONS = Pattern.compile("Unknown parameters=\\[\\{(.*)}]");

    private final FailedToCreateRouteException failure;
    private final RouteDefinition route;

    private RouteFailure(FailedToCreateRouteException failure, RouteDefinition route) {
        this.failure = failure;
        this.route = route;
    }

    /** One line about a start that failed, be it for a route or otherwise. */
    static String describe(Throwable failure, CamelContext context) {
        FailedToCreateRouteException found = ObjectHelper.getException(FailedToCreateRouteException.class, failure);
        RouteDefinition route = found != null && context instanceof ModelCamelContext model ? model.getRouteDefinition(id(found)) : null;
        String line = route == null ? null : new RouteFailure(found, route).line();
        return line != null ? line : StartFailure.describe(failure);
    }

    /** Null where no more can be said than Camel says. */
    private String line() {
        String reason = reason();
        NamedNode node = node();
        if (reason == null || node.getLocation() == null) {
            return null;
        }
        return StartFailure.oneLine(new RouteMistake(node, reason).getMessage());
    }

    private static String id(FailedToCreateRouteException failure) {
        Matcher second = SECOND.matcher(String.valueOf(failure.getMessage()));
        return second.find() ? second.group(1) : failure.getRouteId();
    }

    private String reason() {
        if (SECOND.matcher(String.valueOf(failure.getMessage())).find()) {
            return "there is another route '" + route.getId() + "'; give one of the two another id";
        }
        NoSuchEndpointException endpoint = ObjectHelper.getException(NoSuchEndpointException.class, failure);
        if (endpoint != null) {
            return "there is no component '" + scheme(endpoint.getUri()) + "'; its name is misspelt, or its jar is missing";
        }
        NoSuchBeanException bean = ObjectHelper.getException(NoSuchBeanException.class, failure);
        if (bean != null) {
            return "there is no bean '" + bean.getName() + "'; beans have their names in application.properties";
        }
        PropertyBindingException value = ObjectHelper.getException(PropertyBindingException.class, failure);
        ResolveEndpointFailedException options = ObjectHelper.getException(ResolveEndpointFailedException.class, failure);
        if (value != null && options != null) {
            return "'" + value.getValue() + "' does not do for the option " + value.getPropertyName() + " of " + scheme(options.getUri());
        }
        Matcher unknown = UNKNOWN_OPTIONS.matcher(String.valueOf(failure.getMessage()));
        if (options != null && unknown.find()) {
            return scheme(options.getUri()) + " has no option " + unknown.group(1).replaceAll("=[^,]*", "");
        }
        return failure.getCause() == null ? null : innermost(failure.getCause());
    }

    /** The innermost cause is the clearest where Camel or this application wrote it: those around it repeat it. */
    static String innermost(Throwable failure) {
        NoTypeConversionAvailableException none = ObjectHelper.getException(NoTypeConversionAvailableException.class, failure);
        if (none != null) {
            return isNo(none.getValue(), none.getToType());
        }
        TypeConversionException failed = ObjectHelper.getException(TypeConversionException.class, failure);
        if (failed != null) {
            return isNo(failed.getValue(), failed.getToType());
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean meant = root.getClass() == IllegalArgumentException.class || root.getClass().getName().startsWith("org.apache.camel.");
        return (meant && root.getMessage() != null ? root.getMessage() : StartFailure.describe(failure)).replaceAll("@[0-9a-f]{5,}\\b", "");
    }

    private static String isNo(Object value, Class<?> type) {
        return "'" + value + "' is no " + type.getSimpleName();
    }

    private static String scheme(String uri) {
        return Objects.requireNonNullElse(uri, "?").replaceFirst(":.*", "");
    }

    /** The step that Camel quotes; where the step is not found or none is quoted, the beginning of the route. */
    private NamedNode node() {
        Matcher quoted = STEP.matcher(String.valueOf(failure.getMessage()));
        if (!quoted.find()) {
            return route.getInput();
        }
        List<NamedNode> steps = new ArrayList<>();
        collect(route.getOutputs(), steps);
        return steps.stream().filter(step -> step.toString().equals(quoted.group(1)) && step.getLocation() != null).findFirst()
                .orElse(route.getInput());
    }

    private static void collect(List<ProcessorDefinition<?>> steps, List<NamedNode> into) {
        for (ProcessorDefinition<?> step : steps) {
            into.add(step);
            collect(step.getOutputs(), into);
        }
    }
}
