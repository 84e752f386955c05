package io.github.passerelle.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLSession;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.util.URISupport;

import io.github.passerelle.settings.PluginSettings;
import io.github.passerelle.settings.Settings;

/**
 * A POST with the secret and without a body: a plugin that follows docs/receiver.md refuses it and writes nothing. It goes the way of a sale,
 * with the HTTP client that {@code application.properties} sets up: no redirect is followed, nothing is repeated, the answer is bounded.
 */
final class PluginRequest {

    private static final Path PROPERTIES = Path.of("application.properties");
    private static final String LIMITS = "answerLimits";

    private final Settings settings;
    private final PluginSettings plugin;
    private final Clock clock;
    private final AtomicReference<SSLSession> session = new AtomicReference<>();

    PluginRequest(Settings settings, PluginSettings plugin, Clock clock) {
        this.settings = settings;
        this.plugin = plugin;
        this.clock = clock;
    }

    /** Whether this is the folder of the application. */
    static boolean isPossible() {
        return Files.isRegularFile(PROPERTIES);
    }

    PluginAnswer send() throws Exception {
        Main main = new Main();
        try {
            main.bind("settings", settings);
            main.bind("everything", everything());
            main.setDefaultPropertyPlaceholderLocation("false");
            main.setInitialProperties(HttpProperties.read(PROPERTIES, LIMITS));
            main.configure().withRoutesIncludePattern("false").withAutoConfigurationLogSummary(false);
            main.start();
            return send(main.getCamelContext());
        } finally {
            main.stop();
        }
    }

    private PluginAnswer send(CamelContext context) throws Exception {
        HttpClientConfigurer limits = context.getRegistry().lookupByNameAndType(LIMITS, HttpClientConfigurer.class);
        context.getRegistry().bind("limitsAndSession", HttpClientConfigurer.class, (HttpClientConfigurer) builder -> {
            limits.configureHttpClient(builder);
            builder.addExecInterceptorLast("session", (request, scope, chain) -> {
                try {
                    return chain.proceed(request, scope);
                } finally {
                    session.set(scope.clientContext.getSSLSession());
                }
            });
        });
        String endpoint = URISupport.appendParametersToURI(plugin.url(), Map.of("httpMethod", "POST", "responseTimeout",
                plugin.timeout().toMillis(), "skipControlHeaders", true, "httpClientConfigurer", "#limitsAndSession",
                "throwExceptionOnFailure", false, "headerFilterStrategy", "#everything"));
        Instant asked = clock.instant();
        Exchange answer = context.createFluentProducerTemplate().to(endpoint).withHeader("X-Paheko-Secret", plugin.secret())
                .withHeader("Content-Type", "application/json").send();
        Instant answered = clock.instant();
        if (answer.getException() != null) {
            throw answer.getException();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.getMessage().getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        byte[] body = answer.getMessage().getBody(byte[].class);
        return new PluginAnswer(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), headers, body == null ? new byte[0] : body,
                certificate(), asked, answered);
    }

    private X509Certificate certificate() throws Exception {
        SSLSession made = session.get();
        return made == null ? null : (X509Certificate) made.getPeerCertificates()[0];
    }

    /** Camel keeps some headers of an answer to itself, the date among them. */
    private static DefaultHeaderFilterStrategy everything() {
        DefaultHeaderFilterStrategy strategy = new DefaultHeaderFilterStrategy();
        strategy.setOutFilterStartsWith("Camel", "camel", "org.apache.camel.");
        strategy.setInFilterStartsWith((String[]) null);
        return strategy;
    }
}
