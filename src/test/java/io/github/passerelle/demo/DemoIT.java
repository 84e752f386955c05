package io.github.passerelle.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first thing that a stranger runs. */
class DemoIT {

    @Test
    @Timeout(240)
    void addsUp() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process demo = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Demo.class.getName()).redirectErrorStream(true).start();
        demo.getOutputStream().close();
        String told = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(demo.waitFor()).as(told).isZero();
        assertThat(told).contains("Everything adds up.").doesNotContain("  NO   ");
    }
}
