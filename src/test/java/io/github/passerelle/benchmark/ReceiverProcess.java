package io.github.passerelle.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Ports;

/** The {@link Receiver}, and how it is asked. */
final class ReceiverProcess implements AutoCloseable {

    /**
     * What it has got.
     *
     * @param requests all of them
     * @param taken    different entries that it took
     * @param repeated requests for entries that it had taken before
     */
    record Counts(long requests, long taken, long repeated) {
    }

    private final int port = Ports.free();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final PasserelleProcess process;

    ReceiverProcess(Site site) {
        process = PasserelleProcess.builder().directory(site.folder()).jvmOptions("-Xmx1g", "-XX:+UseSerialGC")
                .program("-cp", site.classPath(), Receiver.class.getName()).arguments(String.valueOf(port))
                .outputTo(site.folder().resolve("receiver.log")).start();
        Awaitility.await("the receiver").atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class).until(() -> counts().requests() == 0);
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return "http://127.0.0.1:" + port + Receiver.PUSH;
    }

    Counts counts() {
        String[] numbers = get(Receiver.COUNTS).split(" ");
        return new Counts(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    void delay(long millis) {
        get(Receiver.BEGIN + "?delay=" + millis);
    }

    void refuse() {
        get(Receiver.BEGIN + "?refuse=true");
    }

    void accept() {
        delay(0);
    }

    void noteArrivals() {
        get(Receiver.BEGIN + "?note=true");
    }

    /** When each entry came for the first time since {@link #noteArrivals()}, in microseconds since 1970. */
    Map<String, Long> arrivals() {
        return get(Receiver.ARRIVALS).lines().map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Long.valueOf(parts[1])));
    }

    private String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(10)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
