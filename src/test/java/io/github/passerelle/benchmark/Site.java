package io.github.passerelle.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.passerelle.fixture.Distribution;
import io.github.passerelle.fixture.PasserelleProcess;

/** Where everything lies while it is measured: the unpacked distribution, and what the other workers are made of. */
final class Site implements AutoCloseable {

    private final Path folder;
    private final Path unpacked;

    Site() {
        try {
            folder = Files.createDirectories(PasserelleProcess.repository().resolve("target/benchmark-" + ProcessHandle.current().pid()));
            unpacked = Distribution.unpack(Files.createDirectories(folder.resolve("distribution")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what is written meanwhile. */
    Path folder() {
        return folder;
    }

    /** The archive as a user unpacks it. */
    Path unpacked() {
        return unpacked;
    }

    /** The options of Java in the shipped unit of systemd. */
    List<String> shippedOptions() {
        try (Stream<String> lines = Files.lines(unpacked.resolve("passerelle.service"))) {
            List<String> command = List.of(lines.filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow().split(" "));
            return command.subList(1, command.indexOf("-jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other workers and the receiver, with the libraries of the distribution. */
    String classPath() {
        Path target = PasserelleProcess.repository().resolve("target");
        try (Stream<Path> libraries = Files.list(unpacked.resolve("lib"))) {
            List<Path> all = new ArrayList<>(List.of(target.resolve("test-classes"), target.resolve("classes")));
            libraries.sorted().forEach(all::add);
            return all.stream().map(Path::toString).collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
