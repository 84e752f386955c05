package io.github.passerelle.push;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Notes the id of each step that an exchange comes to. */
public class VisitedSteps implements InterceptStrategy, CamelContextAware {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private CamelContext camelContext;

    Set<String> ids() {
        return ids;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        if (this.camelContext == null) {
            this.camelContext = camelContext;
            camelContext.getCamelContextExtension().addInterceptStrategy(this);
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {

            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                ids.add(step.getId());
                return super.process(exchange, callback);
            }
        };
    }
}
