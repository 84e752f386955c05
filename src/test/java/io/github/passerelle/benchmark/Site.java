package io.github.passerelle.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
            Files.createDirectory(cache());
            prepare();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the shipped unit does before the first start. */
    private void prepare() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process script = new ProcessBuilder("sh", unpacked.resolve("prepare.sh").toString(), cache().toString(), java).inheritIO().start();
        if (script.onExit().join().exitValue() != 0) {
            throw new BenchmarkFailure("prepare.sh ended with " + script.exitValue());
        }
    }

    private Path cache() {
        return unpacked.resolve("cache");
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
        List<String> command = List.of(unit("ExecStart=").findFirst().orElseThrow().replace("%C/passerelle", cache().toString()).split(" "));
        return command.subList(1, command.indexOf("-jar"));
    }

    /** The same for another program than the one whose classes were archived. */
    List<String> shippedOptionsWithoutArchive() {
        return shippedOptions().stream().filter(option -> !option.startsWith("-XX:SharedArchiveFile")).toList();
    }

    /** What the shipped unit sets in the environment. */
    Map<String, String> shippedEnvironment() {
        return unit("Environment=").map(setting -> setting.split("=", 2)).collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private Stream<String> unit(String name) {
        try {
            return Files.readAllLines(unpacked.resolve("passerelle.service")).stream().filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()));
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
