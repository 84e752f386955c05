package io.github.passerelle.check;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.passerelle.settings.Settings;
import io.github.passerelle.settings.SettingsReport;

/**
 * Makes all checks, each by itself: what goes wrong in one, or takes too long, keeps none of the others from being made.
 */
public final class CheckUp {

    // longer than any answer of Paheko may take
    private static final Duration LONGEST = Duration.ofSeconds(100);

    private final List<Check> checks;
    private final Duration longest;

    CheckUp(List<Check> checks, Duration longest) {
        this.checks = List.copyOf(checks);
        this.longest = longest;
    }

    /** What is to be looked at with these settings, in the mode that they name. */
    public static CheckUp of(SettingsReport report) {
        Clock clock = Clock.systemUTC();
        Settings settings = report.usable();
        List<Check> checks = new ArrayList<>();
        checks.add(new SettingsCheck(report));
        if (settings.isApi()) {
            checks.add(new MappingCheck(report, settings.mapping()));
            checks.add(new ApiCheck(report, settings, clock));
        } else {
            checks.add(new PluginCheck(report, settings, clock));
        }
        checks.add(new RedisCheck(report, settings, clock));
        return new CheckUp(checks, LONGEST);
    }

    /** All findings, in the order of the checks. */
    public List<Finding> findings() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "PasserelleCheck");
            // one that hangs must not keep the process alive
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<Finding>>> looks = checks.stream().map(check -> threads.submit(check::look)).toList();
            long end = System.nanoTime() + longest.toNanos();
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < looks.size(); i++) {
                findings.addAll(findings(checks.get(i), looks.get(i), Math.max(0, end - System.nanoTime())));
            }
            return findings;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Finding> findings(Check check, Future<List<Finding>> look, long nanos) throws InterruptedException {
        try {
            return look.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(Finding.error("check_unfinished", check.subject() + ": not done after " + Ages.words(longest) + ".",
                    "See that it answers, and try again."));
        } catch (ExecutionException e) {
            return List.of(Finding.error("check_failed", check.subject() + ": cannot be looked at: " + Failures.words(e.getCause()),
                    "Put right what is named, and try again."));
        }
    }
}
