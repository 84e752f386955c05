package io.github.passerelle.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Directories;
import io.github.passerelle.fixture.Distribution;
import io.github.passerelle.fixture.PasserelleProcess;

/** The archive holds what it should, and nothing else. */
class ArchiveIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path ROOT = PasserelleProcess.repository();
    /** Named for whoever adds it (docs/routes.md), and not shipped. */
    private static final Pattern COMPILER = Pattern.compile("(camel-java-joor-dsl|camel-joor|joor)-\\d.*\\.jar");
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    @TempDir
    static Path directory;
    private static Path unpacked;

    @BeforeAll
    static void unpack() {
        unpacked = Distribution.unpack(directory);
    }

    @Test
    void holdsWhatIsNeededToRunAndToReadAndNothingElse() throws IOException {
        assertThat(names(unpacked)).containsExactlyInAnyOrder("passerelle.jar", "lib", "routes", "application.properties", ".env.example", "docs",
                "README.md", "LICENSE", "THIRD-PARTY.txt", "passerelle.service", "passerelle", "prepare.sh", "Dockerfile", "compose.yaml", "paheko-plugin",
                "mapping.json.example", "mapping.schema.json");
        assertThat(names(unpacked.resolve("paheko-plugin"))).containsExactly("recyclic.tar.gz");
        for (String tree : List.of("docs", "routes")) {
            assertThat(files(unpacked.resolve(tree))).as(tree).containsExactlyInAnyOrderElementsOf(files(ROOT.resolve(tree)));
        }
        for (String file : List.of(".env.example", "mapping.json.example", "mapping.schema.json")) {
            assertThat(Files.readString(unpacked.resolve(file))).isEqualTo(Files.readString(ROOT.resolve(file)));
        }
    }

    @Test
    void theLibrariesAreThoseThatTheJarNamesExceptTheCompilerOfRoutesInJava() throws IOException {
        try (JarFile jar = new JarFile(unpacked.resolve("passerelle.jar").toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");
            List<String> named = Arrays.stream(classPath.split(" ")).map(entry -> entry.replaceFirst("^lib/", "")).toList();
            assertThat(names(unpacked.resolve("lib"))).containsExactlyInAnyOrderElementsOf(
                    named.stream().filter(name -> !COMPILER.matcher(name).matches()).toList());
            assertThat(named.stream().filter(COMPILER.asMatchPredicate())).hasSize(3);
            assertThat(jar.stream().map(Object::toString)).as("nothing of the tests").noneMatch(
                    name -> name.contains("/fixture/") || name.contains("/demo/") || name.endsWith("Test.class") || name.endsWith("IT.class"));
        }
    }

    @Test
    void noLibraryIsForTestsOnlyOrForWhatIsNotUsed() throws IOException {
        assertThat(versions().keySet()).doesNotContainAnyElementsOf(List.of("embedded-redis", "testcontainers", "archunit", "awaitility",
                "assertj-core", "junit-jupiter-api", "camel-test-main-junit5", "byte-buddy", "rxjava", "reactor-core", "cache-api", "jodd-util"));
    }

    @Test
    void everyLibraryStandsThereInOneVersionAndFamiliesAgree() throws IOException {
        assertThat(versions()).allSatisfy((name, versions) -> assertThat(versions).as(name).hasSize(1));
        for (String family : List.of("camel-", "jackson-", "netty-", "vertx-", "logback-")) {
            Set<String> versions = new HashSet<>();
            versions().forEach((name, found) -> {
                if (name.startsWith(family)) {
                    versions.addAll(found);
                }
            });
            assertThat(versions).as(family).hasSize(1);
        }
    }

    @Test
    void everyLibraryIsListedWithItsLicence() throws IOException {
        List<String> lines = Files.readAllLines(unpacked.resolve("THIRD-PARTY.txt"));
        assertThat(lines).noneMatch(line -> line.toLowerCase().contains("unknown license"));
        versions().forEach((name, versions) -> assertThat(lines).as(name)
                .anyMatch(line -> line.contains(":" + name + ":" + versions.iterator().next() + " ")));
    }

    /** docs/install.md tells both; a dependency more or less is a reason to look at them. */
    @Test
    void sizeAndNumberOfLibrariesAreAsDocumented() throws IOException {
        Matcher told = Pattern.compile("about (\\d+) MB, with (\\d+) libraries").matcher(Files.readString(ROOT.resolve("docs/install.md")));
        assertThat(told.find()).isTrue();
        assertThat(names(unpacked.resolve("lib"))).hasSize(Integer.parseInt(told.group(2)));
        assertThat(Files.size(Distribution.archive()) / 1e6).isBetween(Double.parseDouble(told.group(1)) - 1, Double.parseDouble(told.group(1)) + 1);
    }

    @Test
    void anArchiveOfTheClassesIsUsedByTheServiceAndByCommands() throws Exception {
        Path cache = Files.createDirectory(unpacked.resolve("cache"));
        try {
            prepare(cache, JAVA);
            assertThat(names(cache)).containsExactlyInAnyOrder("passerelle.jsa", "passerelle.jsa.made-of");
            Path loaded = directory.resolve("loaded");
            try (PasserelleProcess process = PasserelleProcess.builder().directory(unpacked).program("-jar", "passerelle.jar")
                    .jvmOptions("-XX:+UseSerialGC", "-XX:SharedArchiveFile=" + cache.resolve("passerelle.jsa"), "-Xlog:class+load:file=" + loaded,
                            "-Dcamel.main.duration-max-seconds=1").start()) {
                assertThat(process.waitFor(Duration.ofSeconds(60))).isZero();
            }
            assertThat(Files.readAllLines(loaded)).anyMatch(line -> line.contains(" org.apache.camel.main.Main source: shared objects file"));
            try (PasserelleProcess process = launcher().environment("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded)
                    .arguments("--version").start()) {
                assertThat(process.waitFor(Duration.ofSeconds(30))).isZero();
            }
            assertThat(Files.readAllLines(loaded)).anyMatch(line -> line.contains(" picocli.CommandLine source: shared objects file"))
                    .noneMatch(line -> line.contains(" org.apache.camel.main.Main "));
        } finally {
            Directories.delete(cache);
        }
    }

    @Test
    void anArchiveOfTheClassesIsMadeOnceForTheSameJars() throws Exception {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Path archive = cache.resolve("passerelle.jsa");
        // writes one more line to each file that Java would write
        Path java = Files.writeString(directory.resolve("java"), """
                #!/bin/sh
                [ "$1" = -version ] && exec echo one
                for option; do
                  case $option in
                    -XX:DumpLoadedClassList=* | -XX:SharedArchiveFile=*) echo >>"${option#*=}"; echo "$option" >>"$0.calls" ;;
                  esac
                done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        prepare(cache, java);
        List<String> calls = Files.readAllLines(directory.resolve("java.calls"));
        assertThat(calls).last().isEqualTo("-XX:SharedArchiveFile=" + archive.toRealPath());
        prepare(cache, java);
        assertThat(Files.readAllLines(directory.resolve("java.calls"))).as("it is there already").isEqualTo(calls);
        Path another = Files.writeString(unpacked.resolve("lib/another.jar"), "another");
        try {
            prepare(cache, java);
            assertThat(Files.readAllLines(directory.resolve("java.calls"))).as("of other jars another one is made").hasSize(2 * calls.size());
            assertThat(archive).as("not what is left of the first one").hasContent("\n");
        } finally {
            Files.delete(another);
        }
    }

    @Test
    void theLauncherRunsACommandFromAnywhereWithTheSettingsOfTheInstallation() throws Exception {
        Path dotenv = Files.writeString(unpacked.resolve(".env"), "REDIS_URL=redis://127.0.0.1:1\n");
        Path link = Files.createSymbolicLink(directory.resolve("passerelle-link"), unpacked.resolve("passerelle"));
        try {
            for (Path script : List.of(unpacked.resolve("passerelle"), link)) {
                assertThat(run(script, 1, "status")).singleElement().asString().startsWith("Redis at redis://127.0.0.1:1, ");
                assertThat(run(script, 2, "quarantine", "discard", "1-0", "--author=two words", "--reason=")).first().asString()
                        .startsWith("The reason is empty");
            }
            assertThat(run(link, 0, "--version")).singleElement().asString().startsWith("passerelle ");
            assertThat(run(link, 0)).as("it does not start the service").first().asString().startsWith("Usage: ");
        } finally {
            Files.delete(dotenv);
        }
    }

    private static List<String> run(Path script, int code, String... arguments) {
        try (PasserelleProcess process = launcher().script(script).arguments(arguments).start()) {
            assertThat(process.waitFor(Duration.ofSeconds(30))).isEqualTo(code);
            return process.lines();
        }
    }

    private static PasserelleProcess.Builder launcher() {
        return PasserelleProcess.builder().script(unpacked.resolve("passerelle")).directory(directory);
    }

    private static void prepare(Path cache, Path java) throws Exception {
        Process script = new ProcessBuilder("sh", unpacked.resolve("prepare.sh").toString(), cache.toString(), java.toString()).inheritIO().start();
        assertThat(script.waitFor()).isZero();
    }

    private static Map<String, Set<String>> versions() throws IOException {
        return names(unpacked.resolve("lib")).stream().map(JAR::matcher).filter(Matcher::matches)
                .collect(Collectors.groupingBy(jar -> jar.group(1), Collectors.mapping(jar -> jar.group(2), Collectors.toSet())));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static List<String> files(Path tree) throws IOException {
        try (Stream<Path> entries = Files.walk(tree)) {
            return entries.filter(Files::isRegularFile).map(entry -> tree.relativize(entry).toString()).toList();
        }
    }
}
