package io.github.passerelle.check;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines of {@code application.properties} that say how Paheko is asked over HTTP, and the beans that they name: what else stands there
 * would start the application.
 */
final class HttpProperties {

    private static final String BEANS = "camel.beans.";
    private static final Pattern REFERENCE = Pattern.compile("#bean:([\\w-]+)");

    private final Properties all;
    private final Properties chosen = new Properties();

    private HttpProperties(Properties all) {
        this.all = all;
    }

    static Properties read(Path file, String... beans) throws IOException {
        Properties all = new Properties();
        try (Reader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            all.load(lines);
        }
        HttpProperties properties = new HttpProperties(all);
        Stream.of("http", "https").forEach(component -> properties.choose("camel.component." + component));
        Stream.concat(Stream.of("http", "https"), Stream.of(beans)).forEach(bean -> properties.choose(BEANS + bean));
        return properties.chosen;
    }

    /** The name itself and what stands below it, with the beans to which that refers. */
    private void choose(String prefix) {
        Set<String> referred = new TreeSet<>();
        for (String name : all.stringPropertyNames()) {
            if ((name.equals(prefix) || name.startsWith(prefix + ".")) && chosen.put(name, all.getProperty(name)) == null) {
                Matcher reference = REFERENCE.matcher(all.getProperty(name));
                while (reference.find()) {
                    referred.add(reference.group(1));
                }
            }
        }
        referred.forEach(bean -> choose(BEANS + bean));
    }
}
