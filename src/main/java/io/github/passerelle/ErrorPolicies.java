package io.github.passerelle;

import java.util.concurrent.ScheduledExecutorService;

import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Processor;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.reifier.errorhandler.ErrorHandlerReifier;
import org.apache.camel.reifier.language.ExpressionReifier;
import org.apache.camel.spi.ExchangeFormatter;
import org.apache.camel.support.EndpointHelper;

/**
 * What stands in error policies. Camel passes over the names of some beans that do not exist, reads conditions and some values only when
 * something fails, and what it does refuse at start it locates at another step.
 */
final class ErrorPolicies {

    private final ModelCamelContext context;

    ErrorPolicies(ModelCamelContext context) {
        this.context = context;
    }

    void check() {
        check(context.getCamelContextExtension().getErrorHandlerFactory(), "the errorHandler that stands outside of the routes");
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            if (configuration.getErrorHandler() != null) {
                check(configuration.getErrorHandler().getErrorHandlerType(), RouteMistake.place(configuration));
            }
            configuration.getOnExceptions().forEach(this::check);
        }
        for (RouteDefinition route : context.getRouteDefinitions()) {
            requireBean(RouteMistake.place(route), "errorHandlerRef", route.getErrorHandlerRef(), ErrorHandlerFactory.class);
            // asking for one that is not set would set Camel's own, and that of the routeConfiguration would not count
            if (route.isErrorHandlerFactorySet()) {
                check(route.getErrorHandlerFactory(), RouteMistake.place(route));
            }
            ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), OnExceptionDefinition.class).forEach(this::check);
        }
    }

    private void check(ErrorHandlerFactory handler, String place) {
        if (handler instanceof DefaultErrorHandlerDefinition policy) {
            requireBean(place, "onRedeliveryRef", policy.getOnRedeliveryRef(), Processor.class);
            requireBean(place, "onExceptionOccurredRef", policy.getOnExceptionOccurredRef(), Processor.class);
            requireBean(place, "onPrepareFailureRef", policy.getOnPrepareFailureRef(), Processor.class);
            String threads = policy.getExecutorServiceRef();
            if (threads != null && context.getExecutorServiceManager().getThreadPoolProfile(threads) == null) {
                requireBean(place, "executorServiceRef", threads, ScheduledExecutorService.class);
            }
            if (policy.hasRedeliveryPolicy()) {
                check(policy.getRedeliveryPolicy(), place);
            }
        }
    }

    private void check(OnExceptionDefinition policy) {
        String place = RouteMistake.place(policy);
        for (String exception : policy.getExceptions()) {
            if (context.getClassResolver().resolveClass(context.resolvePropertyPlaceholders(exception), Throwable.class) == null) {
                throw new RouteMistake(place, "there is no exception '" + exception + "'; its name is misspelt, or its jar is missing");
            }
        }
        if (policy.getOnWhen() != null) {
            try {
                ExpressionReifier.reifier(context, policy.getOnWhen().getExpression()).createPredicate();
            } catch (RuntimeException e) {
                throw new RouteMistake(place, "in its onWhen, " + RouteFailure.innermost(e));
            }
        }
        requireBean(place, "onRedeliveryRef", policy.getOnRedeliveryRef(), Processor.class);
        requireBean(place, "onExceptionOccurredRef", policy.getOnExceptionOccurredRef(), Processor.class);
        requireBean(place, "redeliveryPolicyRef", policy.getRedeliveryPolicyRef(), RedeliveryPolicy.class);
        if (policy.getRedeliveryPolicyType() != null) {
            check(policy.getRedeliveryPolicyType(), place);
        }
    }

    private void check(RedeliveryPolicyDefinition policy, String place) {
        requireBean(place, "exchangeFormatterRef", policy.getExchangeFormatterRef(), ExchangeFormatter.class);
        try {
            // the delay of the last try makes it read all of a delayPattern
            ErrorHandlerReifier.createRedeliveryPolicy(policy, context, null).calculateRedeliveryDelay(0, Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            throw new RouteMistake(place, "in its redeliveryPolicy, " + RouteFailure.innermost(e));
        }
    }

    private void requireBean(String place, String option, String name, Class<?> type) {
        if (name != null && EndpointHelper.resolveReferenceParameter(context, name, type, false) == null) {
            throw new RouteMistake(place, "'" + name + "' does not do for " + option + ": there is no such bean of the type " + type.getName()
                                          + "; beans have their names in application.properties");
        }
    }
}
