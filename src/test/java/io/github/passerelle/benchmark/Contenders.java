package io.github.passerelle.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.passerelle.fixture.GuardedProcess;
import io.github.passerelle.fixture.PasserelleProcess;

/** All that are measured side by side. */
final class Contenders {

    static final int MANY = 64;

    private static final String SECRET = "a-secret-of-the-benchmark";

    private Contenders() {
    }

    /** As distributed, with that many requests in flight. */
    static Contender passerelle(int inFlight) {
        return contender("Passerelle, " + inFlight + " in flight", (site, redis, receiver) -> running(PasserelleProcess.builder()
                .directory(site.unpacked()).jar(site.unpacked().resolve("passerelle.jar")).program("-jar", "passerelle.jar")
                .jvmOptions(site.shippedOptions().toArray(String[]::new)).environment(site.shippedEnvironment())
                .environment("REDIS_URL", redis).environment("PAHEKO_PLUGIN_URL", receiver).environment("PAHEKO_PLUGIN_SECRET", SECRET)
                .environment("PAHEKO_PUSH_REQUESTS_IN_FLIGHT", inFlight).environment("PAHEKO_PUSH_MAX_IN_PROGRESS", Math.max(16, inFlight + 16))
                .outputTo(site.folder().resolve("passerelle.log")).start()));
    }

    /** The same Redis client and HTTP client, and nothing else. */
    static Contender bareLoop(int inFlight) {
        return contender("bare loop, " + inFlight + " in flight", (site, redis, receiver) -> java(site, BareLoop.class, redis, receiver, inFlight));
    }

    /** The same component in a route of four steps: no order, no ledger, no log, no metrics. */
    static Contender plainRoute(int inFlight) {
        return contender("plain Camel route, " + inFlight + " in flight",
                (site, redis, receiver) -> java(site, PlainRoute.class, redis, receiver, inFlight));
    }

    /** The worker that was there before; empty where this machine has no Python with the packages that it needs. */
    static Optional<Contender> python(boolean clientForEachTry) {
        return interpreter().map(python -> contender(clientForEachTry ? "Python, a client for each try" : "Python, one client", (site, redis, receiver) -> {
            GuardedProcess guard = new GuardedProcess(() -> { });
            Path script = PasserelleProcess.repository().resolve("src/test/python/push_worker.py");
            ProcessBuilder builder = new ProcessBuilder(python, script.toString()).directory(site.folder().toFile()).redirectErrorStream(true)
                    .redirectOutput(site.folder().resolve("python.log").toFile());
            builder.environment().put("REDIS_URL", redis);
            builder.environment().put("PAHEKO_PLUGIN_URL", receiver);
            builder.environment().put("PAHEKO_PLUGIN_SECRET", SECRET);
            builder.environment().put("CLIENT_FOR_EACH_TRY", String.valueOf(clientForEachTry));
            Process process = guard.start(builder);
            return new Contender.Running() {
                @Override
                public long pid() {
                    return process.pid();
                }

                @Override
                public void close() {
                    guard.close();
                }
            };
        }));
    }

    /** That of Debian first: the packages are its own. */
    private static Optional<String> interpreter() {
        return Stream.of("/usr/bin/python3", "python3").filter(Contenders::knowsThePackages).findFirst();
    }

    private static boolean knowsThePackages(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import redis, httpx").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Contender.Running java(Site site, Class<?> program, String redis, String receiver, int inFlight) {
        return running(PasserelleProcess.builder().directory(site.folder())
                .jvmOptions(site.shippedOptionsWithoutArchive().toArray(String[]::new)).environment(site.shippedEnvironment())
                .program("-cp", site.classPath(), program.getName()).arguments(redis, receiver, SECRET, String.valueOf(inFlight))
                .outputTo(site.folder().resolve(program.getSimpleName() + ".log")).start());
    }

    private static Contender.Running running(PasserelleProcess process) {
        return new Contender.Running() {
            @Override
            public long pid() {
                return process.pid();
            }

            @Override
            public void close() {
                process.close();
            }
        };
    }

    private interface Start {
        Contender.Running start(Site site, String redis, String receiver);
    }

    private static Contender contender(String name, Start start) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Running start(Site site, String redisUrl, String receiverUrl) {
                return start.start(site, redisUrl, receiverUrl);
            }
        };
    }
}
