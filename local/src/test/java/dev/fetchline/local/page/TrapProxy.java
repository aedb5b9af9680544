package dev.fetchline.local.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy that serves nothing and writes down who called: a browser that asks it for anything has reached out.
final class TrapProxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private TrapProxy(ServerSocket server) {
        this.server = server;
    }

    static TrapProxy start() {
        try {
            TrapProxy trap = new TrapProxy(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
            Thread.ofPlatform().daemon().start(trap::listen);
            return trap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// The first lines of all requests; a connection without one is there as well.
    List<String> heard() {
        return heard;
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int at = heard.size();
                heard.add("a connection");
                Thread.ofVirtual().start(() -> hear(socket, at));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void hear(Socket socket, int at) {
        try (socket) {
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            if (line != null) {
                heard.set(at, line);
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 502 Trap\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The browser has gone.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
