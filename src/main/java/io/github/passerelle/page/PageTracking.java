package io.github.passerelle.page;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.service.ServiceSupport;

import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.Decisions;
import io.github.passerelle.tracking.Queries;
import io.github.passerelle.tracking.Tracking;

/**
 * The page's own way to Redis, one for the whole process: it takes no connection from the channel, and who asks need not wait longer than he
 * wants to.
 */
public class PageTracking extends ServiceSupport implements CamelContextAware {

    private static final int THREADS = 4;

    private CamelContext camelContext;
    private Tracking tracking;
    private ExecutorService executor;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        boolean first = this.camelContext == null;
        this.camelContext = camelContext;
        if (first) {
            try {
                // Camel hands the context to what it adds, and so comes back here
                camelContext.addService(this);
            } catch (Exception e) {
                throw new IllegalStateException("the page cannot be added to Camel", e);
            }
        }
    }

    @Override
    protected void doStart() {
        tracking = Tracking.connect(Settings.of(camelContext));
        executor = camelContext.getExecutorServiceManager().newFixedThreadPool(this, "PasserellePage", THREADS);
    }

    @Override
    protected void doStop() {
        camelContext.getExecutorServiceManager().shutdownNow(executor);
        tracking.close();
    }

    Queries queries() {
        return tracking.queries();
    }

    Decisions decisions() {
        return tracking.decisions();
    }

    /** An answer that is shared by all who look. */
    <T> Remembered<T> remember(Question<T> question, long freshMillis, long patienceMillis) {
        return new Remembered<>(question, task -> executor.execute(task), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), freshMillis,
                patienceMillis);
    }

    /** An answer of its own, if it comes in time. What was asked for is done to its end in any case. */
    <T> T ask(Question<T> question, long patienceMillis) throws UnknownException, InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                answer.complete(question.ask());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(e);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnknownException("Redis did not answer");
        }
    }
}
