package io.github.passerelle.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process really holds. */
final class Memory {

    private static final String RESIDENT = "VmRSS:";

    private Memory() {
    }

    static long residentKiB(long pid) {
        try {
            Path status = Path.of("/proc", String.valueOf(pid), "status");
            String kib = Files.exists(status) ? fromLinux(status) : fromPs(pid);
            return Long.parseLong(kib.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fromLinux(Path status) throws IOException {
        return Files.readAllLines(status).stream().filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).replace("kB", "")).findFirst().orElseThrow();
    }

    /** Where there is no /proc. */
    private static String fromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
