package io.github.passerelle.benchmark;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * How fast a worker was for a while.
 *
 * @param receiverShare of one core that the receiver used: near 1, it held up the worker
 */
record Pace(double perSecond, double cpuMillisPerEntry, double receiverShare) {

    static Pace measure(Scene scene, long pid, Duration warmUp, Duration measured) throws InterruptedException {
        long before = scene.receiver().counts().taken();
        Awaitility.await("the first delivery").atMost(Duration.ofSeconds(60)).until(() -> scene.receiver().counts().taken() > before);
        Thread.sleep(warmUp.toMillis());
        Usage receiver = Usage.of(scene.receiver().pid());
        Usage worker = Usage.of(pid);
        long from = scene.receiver().counts().taken();
        Thread.sleep(measured.toMillis());
        Usage workerThen = Usage.of(pid);
        long taken = scene.receiver().counts().taken() - from;
        return new Pace(taken / workerThen.secondsSince(worker), workerThen.cpu().minus(worker.cpu()).toNanos() / 1e6 / Math.max(1, taken),
                Usage.of(scene.receiver().pid()).shareSince(receiver));
    }
}
