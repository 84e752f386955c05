package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.TcpLine;

/** What the machine runs out of, or changes under the process. */
class MachineIT extends ProcessTest {

    private static final Path FULL = Path.of("/dev/full");
    /** Enough to work with: about half of it is taken, by the jars above all. */
    private static final int DESCRIPTORS = 300;

    @TempDir
    Path directory;

    @Test
    void deliversThoughTheDiskForItsLogIsFull() {
        assumeTrue(Files.exists(FULL), "only Linux has a file that is full");
        PasserelleProcess application = start(application().outputTo(FULL));
        application.awaitHealthy();
        List<Published> sales = publishTickets(3);
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
        stop(application);
    }

    @Test
    void deliversThoughNobodyReadsItsLogAnyMore() throws IOException {
        PasserelleProcess application = start();
        application.awaitHealthy();
        application.closeOutput();
        List<Published> sales = publishTickets(3);
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
        stop(application);
    }

    @Test
    void goesOnWhenThereAreFileDescriptorsAgain() throws IOException {
        try (TcpLine line = TcpLine.to(redisServer.port())) {
            PasserelleProcess application = start(application().descriptors(DESCRIPTORS)
                    .environment("REDIS_URL", "redis://127.0.0.1:" + line.port()));
            application.awaitHealthy();
            List<Published> sales = new ArrayList<>();
            List<Socket> taken = new ArrayList<>();
            try {
                for (int i = 0; i < DESCRIPTORS; i++) {
                    taken.add(new Socket(InetAddress.getLoopbackAddress(), application.httpPort()));
                }
                application.awaitLine(text -> text.contains("Too many open files"), STOP_LIMIT);
                // the first request ever: what it needs has not been loaded before
                sales.addAll(publishTickets(1));
                application.awaitLine(text -> text.contains("\"outcome\":"), STOP_LIMIT);
                line.cut();
            } finally {
                for (Socket socket : taken) {
                    socket.close();
                }
            }
            sales.addAll(publishTickets(3));
            awaitAllAcknowledged();
            assertSentExactlyOnce(sales);
            application.awaitHealthy();
        }
    }

    /** Nothing keeps an address for longer than Java does, here for a second. */
    @Test
    void findsPahekoAtItsNewAddress() throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.2 paheko.test\n127.0.0.1 localhost\n");
        PasserelleProcess application = start(application()
                .jvmOptions("-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=1", "-Dsun.net.inetaddr.negative.ttl=1")
                .environment("PAHEKO_PLUGIN_URL", paheko.url().replace("127.0.0.1", "paheko.test").replace("localhost", "paheko.test"))
                .environment("PAHEKO_ALLOW_HTTP", true).environment("PAHEKO_PLUGIN_SECRET", PahekoStandIn.SECRET)
                .environment("PAHEKO_PUSH_MAX_RETRIES", 0).environment("PAHEKO_PUSH_PROBE_SECONDS", 1)
                .environment("PAHEKO_PUSH_PROBE_MAX_SECONDS", 1));
        application.awaitHealthy();
        List<Published> sales = publishTickets(3);
        application.awaitLine(text -> text.contains("is paused"), STOP_LIMIT);
        Files.writeString(hosts, "127.0.0.1 paheko.test localhost\n");
        awaitAllAcknowledged();
        assertThat(paheko.accepted()).containsOnlyKeys(sales.stream().map(Published::key).toArray(String[]::new));
    }
}
