package dev.fetchline.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A web server on real sockets that sends exactly the bytes it is told to, also those that no HTTP library would.
public final class TestWeb implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> closing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger inFlightMost = new AtomicInteger();

    /// What a path answers with.
    @FunctionalInterface
    public interface Page {
        /// Writes the response. Whatever is thrown ends the connection.
        ///
        /// @param head the request's first line and headers
        void answer(String head, OutputStream out) throws Exception;
    }

    private TestWeb(ServerSocket server) {
        this.server = server;
    }

    /// A server on a free port of 127.0.0.1.
    public static TestWeb start() {
        return start("127.0.0.1");
    }

    /// A server on a free port of a loopback address.
    public static TestWeb start(String address) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 200);
            TestWeb web = new TestWeb(socket);
            Thread.ofVirtual().name("test-web").start(web::accept);
            return web;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The URL of a path.
    public String url(String path) {
        return "http://" + server.getInetAddress().getHostAddress() + ":" + port() + path;
    }

    /// Lets a path (query included) answer with these bytes, Latin-1.
    public TestWeb raw(String path, String response) {
        return page(path, (_, out) -> out.write(response.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Lets a path answer with a whole response of this body.
    ///
    /// @param headers lines without their ends
    public TestWeb respond(String path, int status, byte[] body, String... headers) {
        return page(path, (_, out) -> out.write(response(status, body, headers)));
    }

    /// As [#respond], with text in UTF-8.
    public TestWeb respond(String path, int status, String body, String... headers) {
        return respond(path, status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public TestWeb page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    /// A whole response as bytes.
    public static byte[] response(int status, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        response.writeBytes(body);
        return response.toByteArray();
    }

    /// A page that never answers, and counts `closed` down when the client has hung up.
    public TestWeb stall(String path, CountDownLatch closed) {
        return page(path, (_, out) -> waitForHangUp(out, closed));
    }

    /// Sends a byte now and then until the client has hung up, which only a write can notice.
    public static void waitForHangUp(OutputStream out, CountDownLatch closed) throws IOException {
        try {
            while (true) {
                out.write('x');
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        } finally {
            closed.countDown();
        }
    }

    /// The request heads so far.
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /// Requests so far of one path.
    public long requests(String path) {
        return requests().stream()
                .filter(head -> head.split(" ", 3)[1].equals(path))
                .count();
    }

    /// Connections accepted so far.
    public int connections() {
        return connections.get();
    }

    /// The highest number of requests that were being answered at once.
    public int inFlightMost() {
        return inFlightMost.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
                requests.add(head);
                inFlightMost.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                try {
                    String path = head.split(" ", 3)[1];
                    pages.getOrDefault(path, (_, o) -> o.write(response(404, new byte[0])))
                            .answer(head, out);
                    out.flush();
                } finally {
                    inFlight.decrementAndGet();
                }
                if (isClosing(head)) {
                    return;
                }
            }
        } catch (Exception ended) {
            // The page or the client ended the connection.
        } finally {
            open.remove(socket);
        }
    }

    /// Closes the connection after each answer of this path, as a response without framing needs.
    public TestWeb closing(String path) {
        closing.add(path);
        return this;
    }

    private boolean isClosing(String head) {
        return closing.contains(head.split(" ", 3)[1]);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    /// Closes all connections of the moment, as servers do with those that have been idle for long.
    public void hangUp() {
        try {
            for (Socket socket : List.copyOf(open)) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            hangUp();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
