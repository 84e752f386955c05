package io.github.passerelle.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.PasserelleProcess;

class SystemdUnitTest {

    private static final Path UNIT = PasserelleProcess.repository().resolve("src/main/distribution/passerelle.service");

    @TempDir
    private Path directory;

    @Test
    void systemdHasNothingToSayAgainstIt() throws Exception {
        // Java may stand elsewhere on this machine
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path unit = Files.writeString(directory.resolve("passerelle.service"), unit().replace("ExecStart=/usr/bin/java ", "ExecStart=" + java + " "));
        Process verify;
        try {
            verify = new ProcessBuilder("systemd-analyze", "verify", unit.toString()).redirectErrorStream(true).start();
        } catch (IOException e) {
            abort("The systemd unit is not verified: this machine has no systemd-analyze");
            return;
        }
        assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(verify.waitFor()).isZero();
    }

    @Test
    void givesItAUserOfItsOwnTheTimeToStopAndOneFolder() throws IOException {
        assertThat(unit().lines()).contains("User=passerelle", "TimeoutStopSec=30", "ProtectSystem=strict", "ReadWritePaths=/opt/passerelle",
                "WorkingDirectory=/opt/passerelle", "NoNewPrivileges=true", "SuccessExitStatus=143");
    }

    private static String unit() throws IOException {
        return Files.readString(UNIT);
    }
}
