package io.github.passerelle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.PasserelleProcess;

class DocumentationTest {

    private static final Path ROOT = PasserelleProcess.repository();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://)([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void theReadmeBeginsWithTheTwoCommands() throws IOException {
        List<String> commands = BLOCK.matcher(text("README.md")).results().map(block -> block.group(2)).flatMap(String::lines)
                .filter(line -> line.startsWith("mvn")).toList();
        assertThat(commands).startsWith("mvn -q -DskipTests package exec:java@demo", "mvn verify");
    }

    @Test
    void thePageOfThePluginNamesItsVersion() throws IOException {
        String version = text("src/main/paheko-plugin/recyclic/plugin.ini").lines().filter(line -> line.startsWith("version=")).findFirst().orElseThrow();
        assertThat(text("docs/paheko.md")).contains("X-Recyclic-Plugin-Version: " + version.replaceAll("version=|\"", ""));
    }

    @Test
    void theJBangPageShowsTheLauncherAndTheVersionsThatAreTested() throws IOException {
        assertThat(blocks("docs/jbang.md", "java")).containsExactly(text("docs/examples/CamelJBang.java"));
        String pom = text("pom.xml");
        assertThat(text("docs/jbang.md")).contains("-Dcamel.jbang.version=" + element(pom, "camel.version"));
        assertThat(Pattern.compile("mvn:io\\.github\\.passerelle:passerelle:(\\S+)").matcher(text("docs/jbang.md")).results()
                .map(match -> match.group(1))).hasSize(3).containsOnly(element(pom, "version"));
    }

    @Test
    void theComponentsPageShowsTheTlsOfTheShippedProperties() throws IOException {
        assertThat(blocks("docs/component.md", "properties")).singleElement().asString().contains("redisTls");
        assertThat(text("application.properties").lines()).containsAll(blocks("docs/component.md", "properties").get(0).lines().toList());
    }

    @Test
    void theRoutesPageShowsTheExamplesThatAreTestedAndTheJarsThatAreFound() throws IOException {
        assertThat(blocks("docs/routes.md", "java")).containsExactly(text("docs/examples/routes/Hello.java"));
        String example = text("docs/examples/routes/push-caisse.camel.yaml");
        assertThat(blocks("docs/routes.md", "yaml")).hasSize(3).allSatisfy(block -> assertThat(example).contains(block));
        String without = blocks("docs/routes.md", "yaml").stream().reduce(example, (rest, block) -> rest.replace(block, ""));
        assertThat(without).as("nothing else was changed").isEqualTo(text("routes/push-caisse.camel.yaml"));
        String pom = text("pom.xml");
        assertThat(text("docs/routes.md")).contains("lib/camel-java-joor-dsl-" + element(pom, "camel.version") + ".jar ",
                "lib/camel-joor-" + element(pom, "camel.version") + ".jar ", "lib/joor-" + element(pom, "joor.version") + ".jar ");
    }

    @Test
    void thePageOfTheCommandsNamesEachCodeOfTheCheck() throws IOException {
        Pattern code = Pattern.compile("(?:Finding\\.(?:ok|warning|error)|new ClockCheck)\\(\"([a-z_]+)\"");
        List<String> missing = new ArrayList<>();
        String page = text("docs/commands.md");
        int found = 0;
        try (Stream<Path> files = Files.list(ROOT.resolve("src/main/java/io/github/passerelle/check"))) {
            for (Path file : files.toList()) {
                for (MatchResult match : code.matcher(Files.readString(file)).results().toList()) {
                    found++;
                    if (!page.contains("`" + match.group(1) + "`")) {
                        missing.add(match.group(1));
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(60);
        assertThat(missing).isEmpty();
    }

    @Test
    void thePageOfTheApiShowsTheShippedMapping() throws IOException {
        assertThat(blocks("docs/paheko-api.md", "json")).containsExactly(text("mapping.json.example"));
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            LINK.matcher(Files.readString(page)).results().map(MatchResult::group).map(link -> LINK.matcher(link).replaceAll("$1"))
                    .filter(target -> !Files.exists(page.resolveSibling(target))).forEach(target -> broken.add(page + ": " + target));
        }
        assertThat(broken).isEmpty();
    }

    /** A class that was renamed or a file that was moved must not live on in the documentation. */
    @Test
    void everyClassOfTheArchitecturePageExists() throws IOException {
        List<String> sources = sources();
        List<String> missing = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`").matcher(text("docs/architecture.md")).results()
                .map(match -> match.group(1)).filter(name -> !sources.contains(name + ".java")).toList();
        assertThat(missing).isEmpty();
    }

    /** The blocks of a page that are written in this language. */
    private static List<String> blocks(String page, String language) throws IOException {
        return BLOCK.matcher(text(page)).results().filter(block -> block.group(1).equals(language)).map(block -> block.group(2)).toList();
    }

    /** The first element of this name. */
    private static String element(String xml, String name) {
        return xml.substring(xml.indexOf("<" + name + ">") + name.length() + 2, xml.indexOf("</" + name + ">"));
    }

    private static String text(String page) throws IOException {
        return Files.readString(ROOT.resolve(page));
    }

    private static List<Path> pages() {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.filter(page -> page.toString().endsWith(".md"))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/main/java"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
