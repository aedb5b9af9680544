package dev.fetchline.local.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on blocking sockets and virtual threads, with as little around it as can be: a request costs it a fraction
/// of what it costs the program that is measured.
final class LightServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /// Answers requests.
    @FunctionalInterface
    interface Handler {
        /// Writes the whole answer.
        ///
        /// @return whether the connection stays open
        boolean answer(LightRequest request, OutputStream out) throws IOException, InterruptedException;
    }

    private LightServer(ServerSocket server, Handler handler) {
        this.server = server;
        this.handler = handler;
    }

    /// A server on a free port.
    ///
    /// @param address to listen at; the wildcard address serves all of the loopback network and nobody else
    /// @param tls null for plain HTTP
    static LightServer start(String address, @Nullable SSLContext tls, Handler handler) {
        try {
            ServerSocket socket = tls == null ? new ServerSocket() : tlsSocket(tls);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), BACKLOG);
            LightServer started = new LightServer(socket, handler);
            Thread.ofPlatform().daemon().name("bench-accept").start(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("A server of the bench did not start: " + e.getMessage(), e);
        }
    }

    private static ServerSocket tlsSocket(SSLContext tls) throws IOException {
        SSLServerSocket socket = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        return socket;
    }

    int port() {
        return server.getLocalPort();
    }

    /// Connections accepted so far.
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (!socket.getLocalAddress().isLoopbackAddress()) {
                    socket.close();
                    continue;
                }
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                // Closed, or a connection that was gone before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            LightRequest request = new LightRequest();
            boolean open = true;
            while (open && request.read(in)) {
                open = handler.answer(request, out);
            }
        } catch (IOException _) {
            // The client hung up.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
