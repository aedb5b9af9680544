package dev.fetchline.local.hostile;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Stands in for what must not be reached: counts who comes and hangs up.
final class CountingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicLong connections = new AtomicLong();

    private CountingServer(ServerSocket socket) {
        this.socket = socket;
    }

    static CountingServer start(ServerSocket socket) {
        CountingServer server = new CountingServer(socket);
        Thread.ofVirtual().name("fetchline-denied").start(server::accept);
        return server;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket _ = socket.accept()) {
                connections.incrementAndGet();
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    /// Connections so far.
    long connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
