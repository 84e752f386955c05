package io.github.passerelle.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Keeps the application's own log in a file, tells its failures in short lines, and remembers which entries failed at first. */
final class ApplicationLog implements AutoCloseable {

    private final Path file;
    private final PrintWriter writer;
    private final Narrator narrator;
    private final Publications publications;
    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Set<String> leftPending = ConcurrentHashMap.newKeySet();

    ApplicationLog(Path file, Narrator narrator, Publications publications) {
        this.file = file;
        this.narrator = narrator;
        this.publications = publications;
        try {
            this.writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void line(String line) {
        writer.println(line);
        try {
            JsonNode fields = json.readTree(line);
            String id = fields.path("correlation_id").asText();
            switch (fields.path("outcome").asText()) {
                case "failed" -> failed(id, fields);
                case "pending" -> leftPending(id);
                default -> { }
            }
        } catch (JsonProcessingException e) {
            // not a line of the application's log: the JVM's own words are in the file
        }
    }

    private void failed(String id, JsonNode fields) {
        failed.add(id);
        narrator.tell("Passerelle", Narrator.Tone.WARNING, String.format("%s  try %d failed: %s", publications.name(id),
                fields.path("try").asInt(1), fields.path("cause").asText("?")));
    }

    private void leftPending(String id) {
        leftPending.add(id);
        narrator.tell("Passerelle", Narrator.Tone.WARNING, publications.name(id) + "  stays in the pending list");
    }

    /** Entries of which at least one try failed. */
    Set<String> failed() {
        return Set.copyOf(failed);
    }

    /** Entries whose tries of a round were all in vain. */
    Set<String> leftPending() {
        return Set.copyOf(leftPending);
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        writer.close();
    }
}
