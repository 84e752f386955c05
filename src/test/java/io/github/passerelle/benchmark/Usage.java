package io.github.passerelle.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process, and all that it has started, has used so far.
 *
 * @param nanos when that was, on the clock of {@link System#nanoTime()}
 */
record Usage(long nanos, Duration cpu) {

    static Usage of(long pid) {
        return new Usage(System.nanoTime(), tree(pid).map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus));
    }

    /** Of one core, since an earlier moment: 1 for the whole of it. */
    double shareSince(Usage earlier) {
        return (double) cpu.minus(earlier.cpu()).toNanos() / (nanos - earlier.nanos());
    }

    double secondsSince(Usage earlier) {
        return (nanos - earlier.nanos()) / 1e9;
    }

    /** The memory that it really holds at this moment, in megabytes. */
    static double residentMegabytes(long pid) {
        return tree(pid).mapToLong(process -> residentKibibytes(process.pid())).sum() * 1024 / 1e6;
    }

    private static long residentKibibytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ProcessHandle> tree(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow(() -> new BenchmarkFailure("the process " + pid + " has ended"));
        return Stream.concat(Stream.of(process), process.descendants());
    }
}
