package io.github.passerelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.push.PahekoHttp;

/** What is said of a route with one mistake in it: where it is written (or the step around it), what is wrong, and what would do. */
class RouteFailureTest {

    private static final String ROUTES = """
            - routeConfiguration:
                id: errors
                errorHandler:
                  defaultErrorHandler:
                    onExceptionOccurredRef: witness
                    redeliveryPolicy:
                      logExhausted: false
                onException:
                  - onException:
                      exception:
                        - java.io.IOException
                      onWhen:
                        simple: "${exchangeProperty.round} > 1"
                      onRedeliveryRef: witness
                      redeliveryPolicy:
                        redeliveryDelay: 100
                        delayPattern: "1:100;5:1000"
                      steps:
                        - stop: {}
                onCompletion:
                  - onCompletion:
                      steps:
                        - to:
                            uri: direct:done
            - route:
                id: one
                routeConfigurationId: errors
                autoStartup: false
                from:
                  uri: redis-streams:s
                  parameters:
                    group: g
                    block: 100
                  steps:
                    - choice:
                        when:
                          - simple: "${body} == 1"
                            steps:
                              - bean:
                                  ref: known
                                  method: toString
                    - setBody:
                        simple: "{{passerelle:PASSERELLE_HTTP_PORT}}"
                    - to:
                        uri: https://receiver.example/push
                        parameters:
                          responseTimeout: 100
                          httpClientConfigurer: "#limits"
                    - to:
                        uri: direct:next
            """;

    /** Where the routes above lead to. */
    private static final String OTHERS = """
            - route:
                id: two
                from:
                  uri: direct:next
                  steps:
                    - stop: {}
            - route:
                id: three
                from:
                  uri: direct:done
                  steps:
                    - stop: {}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "redis-streams:s        | redis-stream:s       | 30 | there is no component 'redis-stream'; its name is misspelt, or its jar is missing",
            "direct:next            | kafka:next           | 49 | there is no component 'kafka'; its name is misspelt, or its jar is missing",
            "direct:done            | drct:done            | 21 | there is no component 'drct'; its name is misspelt, or its jar is missing",
            "direct:next            | direct:nxt           | 49 | no route begins with direct:nxt",
            "direct:done            | direct:dnoe?block=false | 23 | no route begins with direct:dnoe",
            "block: 100             | blok: 100            | 30 | redis-streams has no option blok",
            "direct:next            | direct:next?blok=1&x=y | 49 | direct has no option blok, x",
            "responseTimeout        | resposeTimeout       | 44 | http has no option resposeTimeout; the query of an address other than PAHEKO_PLUGIN_URL goes into the header",
            "#limits                | #limit               | 44 | there is no bean 'limit'; beans have their names in application.properties",
            "#limits                | #known               | 44 | '#known' does not do for the option httpClientConfigurer of http: it is no HttpClientConfigurer",
            "block: 100             | block: soon          | 30 | 'soon' does not do for the option block of redis-streams",
            "autoStartup: false     | autoStartup: flase   | 30 | 'flase' is no Boolean",
            "ref: known             | ref: unknown         | 35 | there is no bean 'unknown'; beans have their names in application.properties",
            "method: toString       | method: toSrting     | 35 | Method with name: toSrting not found on bean",
            "onExceptionOccurredRef: witness | onExceptionOccurredRef: wtness | 1 | 'wtness' does not do for onExceptionOccurredRef: there is no such bean of the type org.apache.camel.Processor",
            "onExceptionOccurredRef: witness | onPrepareFailureRef: known | 1 | 'known' does not do for onPrepareFailureRef: there is no such bean of the type org.apache.camel.Processor",
            "onExceptionOccurredRef: witness | onRedeliveryRef: known | 1 | 'known' does not do for onRedeliveryRef: there is no such bean of the type org.apache.camel.Processor",
            "onExceptionOccurredRef: witness | executorServiceRef: threads | 1 | 'threads' does not do for executorServiceRef: there is no such bean of the type",
            "onRedeliveryRef: witness | onRedeliveryRef: wtness | 9 | 'wtness' does not do for onRedeliveryRef: there is no such bean of the type org.apache.camel.Processor",
            "onRedeliveryRef: witness | onExceptionOccurredRef: known | 9 | 'known' does not do for onExceptionOccurredRef: there is no such bean of the type org.apache.camel.Processor",
            "onRedeliveryRef: witness | redeliveryPolicyRef: none | 9 | 'none' does not do for redeliveryPolicyRef: there is no such bean of the type org.apache.camel.processor",
            "logExhausted: false    | logExhausted: fals   | 1 | in its redeliveryPolicy, 'fals' is no Boolean",
            "redeliveryDelay: 100   | redeliveryDelay: soon | 9 | in its redeliveryPolicy, 'soon' is no Duration",
            "redeliveryDelay: 100   | exchangeFormatterRef: known | 9 | 'known' does not do for exchangeFormatterRef: there is no such bean of the type",
            "5:1000                 | 5:x                  | 9 | in its redeliveryPolicy, For input string",
            "round} > 1             | round} gt 1          | 9 | in its onWhen, Unexpected token g",
            "exchangeProperty.round | exchngeProperty.round | 9 | in its onWhen, Unknown function: exchngeProperty.round",
            "java.io.IOException    | java.io.IoException  | 9 | there is no exception 'java.io.IoException'; its name is misspelt, or its jar is missing",
            "routeConfigurationId: errors | routeConfigurationId: error | 25 | there is no routeConfiguration 'error', only [errors]",
            "routeConfigurationId: errors | errorHandlerRef: error | 25 | 'error' does not do for errorHandlerRef: there is no such bean of the type org.apache.camel.ErrorHandlerFactory",
            "id: one                | id: two              | 30 | there is another route 'two'; give one of the two another id",
            "PASSERELLE_HTTP_PORT   | PASSERELLE_PORT      | 42 | there is no setting 'PASSERELLE_PORT'; the settings are [REDIS_URL, ",
            "https://receiver.example/push | {{passerelle:PAHEKO_URL}} | 45 | a value that begins with { goes into double quotes",
            "https://receiver.example/push | '{{passerelle:PAHEKO_URL}}' | 44 | there is no setting 'PAHEKO_URL'; the settings are [REDIS_URL, ",
            "redis-streams:s        | '{{passerelle:STREAM}}' | 25 | there is no setting 'STREAM'; the settings are [REDIS_URL, ",
            "${body}                | ${bdy}               | 35 | Unknown function: bdy",
            "from:                  | form:                | 26 | Unsupported field: form",
            "from:                  | from                 | 29 | could not find expected ':'",
            "block: 100             | group: h             | 33 | group stands here a second time; take one of the two away" })
    void tellsTheFileTheLineAndTheFault(String right, String wrong, int line, String fault) throws IOException {
        assertThat(ROUTES).contains(right);
        assertThat(failedStart(ROUTES.replace(right, wrong) + OTHERS)).containsPattern(place(line)).contains(fault).doesNotContain("\n", ">>>");
    }

    @Test
    void tellsOfAFileOfWhichNothingWouldBeTaken() throws IOException {
        assertThat(failedStart("route:\n  from:\n    uri: direct:x\n")).containsPattern(place(1)).contains("the file is no list; each of its entries begins with '- '");
    }

    @Test
    void tellsOfAnErrorPolicyThatHoldsForNoRoute() throws IOException {
        assertThat(failedStart("- onException:\n    exception:\n      - java.io.IOException\n    steps:\n      - stop: {}\n"))
                .containsPattern(place(1)).contains("onException holds here for the routes of the same file only, and there is none");
    }

    @Test
    void tellsOfAWrongNameInTheErrorHandlerOfAllRoutes() throws IOException {
        assertThat(failedStart("- errorHandler:\n    defaultErrorHandler:\n      onRedeliveryRef: wtness\n" + OTHERS))
                .contains("the errorHandler that stands outside of the routes: 'wtness' does not do for onRedeliveryRef");
    }

    @Test
    void acceptsTheSameRoutesWithoutAMistake() throws Exception {
        try (Application application = new Application(ROUTES + OTHERS)) {
            application.main.run();
            assertThat(application.started).isTrue();
        }
    }

    private String failedStart(String routes) throws IOException {
        try (Application application = new Application(routes)) {
            Throwable failure = catchThrowable(application.main::run);
            assertThat(application.started).isFalse();
            return RouteFailure.describe(failure, application.main.getCamelContext());
        }
    }

    private Pattern place(int line) {
        return Pattern.compile(Pattern.quote("file:" + directory.resolve("routes.camel.yaml") + ", line " + line) + "[:,]");
    }

    private final class Application implements AutoCloseable {

        private final Main main = new Main();
        private boolean started;

        Application(String routes) throws IOException {
            Files.writeString(directory.resolve("routes.camel.yaml"), routes);
            main.bind("known", "a bean");
            main.bind("witness", (Processor) exchange -> { });
            main.bind("limits", (HttpClientConfigurer) client -> { });
            main.bind("https", new PahekoHttp());
            main.addMainListener(new RoutesRequired());
            main.addMainListener(new MainListenerSupport() {
                @Override
                public void afterStart(BaseMainSupport main) {
                    started = true;
                    ((Main) main).completed();
                }
            });
            main.addOverrideProperty("camel.main.routes-include-pattern", "file:" + directory + "/*.yaml");
            main.addOverrideProperty("camel.main.source-location-enabled", "true");
        }

        @Override
        public void close() {
            main.stop();
        }
    }
}
