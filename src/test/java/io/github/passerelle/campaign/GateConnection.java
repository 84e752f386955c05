package io.github.passerelle.campaign;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection through the gate. Redis answers in the order in which it is asked, which tells to what an answer belongs. */
final class GateConnection {

    private final RedisGate gate;
    private final Socket worker;
    private final Socket redis;
    private final Queue<List<String>> unanswered = new ConcurrentLinkedQueue<>();

    GateConnection(RedisGate gate, Socket worker, Socket redis) {
        this.gate = gate;
        this.worker = worker;
        this.redis = redis;
    }

    void start() throws IOException {
        worker.setTcpNoDelay(true);
        redis.setTcpNoDelay(true);
        thread(() -> carry(worker, redis, this::passesCommand));
        thread(() -> carry(redis, worker, this::passesAnswer));
    }

    static void thread(Runnable task) {
        Thread thread = new Thread(task, "redis-gate");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Passing {
        boolean passes(Frame frame) throws InterruptedException;
    }

    private void carry(Socket from, Socket to, Passing passing) {
        try {
            InputStream in = new BufferedInputStream(from.getInputStream());
            for (Frame frame = Frame.read(in); frame != null && passing.passes(frame); frame = Frame.read(in)) {
                to.getOutputStream().write(frame.bytes());
            }
        } catch (IOException e) {
            // one of them is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private boolean passesCommand(Frame frame) throws InterruptedException {
        List<String> command = frame.words();
        boolean passes = true;
        if (Point.isRead(command)) {
            passes = gate.passes(Point.READ_ASKED);
        } else if (Point.isAcknowledgement(command)) {
            passes = gate.passes(Point.ACK_ASKED);
        }
        unanswered.add(command);
        return passes;
    }

    private boolean passesAnswer(Frame frame) throws InterruptedException {
        List<String> command = unanswered.poll();
        if (command == null || !(frame.value() instanceof List<?> answer)) {
            // nothing was read, or a refusal
            return true;
        }
        if (Point.isRead(command)) {
            return !Point.bringsEntries(command, answer) || gate.passes(Point.READ_ANSWERED);
        }
        if (Point.isAcknowledgement(command)) {
            boolean passes = gate.passes(Point.ACK_ANSWERED);
            if (passes) {
                gate.acknowledgements().note(command, frame);
            }
            return passes;
        }
        return true;
    }

    void close() {
        gate.closed(this);
        for (Socket socket : List.of(worker, redis)) {
            try {
                socket.close();
            } catch (IOException e) {
                // nothing more can be done with it
            }
        }
    }
}
