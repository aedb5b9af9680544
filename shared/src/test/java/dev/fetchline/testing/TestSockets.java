package dev.fetchline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A server that does with each connection what it is told to, with or without TLS.
public final class TestSockets implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final ServerSocket server;
    private final Service service;
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger accepted = new AtomicInteger();
    private final Semaphore hungUp = new Semaphore(0);

    /// What is done with a connection.
    @FunctionalInterface
    public interface Service {
        /// Whatever is thrown ends the connection.
        ///
        /// @param number counted from 0 in the order of their coming
        void serve(Socket socket, int number) throws Exception;
    }

    private TestSockets(ServerSocket server, Service service) {
        this.server = server;
        this.service = service;
    }

    /// A server on a free port of 127.0.0.1.
    public static TestSockets start(Service service) {
        try {
            return started(new ServerSocket(), HERE, service);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As [#start(Service)], with TLS: the handshake is done when the service begins.
    ///
    /// @param protocols that the server speaks
    public static TestSockets start(SSLContext tls, List<String> protocols, Service service) {
        return startAt(HERE, tls, protocols, service);
    }

    /// As [#start(SSLContext, List, Service)].
    ///
    /// @param address one of 127.0.0.0/8
    public static TestSockets startAt(String address, SSLContext tls, List<String> protocols, Service service) {
        try {
            SSLServerSocket server =
                    (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
            server.setEnabledProtocols(protocols.toArray(String[]::new));
            return started(server, address, (socket, number) -> {
                ((SSLSocket) socket).startHandshake();
                service.serve(socket, number);
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static TestSockets started(ServerSocket server, String address, Service service) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 200);
        TestSockets started = new TestSockets(server, service);
        Thread.ofVirtual().name("test-sockets").start(started::accept);
        return started;
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The address of a path.
    ///
    /// @param scheme whatever the server really speaks
    public String url(String scheme, String path) {
        return scheme + "://127.0.0.1:" + port() + path;
    }

    /// Connections accepted so far.
    public int accepted() {
        return accepted.get();
    }

    /// Reads, and does nothing else, until the other side has closed the connection or broken it off:
    /// only then does [#sawHangUps] count it.
    public void waitForHangUp(InputStream in) {
        try {
            while (in.read() >= 0) {
                // What the other side still says does not matter.
            }
        } catch (IOException reset) {
            // That too is the end.
        }
        hungUp.release();
    }

    /// Whether [#waitForHangUp] saw the end of `count` more connections, as soon as that is so, or within
    /// 10 s.
    public boolean sawHangUps(int count) throws InterruptedException {
        return hungUp.tryAcquire(count, 10, TimeUnit.SECONDS);
    }

    /// Reads a request's head, or what there is of it.
    public static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int number = accepted.getAndIncrement();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            service.serve(socket, number);
        } catch (Exception ended) {
            // The service or the client ended the connection.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : List.copyOf(open)) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
