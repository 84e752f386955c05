package io.github.passerelle.campaign;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place between the worker and Redis where one message is stopped, until somebody says what becomes of it. */
final class Stop {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Point point;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch decided = new CountDownLatch(1);
    private int left;
    private volatile boolean cut;

    /** @param skip how many such messages pass before */
    Stop(Point point, int skip) {
        this.point = point;
        this.left = skip;
    }

    /** Whether it is this message that is stopped. */
    synchronized boolean isAt(Point passing) {
        return passing == point && left-- == 0;
    }

    /** @return false when the message is not to pass, nor anything after it on this connection */
    boolean hold() throws InterruptedException {
        reached.countDown();
        decided.await();
        return !cut;
    }

    void awaitReached() {
        try {
            if (!reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new CampaignFailure("No message came to " + point + " within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CampaignFailure("Interrupted at " + point);
        }
    }

    /** The message is lost, and its connection with it. */
    void cut() {
        cut = true;
        decided.countDown();
    }
}
