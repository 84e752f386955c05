package io.github.passerelle.metrics;

import java.time.Clock;
import java.time.Duration;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StartupListener;
import org.apache.camel.component.micrometer.MicrometerConstants;

import io.github.passerelle.health.Watch;
import io.github.passerelle.push.Journal;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The channel's metrics, in the registry that Camel serves at {@code /observe/metrics}. Where Camel has none, nothing is counted.
 */
public class Metrics implements CamelContextAware, StartupListener {

    private CamelContext camelContext;
    private Watch watch;
    private Journal journal;
    private Duration timeout;
    // a registry holds it weakly
    private SituationGauges gauges;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        boolean first = this.camelContext == null;
        this.camelContext = camelContext;
        if (first) {
            addTo(camelContext);
        }
    }

    private void addTo(CamelContext context) {
        try {
            context.addStartupListener(this);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    public void setWatch(Watch watch) {
        this.watch = watch;
    }

    /** Who tells what happens to the entries. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** How long an answer may take to begin, in milliseconds. */
    public void setTimeoutMillis(long timeoutMillis) {
        this.timeout = Duration.ofMillis(timeoutMillis);
    }

    /** Before any route is started: by now all settings are made, and Camel has its registry. */
    @Override
    public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
        MeterRegistry registry = context.getRegistry().lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
        if (registry != null) {
            gauges = new SituationGauges(new Glance(watch, System::nanoTime), Clock.systemUTC());
            gauges.bindTo(registry);
            journal.setListener(new DeliveryMeters(registry, timeout));
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // all is done by then
    }
}
