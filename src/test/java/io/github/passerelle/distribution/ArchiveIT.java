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

import io.github.passerelle.fixture.Distribution;
import io.github.passerelle.fixture.PasserelleProcess;

/** The archive holds what it should, and nothing else. */
class ArchiveIT {

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
                "README.md", "LICENSE", "THIRD-PARTY.txt", "passerelle.service", "prepare.sh", "Dockerfile", "compose.yaml", "paheko-plugin",
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
    void anArchiveOfTheClassesIsMadeOnceAndUsed() throws Exception {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Path archive = cache.resolve("passerelle.jsa");
        prepare(cache);
        Object first = Files.getLastModifiedTime(archive);
        prepare(cache);
        assertThat(Files.getLastModifiedTime(archive)).as("the second time it is there already").isEqualTo(first);
        Path loaded = cache.resolve("loaded");
        try (PasserelleProcess process = PasserelleProcess.builder().directory(unpacked).program("-jar", "passerelle.jar")
                .jvmOptions("-XX:+UseSerialGC", "-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + loaded).arguments("--version").start()) {
            assertThat(process.waitFor(Duration.ofSeconds(30))).isZero();
        }
        assertThat(Files.readAllLines(loaded)).anyMatch(line -> line.contains(" org.slf4j.LoggerFactory source: shared objects file (top)"));
        Path another = Files.writeString(unpacked.resolve("lib/another.jar"), "another");
        try {
            prepare(cache);
            assertThat(Files.getLastModifiedTime(archive)).as("of other jars another one is made").isNotEqualTo(first);
        } finally {
            Files.delete(another);
        }
    }

    private static void prepare(Path cache) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process script = new ProcessBuilder("sh", unpacked.resolve("prepare.sh").toString(), cache.toString(), java).inheritIO().start();
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
