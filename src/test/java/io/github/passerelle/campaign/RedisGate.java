package io.github.passerelle.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.github.passerelle.fixture.Ports;

/** Stands between the worker and Redis, and stops or cuts where it is told to. What is not stopped passes as it is. */
final class RedisGate implements AutoCloseable {

    private final int port = Ports.free();
    private final int target;
    private final Set<GateConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private volatile ServerSocket server;

    RedisGate(int target) {
        this.target = target;
        open();
    }

    int port() {
        return port;
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /**
     * Stops one message.
     *
     * @param skip how many of its kind pass before
     */
    Stop stopAt(Point point, int skip) {
        Stop next = new Stop(point, skip);
        stop.set(next);
        return next;
    }

    /** @return false when the message is not to pass */
    boolean passes(Point point) throws InterruptedException {
        Stop current = stop.get();
        return current == null || !current.isAt(point) || current.hold();
    }

    /** Cuts all connections, and takes none until {@link #open()}. */
    void shut() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(GateConnection::close);
    }

    void open() {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 50);
            server = listening;
            GateConnection.thread(() -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                connect(listening, listening.accept());
            } catch (IOException e) {
                // shut, or Redis is not there
            }
        }
    }

    private void connect(ServerSocket listening, Socket worker) throws IOException {
        try {
            GateConnection connection = new GateConnection(this, worker, new Socket(InetAddress.getLoopbackAddress(), target));
            open.add(connection);
            connection.start();
            if (listening.isClosed()) {
                connection.close();
            }
        } catch (IOException e) {
            worker.close();
            throw e;
        }
    }

    void closed(GateConnection connection) {
        open.remove(connection);
    }

    @Override
    public void close() {
        Stop current = stop.get();
        if (current != null) {
            current.cut();
        }
        shut();
    }
}
