package io.github.passerelle.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Till;

/**
 * Runs the main job on one machine and ends with an error unless everything that was published is accounted for.
 * <pre>
 * mvn -q -DskipTests package exec:java@demo
 * mvn -q -DskipTests package exec:java@demo -Dexec.args=--keep-running
 * </pre>
 */
public final class Demo {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** UTF-8 whatever the locale: Paheko's words have accents, and bare machines often have no locale at all. */
    private final Narrator narrator = new Narrator(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
            System.console() != null && System.getenv("NO_COLOR") == null);

    private Demo() {
    }

    public static void main(String... arguments) throws InterruptedException {
        boolean right = new Demo().run(List.of(arguments));
        if (!right) {
            // inside Maven's own JVM this is what makes the command fail, without a page of Maven's advice
            System.exit(1);
        }
    }

    private boolean run(List<String> arguments) throws InterruptedException {
        if (arguments.size() == 2 && arguments.get(0).equals("--publish")) {
            publishOne(arguments.get(1));
            return true;
        }
        boolean keepRunning = arguments.equals(List.of("--keep-running"));
        if (!arguments.isEmpty() && !keepRunning) {
            narrator.line("Arguments: none, --keep-running, or --publish <Redis URL>");
            return false;
        }
        try (World world = new World(narrator)) {
            boolean right = demonstrate(world);
            if (right && keepRunning) {
                keepRunning(world);
            }
            return right;
        } catch (RuntimeException | AssertionError e) {
            narrator.line(Narrator.Tone.BAD, "\n" + (e instanceof DemoFailure ? e.getMessage() : e));
            return false;
        }
    }

    private boolean demonstrate(World world) {
        Deadline deadline = new Deadline(LIMIT);
        narrator.tell("Redis", "a real redis-server, " + world.server().url());
        narrator.tell("Paheko", "a stand-in for its plugin, " + world.paheko().url());
        PasserelleProcess application = world.startApplication();
        awaitHealthy(application);
        narrator.tell("Passerelle", "java -jar target/passerelle.jar, process " + application.pid() + ", log in target/demo.log");
        Summary summary = new Summary(narrator, world.publications());
        try (Play play = new Play(world, narrator, deadline)) {
            try {
                play.play();
            } finally {
                summary.print(play.reckoning());
            }
            Reckoning reckoning = play.reckoning();
            narrator.line(reckoning.addsUp() ? "\nEverything adds up." : "\nIt does not add up: " + reckoning.missing());
            return reckoning.addsUp();
        }
    }

    private static void awaitHealthy(PasserelleProcess application) {
        try {
            application.awaitHealthy();
        } catch (TerminalFailureException | ConditionTimeoutException e) {
            throw new DemoFailure(e.getMessage());
        }
    }

    private void keepRunning(World world) throws InterruptedException {
        PasserelleProcess application = world.application();
        narrator.title("Everything stays up until Ctrl-C");
        narrator.line("  health    " + application.url("/health"));
        narrator.line("  checks    " + application.url("/observe/health"));
        narrator.line("  metrics   " + application.url("/observe/metrics"));
        narrator.line("  Redis     " + world.server().url() + "   stream " + Till.STREAM + ", group " + Till.GROUP);
        narrator.line("  Paheko    " + world.paheko().url() + "   secret " + PahekoStandIn.SECRET);
        narrator.line("One more sale, from another terminal in this directory:");
        narrator.line("  mvn -q exec:java@demo -Dexec.args=\"--publish " + world.server().url() + "\"\n");
        new CountDownLatch(1).await();
    }

    private void publishOne(String redisUrl) {
        try (Redis redis = Redis.connect(redisUrl)) {
            Till till = new Till(redis, System.nanoTime());
            Published published = till.publish(till.ticket());
            narrator.line("Published " + published.entryId() + ": one ticket, " + Euros.of(published.sale().amountCents()));
        }
    }
}
