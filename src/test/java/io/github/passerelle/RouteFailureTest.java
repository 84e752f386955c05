package io.github.passerelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a route with one mistake in it: where it is written (or the step around it), what is wrong, and what would do. */
class RouteFailureTest {

    private static final String ROUTES = """
            - routeConfiguration:
                id: errors
                onCompletion:
                  - onCompletion:
                      steps:
                        - to:
                            uri: direct:done
            - route:
                id: one
                routeConfigurationId: errors
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
                        uri: direct:next
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "redis-streams:s        | redis-stream:s       | 12 | there is no component 'redis-stream'; its name is misspelt, or its jar is missing",
            "direct:next            | kafka:next           | 26 | there is no component 'kafka'; its name is misspelt, or its jar is missing",
            "direct:done            | drct:done            | 4  | there is no component 'drct'; its name is misspelt, or its jar is missing",
            "block: 100             | blok: 100            | 12 | redis-streams has no option blok",
            "direct:next            | direct:next?blok=1&x=y | 26 | direct has no option blok, x",
            "block: 100             | block: soon          | 12 | 'soon' does not do for the option block of redis-streams",
            "ref: known             | ref: unknown         | 17 | there is no bean 'unknown'; beans have their names in application.properties",
            "method: toString       | method: toSrting     | 17 | Method with name: toSrting not found on bean",
            "PASSERELLE_HTTP_PORT   | PASSERELLE_PORT      | 24 | there is no setting 'PASSERELLE_PORT'; the settings are [REDIS_URL, ",
            "${body}                | ${bdy}               | 17 | Unknown function: bdy",
            "from:                  | form:                | 9  | Unsupported field: form",
            "from:                  | from                 | 11 | could not find expected ':'" })
    void tellsTheFileTheLineAndTheFault(String right, String wrong, int line, String fault) throws IOException {
        Path file = directory.resolve("mistake.camel.yaml");
        assertThat(ROUTES).contains(right);
        Files.writeString(file, ROUTES.replace(right, wrong));
        String told = failedStart();
        assertThat(told).contains("file:" + file + ", line " + line, fault).doesNotContain("\n", ">>>");
    }

    private String failedStart() {
        Main main = new Main();
        main.bind("known", "a bean");
        main.addOverrideProperty("camel.main.routes-include-pattern", "file:" + directory + "/*.yaml");
        main.addOverrideProperty("camel.main.source-location-enabled", "true");
        try {
            Throwable failure = catchThrowable(main::start);
            assertThat(failure).as("started").isNotNull();
            return RouteFailure.describe(failure, main.getCamelContext());
        } finally {
            main.stop();
        }
    }
}
