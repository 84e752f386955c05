package io.github.passerelle.demo;

import java.nio.file.Path;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/** Everything that runs: a real Redis, the stand-in for Paheko, the packaged application. Nothing of it outlives this JVM. */
final class World implements AutoCloseable {

    private static final double BACKOFF_SECONDS = 0.5;
    private static final int RETRIES = 3;
    static final int REPLAY_SECONDS = 3;

    private final RedisServer server = RedisServer.embedded();
    private final Redis redis = server.connect();
    private final PahekoStandIn paheko = PahekoStandIn.start();
    private final Till till = new Till(redis, 2026);
    private final Publications publications = new Publications(till);
    private final ApplicationLog log;
    private PasserelleProcess application;

    World(Narrator narrator) {
        log = new ApplicationLog(PasserelleProcess.repository().resolve("target/demo.log"), narrator, publications);
        paheko.onRequest(new ReceiverLines(narrator, publications)::tell);
    }

    /**
     * Starts the application with the shipped routes and settings, in a directory of its own: a {@code .env} in the repository is somebody's
     * real configuration.
     */
    PasserelleProcess startApplication() {
        Path directory = PasserelleProcess.copyShipped(PasserelleProcess.repository().resolve("target/demo"));
        application = PasserelleProcess.builder().directory(directory).redis(server).receiver(paheko)
                .environment("PAHEKO_PUSH_BACKOFF_SECONDS", BACKOFF_SECONDS)
                .environment("PAHEKO_PUSH_MAX_RETRIES", RETRIES)
                .environment("PAHEKO_PUSH_REPLAY_SECONDS", REPLAY_SECONDS)
                .environment("PAHEKO_PUSH_REPLAY_MAX_SECONDS", REPLAY_SECONDS)
                .environment("PASSERELLE_LOG_FORMAT", "json")
                .onLine(log::line).start();
        return application;
    }

    RedisServer server() {
        return server;
    }

    Redis redis() {
        return redis;
    }

    PahekoStandIn paheko() {
        return paheko;
    }

    Till till() {
        return till;
    }

    Publications publications() {
        return publications;
    }

    ApplicationLog log() {
        return log;
    }

    PasserelleProcess application() {
        return application;
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
        paheko.close();
        redis.close();
        server.close();
        log.close();
    }
}
