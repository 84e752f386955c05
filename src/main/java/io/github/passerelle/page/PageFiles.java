package io.github.passerelle.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.Exchange;

/**
 * The files of the page: its own and those of two libraries, all from the class path. What is not on the list does not exist.
 */
public class PageFiles {

    private record PageFile(String type, byte[] bytes, String tag) {
    }

    private static final String INDEX = "/";
    private static final List<String> OWN = List.of("page.css", "icon.svg", "page.js", "api.js", "chart.js", "decide.js", "dom.js", "entries.js",
            "format.js", "sentence.js", "sessions.js", "texts.en.js", "texts.fr.js", "texts.js");

    private final Map<String, PageFile> files = new HashMap<>();

    public PageFiles() {
        add(INDEX, "/page/index.html");
        OWN.forEach(name -> add("/page/" + name, "/page/" + name));
        add("/page/lib/pico.min.css", webJar("picocss__pico", "css/pico.min.css"));
        add("/page/lib/chart.umd.min.js", webJar("chart.js", "dist/chart.umd.min.js"));
    }

    /** Answers with the file at the path of the request. */
    public void answer(Exchange exchange) {
        Request request = Request.of(exchange);
        PageFile file = files.get(request.path());
        if (file == null) {
            PageAnswer.text(404, "There is no such file.").send(exchange);
            return;
        }
        boolean known = request.only("If-None-Match").filter(file.tag()::equals).isPresent();
        // asked for again each time, so that an upgrade is seen at once
        new PageAnswer(known ? 304 : 200, file.type(), known ? new byte[0] : file.bytes(), Map.of("Cache-Control", "no-cache", "ETag", file.tag()))
                .send(exchange);
    }

    private void add(String path, String resource) {
        byte[] bytes = read(resource);
        files.put(path, new PageFile(type(resource), bytes, tag(bytes)));
    }

    private static String webJar(String name, String file) {
        Properties pom = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            pom.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/" + name + "/" + pom.getProperty("version") + "/" + file;
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = PageFiles.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("The page lacks its file " + resource);
        }
        return in;
    }

    private static String type(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static String tag(byte[] bytes) {
        try {
            return '"' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM knows SHA-256", e);
        }
    }
}
