package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.PasserelleProcess;

class StartIT extends ProcessTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "PAHEKO_PUSH_MAX_RETRIES     | many                        | 'many'              | a whole number from 0 to 100",
            "PAHEKO_PUSH_BACKOFF_SECONDS | 1s                          | '1s'                | seconds from",
            "PAHEKO_PUSH_BACKOFF_FACTOR  | 0.5                         | '0.5'               | a number from 1 to 10",
            "PASSERELLE_LOG_LEVEL        | LOUD                        | 'LOUD'              | ERROR, WARN, INFO, DEBUG, TRACE",
            "PAHEKO_PLUGIN_URL           | ftp://paheko.example/push   | http:// or https:// | https://paheko.example/p/recyclic/push.php",
            "PAHEKO_PLUGIN_URL           | http://paheko.example/push  | unprotected         | PAHEKO_ALLOW_HTTP=true",
            "REDIS_CA_FILE               | none.pem                    | 'none.pem'          | a file of certificates in PEM form",
            "PAHEKO_CA_FILE              | none.pem                    | 'none.pem'          | a file of certificates in PEM form",
            "REDIS_URL                   | localhost:6379              | redis://            | redis://user:password@localhost:6379/0" })
    void endsAtAWrongValueWithOneLineThatNamesItAndWhatIsAllowed(String name, String value, String wrong, String allowed) {
        String line = failedStart(application().environment(name, value));
        assertThat(line).contains(name + ": ", wrong, "allowed: ", allowed);
    }

    @ParameterizedTest
    @CsvSource({ "REDIS_CA_FILE, REDIS_URL, rediss://localhost:6379", "PAHEKO_CA_FILE, PAHEKO_PLUGIN_URL, https://paheko.example/push" })
    void endsAtAFileWithoutCertificatesWithOneLineThatNamesBoth(String name, String urlName, String url) throws IOException {
        Path file = Files.writeString(directory.resolve("no.pem"), "no certificate\n");
        assertThat(failedStart(application().environment(urlName, url).environment(name, file)))
                .contains(name + ": '" + file + "' holds no certificates in PEM form");
    }

    @Test
    void tellsAWrongValueInTheFormatThatWasAskedFor() {
        PasserelleProcess application = start(application().errorsApart().environment("PASSERELLE_LOG_FORMAT", "text")
                .environment("PAHEKO_PUSH_MAX_RETRIES", "many"));
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(1);
        assertThat(application.errorLines()).isEmpty();
        assertThat(application.lines()).last().asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ERROR PAHEKO_PUSH_MAX_RETRIES: 'many' does not do; allowed: a whole number from 0 to 100 *");
    }

    @Test
    void saysThatThereIsNoFolderOfRoutes() throws IOException {
        Files.copy(PasserelleProcess.repository().resolve("application.properties"), directory.resolve("application.properties"));
        assertThat(failedStart(application().directory(directory)))
                .contains("there is no 'routes'", directory.toString(), "must hold application.properties and routes/*.yaml");
    }

    @Test
    void saysThatTheWorkingDirectoryIsTheWrongOne() {
        assertThat(failedStart(application().directory(directory)))
                .contains("there are no routes", "must hold application.properties and routes/*.yaml");
    }

    @Test
    void saysThatTheFolderOfRoutesIsEmpty() throws IOException {
        PasserelleProcess.copyShipped(directory);
        try (Stream<Path> files = Files.list(directory.resolve("routes"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        assertThat(failedStart(application().directory(directory))).contains("there are no routes", directory.toString());
    }

    /** Which words a mistake in a route earns is the business of RouteFailureTest: here, that they are all that is said. */
    @Test
    void namesTheFileAndTheLineOfARouteThatCannotBeBuilt() throws IOException {
        PasserelleProcess.copyShipped(directory);
        Path file = directory.resolve("routes/push-errors.camel.yaml");
        String shipped = Files.readString(file);
        Files.writeString(file, shipped.replace("uri: redis-streams:", "uri: redis-stream:"));
        int number = shipped.substring(0, shipped.indexOf("- onCompletion:")).split("\n", -1).length;
        assertThat(failedStart(application().directory(directory)))
                .contains("Cannot start: file:routes/push-errors.camel.yaml, line " + number + ": there is no component 'redis-stream'");
    }

    @Test
    void namesARouteWhoseErrorPolicyDoesNotExist() throws IOException {
        PasserelleProcess.copyShipped(directory);
        Path file = directory.resolve("routes/push-caisse.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("routeConfigurationId: push-errors", "routeConfigurationId: push-error"));
        assertThat(failedStart(application().directory(directory)))
                .contains("Cannot start: file:routes/push-caisse.camel.yaml, line ", "there is no routeConfiguration 'push-error', only [push-errors, caller-decides]");
    }

    @Test
    void namesTheFileAndTheLineOfABrokenRoute() throws IOException {
        PasserelleProcess.copyShipped(directory);
        Path file = directory.resolve("routes/push-caisse.camel.yaml");
        String shipped = Files.readString(file);
        Files.writeString(file, shipped.replace("        - removeHeader:", "        - removeHaeder:"));
        int number = shipped.substring(0, shipped.indexOf("        - removeHeader:")).split("\n", -1).length;
        assertThat(failedStart(application().directory(directory)))
                .contains("removeHaeder", "push-caisse.camel.yaml, line " + number);
        Files.writeString(file, shipped.replace("      uri: redis-streams", "     uri: redis-streams"));
        assertThat(failedStart(application().directory(directory))).contains("push-caisse.camel.yaml, line ");
    }

    @Test
    void namesTheWrongNameOfASettingInARoute() throws IOException {
        PasserelleProcess.copyShipped(directory);
        Path file = directory.resolve("routes/push-caisse.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("PAHEKO_PUSH_TIMEOUT_SECONDS", "PAHEKO_PUSH_TIMEOUT"));
        assertThat(failedStart(application().directory(directory)))
                .contains("there is no setting 'PAHEKO_PUSH_TIMEOUT'", "PAHEKO_PUSH_TIMEOUT_SECONDS");
    }

    @Test
    void livesWithoutUrlAndSecretAndSendsNothingUntilTheyAreSet() {
        till.publish(till.ticket());
        PasserelleProcess neither = start(PasserelleProcess.builder().redis(redisServer));
        Health health = neither.awaitHealthy();
        assertThat(health.text("push_worker")).isEqualTo("unconfigured");
        assertThat(health.text("status")).isEqualTo("ok");
        assertThat(health.body().path("waiting").asInt()).isEqualTo(1);
        assertThat(neither.linesWith("not set")).singleElement().asString().contains("PAHEKO_PLUGIN_URL and PAHEKO_PLUGIN_SECRET");
        PasserelleProcess noSecret = start(application().environment("PAHEKO_PLUGIN_SECRET", " "));
        assertThat(noSecret.awaitHealthy().text("push_worker")).isEqualTo("unconfigured");
        assertThat(noSecret.linesWith("not set")).singleElement().asString().contains("PAHEKO_PLUGIN_SECRET").doesNotContain("PAHEKO_PLUGIN_URL");
        stop(neither);
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void answersTheCommandLine() {
        assertThat(command(0, "--help")).first().asString().startsWith("Usage: java -jar passerelle.jar");
        assertThat(command(0, "--help")).anyMatch(line -> line.startsWith("  settings  "));
        assertThat(command(0, "--version")).singleElement().asString().matches("passerelle \\d+\\.\\d+\\.\\d+.*");
        assertThat(command(2, "help-me")).contains("There is no command 'help-me'.")
                .anyMatch(line -> line.startsWith("Usage: java -jar passerelle.jar"));
    }

    @Test
    void showsTheSettingsAndStartsNothing() throws IOException {
        Files.writeString(directory.resolve(".env"), "PAHEKO_PLUGIN_SECRET=hush-hush\nREDIS_URL=redis://:hush@localhost:1\n");
        PasserelleProcess.Builder settings = PasserelleProcess.builder().directory(directory).errorsApart();
        List<String> lines = command(0, settings.arguments("settings"));
        assertThat(lines).contains("REDIS_URL                       .env         redis://:(hidden)@localhost:1",
                "PAHEKO_PLUGIN_SECRET            .env         (hidden, 8 to 15 characters)").noneMatch(line -> line.contains("hush"));
        assertThat(command(1, settings.environment("PAHEKO_PUSH_MAX_RETRIES", "many").arguments("--json")))
                .startsWith("{", "  \"ok\" : false,").noneMatch(line -> line.contains("hush") || line.contains("level"));
        assertThat(command(2, PasserelleProcess.builder().arguments("settings", "--jsno"))).contains("There is no option '--jsno'.");
    }

    private List<String> command(int exitCode, String argument) {
        return command(exitCode, PasserelleProcess.builder().arguments(argument));
    }

    private List<String> command(int exitCode, PasserelleProcess.Builder builder) {
        PasserelleProcess application = start(builder);
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(exitCode);
        return application.lines();
    }

    /** The one line of level ERROR with which the start ended; nothing comes after it, nothing goes to standard error. */
    private String failedStart(PasserelleProcess.Builder builder) {
        PasserelleProcess application = start(builder.errorsApart());
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(1);
        assertThat(application.errorLines()).isEmpty();
        assertThat(application.lines()).noneMatch(line -> line.contains("stack_trace") || line.contains("SIGTERM"));
        assertThat(application.linesWith("\"level\":\"ERROR\"")).singleElement().isEqualTo(application.lines().get(application.lines().size() - 1));
        return application.lines().get(application.lines().size() - 1);
    }
}
