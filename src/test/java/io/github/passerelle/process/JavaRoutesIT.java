package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;

/** A file {@code routes/*.java}, with and without the jars that it needs. */
class JavaRoutesIT extends ProcessTest {

    private static final Path EXAMPLE = PasserelleProcess.repository().resolve("docs/examples/routes/Hello.java");
    private static final String VERSION = CamelContext.class.getPackage().getImplementationVersion();

    @TempDir
    Path directory;

    @BeforeEach
    void unpack() throws IOException {
        PasserelleProcess.unpack(directory);
        Files.copy(EXAMPLE, directory.resolve("routes/Hello.java"));
    }

    @Test
    void areLoadedBesideTheOthersOnceTheJarsAreInLib() throws IOException {
        PasserelleProcess.addLibraries(directory, PasserelleProcess.repository().resolve("target/joor"));
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(unpacked());
        application.awaitHealthy();
        assertThat(application.get("/hello").body()).isEqualTo("Camel " + VERSION);
        awaitAllAcknowledged();
        assertSentExactlyOnce(List.of(sale));
    }

    @Test
    void namesTheFileAndTheLineOfAMistake() throws IOException {
        PasserelleProcess.addLibraries(directory, PasserelleProcess.repository().resolve("target/joor"));
        Path file = directory.resolve("routes/Hello.java");
        Files.writeString(file, Files.readString(file).replace("setBody", "setBuddy"));
        assertThat(lastLineOfAFailedStart()).contains("Cannot start: Compilation error: ", "Hello.java:11: ", "setBuddy");
    }

    @Test
    void withoutThemTheFileAndTheJarAreNamed() {
        assertThat(lastLineOfAFailedStart()).contains("Cannot start: routes/Hello.java: ", "lib/", "camel-java-joor-dsl-" + VERSION + ".jar");
    }

    private PasserelleProcess.Builder unpacked() {
        return application().directory(directory).program("-jar", "passerelle.jar");
    }

    private String lastLineOfAFailedStart() {
        PasserelleProcess application = start(unpacked());
        assertThat(application.waitFor(STOP_LIMIT)).isEqualTo(1);
        return application.lines().get(application.lines().size() - 1);
    }
}
