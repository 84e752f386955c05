package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Distribution;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;

/** The archive, unpacked and started as docs/install.md says. */
class UnpackedIT extends ProcessTest {

    @TempDir
    Path directory;

    @Test
    void deliversASaleWithNothingButTheArchiveAndADotenvFile() throws IOException {
        Path unpacked = Distribution.unpack(directory);
        Files.write(unpacked.resolve(".env"), List.of("REDIS_URL=" + redisServer.url(), "PAHEKO_PLUGIN_URL=" + paheko.url(),
                "PAHEKO_PLUGIN_SECRET=\"" + PahekoStandIn.SECRET + "\""));
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(PasserelleProcess.builder().directory(unpacked).jar(unpacked.resolve("passerelle.jar")));
        awaitAllAcknowledged();
        assertSentExactlyOnce(List.of(sale));
        assertThat(application.awaitHealthy().text("push_worker")).isEqualTo("ok");
        stop(application);
    }
}
