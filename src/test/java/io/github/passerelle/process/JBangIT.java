package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.JBang;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;

/** The shipped {@code routes/} and {@code application.properties} under Camel JBang, as docs/jbang.md shows it. */
class JBangIT extends ProcessTest {

    @TempDir
    Path directory;

    @BeforeEach
    void folder() throws IOException {
        PasserelleProcess.copyShipped(directory);
        Files.write(directory.resolve(".env"), List.of("REDIS_URL=" + redisServer.url(), "PAHEKO_PLUGIN_URL=" + paheko.url(),
                "PAHEKO_PLUGIN_SECRET=\" " + PahekoStandIn.SECRET + " \"", "PAHEKO_PUSH_BACKOFF_SECONDS=0.3", "PAHEKO_PUSH_BACKOFF_FACTOR=1"));
    }

    @Test
    void carriesASaleWithTheApplicationAsADependencyOnTheCommandLine() throws IOException {
        carriesASale("--dep=" + JBang.dependency());
    }

    @Test
    void carriesASaleWithTheApplicationAsADependencyInApplicationProperties() throws IOException {
        Files.writeString(directory.resolve("application.properties"), "\ncamel.jbang.dependencies = " + JBang.dependency() + "\n",
                StandardOpenOption.APPEND);
        carriesASale();
    }

    private void carriesASale(String... options) throws IOException {
        paheko.answerNext(3, Behaviour.answer(503));
        Published sale = till.publish(till.ticket());
        List<String> arguments = new ArrayList<>(List.of("application.properties", "--profile=prod"));
        arguments.addAll(routes());
        arguments.addAll(List.of(options));
        PasserelleProcess application
                = start(JBang.run(PasserelleProcess.builder().directory(directory).jvmOptions("-XX:TieredStopAtLevel=1"),
                        arguments.toArray(String[]::new)));
        assertThat(application.awaitHealthy().text("push_worker")).isEqualTo("ok");
        awaitAllAcknowledged();
        assertThat(application.get("/page/lib/pico.min.css").statusCode()).as("the page and its libraries").isEqualTo(200);
        List<Received> tries = paheko.received(sale.key());
        assertThat(tries).extracting(Received::status).containsExactly(503, 503, 503, 201);
        long shortest = IntStream.range(1, tries.size()).mapToLong(i -> tries.get(i).nanos() - tries.get(i - 1).nanos()).min().orElseThrow();
        assertThat(TimeUnit.NANOSECONDS.toMillis(shortest)).as("0.3 s, not the default").isBetween(295L, 950L);
        assertThat(tries.get(3).body()).isEqualTo(sale.payload());
        assertThat(tries.get(3).header("X-Paheko-Secret")).isEqualTo(PahekoStandIn.SECRET);
        stop(application);
        assertThat(application.linesWith("shutting down (timeout:17s)")).as("application.properties holds").hasSize(1);
        assertThat(application.lines()).noneMatch(line -> line.contains(PahekoStandIn.SECRET));
    }

    /** As a shell writes out {@code routes/*.yaml}. */
    private List<String> routes() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("routes"))) {
            return files.map(file -> directory.relativize(file).toString()).sorted().toList();
        }
    }
}
