package io.github.passerelle.benchmark;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * A receiver that does almost nothing: it counts the entries by their ids and takes each of them, at once or after a delay that holds no thread.
 * A process of its own, so that its part of the CPU is not taken for a worker's.
 */
public final class Receiver {

    static final String PUSH = "/push";
    static final String COUNTS = "/counts";
    static final String ARRIVALS = "/arrivals";

    /** With {@code delay} in milliseconds, {@code refuse}: whether all are refused, and {@code note}: whether each arrival is noted with its time. */
    static final String BEGIN = "/begin";

    private final Vertx vertx;
    private final Set<Long> taken = new HashSet<>();
    private final Map<String, Long> arrivals = new LinkedHashMap<>();
    private long requests;
    private long repeated;
    private long delay;
    private boolean refuse;
    private boolean note;

    private Receiver(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param arguments the port */
    public static void main(String... arguments) {
        System.setProperty("vertx.disableFileCPResolving", "true");
        Vertx vertx = Vertx.vertx();
        Receiver receiver = new Receiver(vertx);
        // all on one thread: none of this is shared
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setTcpNoDelay(true)).requestHandler(receiver::handle)
                .listen(Integer.parseInt(arguments[0])).onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case PUSH -> push(request);
            case COUNTS -> request.response().end(requests + " " + taken.size() + " " + repeated);
            case ARRIVALS -> {
                StringBuilder text = new StringBuilder();
                arrivals.forEach((id, micros) -> text.append(id).append(' ').append(micros).append('\n'));
                request.response().end(text.toString());
            }
            case BEGIN -> {
                delay = Long.parseLong(request.getParam("delay", "0"));
                refuse = Boolean.parseBoolean(request.getParam("refuse"));
                note = Boolean.parseBoolean(request.getParam("note"));
                arrivals.clear();
                request.response().end();
            }
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void push(HttpServerRequest request) {
        long micros = note ? micros(Instant.now()) : 0;
        String id = request.getHeader("X-Request-Id");
        if (request.method() != HttpMethod.POST || id == null) {
            request.response().setStatusCode(400).end();
            return;
        }
        request.endHandler(end -> {
            if (note) {
                arrivals.putIfAbsent(id, micros);
            }
            requests++;
            if (!refuse && !taken.add(packed(id))) {
                repeated++;
            }
            if (delay == 0) {
                answer(request);
            } else {
                vertx.setTimer(delay, timer -> answer(request));
            }
        });
    }

    private void answer(HttpServerRequest request) {
        request.response().setStatusCode(refuse ? 422 : 201).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(refuse ? "{\"error\":\"refused\"}" : "{\"status\":\"created\"}");
    }

    /** An id of an entry in one number. */
    private static long packed(String id) {
        int dash = id.indexOf('-');
        return Long.parseLong(id.substring(0, dash)) << 20 | Long.parseLong(id.substring(dash + 1));
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
