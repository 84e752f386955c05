package io.github.passerelle.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLSession;

import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.util.URISupport;

import io.github.passerelle.settings.Settings;

/**
 * Asks Paheko as a sale does, with the HTTP client that {@code application.properties} sets up: no redirect is followed, nothing is repeated, the
 * answer is bounded. Nothing else of the application is started.
 */
final class ChannelHttp implements AutoCloseable {

    private static final Path PROPERTIES = Path.of("application.properties");
    private static final String LIMITS = "answerLimits";

    private final Clock clock;
    private final Main main = new Main();
    private final AtomicReference<SSLSession> session = new AtomicReference<>();

    ChannelHttp(Settings settings, Clock clock) throws Exception {
        this.clock = clock;
        main.bind("settings", settings);
        main.bind("everything", everything());
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(HttpProperties.read(PROPERTIES, LIMITS));
        main.configure().withRoutesIncludePattern("false").withAutoConfigurationLogSummary(false);
        try {
            main.start();
            main.getCamelContext().getRegistry().bind("limitsAndSession", HttpClientConfigurer.class, limitsAndSession());
        } catch (Exception e) {
            main.stop();
            throw e;
        }
    }

    /** Whether this is the folder of the application. */
    static boolean isPossible() {
        return Files.isRegularFile(PROPERTIES);
    }

    /** @return the answer, whatever its status */
    HttpAnswer send(HttpQuestion question, Duration timeout) throws Exception {
        session.set(null);
        // Camel takes the query of an address that is fixed for options
        boolean isQuery = !question.query().isEmpty();
        String endpoint = URISupport.appendParametersToURI(question.url(), Map.of("httpMethod", question.method(), "responseTimeout",
                timeout.toMillis(), "skipControlHeaders", !isQuery, "contentTypeCharsetEnabled", false, "httpClientConfigurer", "#limitsAndSession",
                "throwExceptionOnFailure", false, "headerFilterStrategy", "#everything"));
        Instant asked = clock.instant();
        Exchange answer = main.getCamelContext().createFluentProducerTemplate().to(endpoint).withProcessor(exchange -> {
            exchange.getMessage().setHeaders(new TreeMap<>(question.headers()));
            if (isQuery) {
                exchange.getMessage().setHeader(Exchange.HTTP_QUERY, question.query());
            }
            exchange.getMessage().setBody(question.body().isEmpty() ? null : question.body());
        }).send();
        Instant answered = clock.instant();
        if (answer.getException() != null) {
            throw answer.getException();
        }
        Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.getMessage().getHeaders().forEach((name, value) -> received.put(name, String.valueOf(value)));
        byte[] content = answer.getMessage().getBody(byte[].class);
        return new HttpAnswer(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), received,
                content == null ? new byte[0] : content, certificate(session.get()), asked, answered);
    }

    @Override
    public void close() {
        main.stop();
    }

    private HttpClientConfigurer limitsAndSession() {
        HttpClientConfigurer limits = main.getCamelContext().getRegistry().lookupByNameAndType(LIMITS, HttpClientConfigurer.class);
        return builder -> {
            limits.configureHttpClient(builder);
            builder.addExecInterceptorLast("session", (request, scope, chain) -> {
                try {
                    return chain.proceed(request, scope);
                } finally {
                    session.set(scope.clientContext.getSSLSession());
                }
            });
        };
    }

    private static X509Certificate certificate(SSLSession session) throws Exception {
        return session == null ? null : (X509Certificate) session.getPeerCertificates()[0];
    }

    /** Camel keeps some headers of an answer to itself, the date among them. */
    private static DefaultHeaderFilterStrategy everything() {
        DefaultHeaderFilterStrategy strategy = new DefaultHeaderFilterStrategy();
        strategy.setOutFilterStartsWith("Camel", "camel", "org.apache.camel.");
        strategy.setInFilterStartsWith((String[]) null);
        return strategy;
    }
}
