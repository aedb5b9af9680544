package dev.fetchline.local.chaos;

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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between the function and one AWS server of this machine, and lets a [FaultPlan] have its way with each call:
/// before the server sees it, and after the server has answered.
///
/// Sockets of its own on the function's side, for no HTTP server of the JDK can reset a connection.
public final class FaultProxy implements AutoCloseable {
    /// Fields about one connection, which the other one has its own of (RFC 9110 section 7.6.1).
    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "keep-alive");

    private final ServerSocket socket;
    private final URI server;
    private final FaultPlan plan;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private FaultProxy(ServerSocket socket, URI server, FaultPlan plan) {
        this.socket = socket;
        this.server = server;
        this.plan = plan;
    }

    /// A proxy before `server`, on a free port of the loopback address.
    public static FaultProxy start(URI server, FaultPlan plan) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 256);
            FaultProxy proxy = new FaultProxy(socket, server, plan);
            Thread.ofVirtual().name("fetchline-fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy did not start", e);
        }
    }

    /// Where it listens, to be given to the function in place of the server's own.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /// Closes all connections of the moment, as a server does with those that have been idle for long.
    public void hangUp() {
        open.forEach(FaultProxy::close);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                // Closed; or a caller that was killed before it was accepted.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            Optional<HttpRequestHead> head = HttpRequestHead.read(in);
            while (head.isPresent() && exchange(head.get(), in, out, connection)) {
                head = HttpRequestHead.read(in);
            }
        } catch (IOException _) {
            // The caller went away, or the server did: either way this connection is over.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    /// Whether the connection can be used again.
    private boolean exchange(HttpRequestHead head, InputStream in, OutputStream out, Socket connection)
            throws IOException, InterruptedException {
        byte[] body = head.body(in);
        Operation operation = head.operation(body);
        Fate before = plan.before(operation);
        if (!(before instanceof Fate.Pass)) {
            return end(before, out, connection);
        }
        HttpResponse<byte[]> answer =
                client.send(forwarded(head, plan.forwarded(operation)), BodyHandlers.ofByteArray());
        Fate after = plan.after(operation);
        if (!(after instanceof Fate.Pass)) {
            return end(after, out, connection);
        }
        out.write(onTheWire(answer));
        return true;
    }

    private HttpRequest forwarded(HttpRequestHead head, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + head.target()))
                .method(head.method(), BodyPublishers.ofString(body));
        head.fields().stream()
                .filter(field -> !OF_ONE_CONNECTION.contains(field.getKey().toLowerCase(Locale.ROOT)))
                .forEach(field -> request.header(field.getKey(), field.getValue()));
        return request.build();
    }

    private static byte[] onTheWire(HttpResponse<byte[]> answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.statusCode() + " -\r\n");
        answer.headers().map().forEach((name, values) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n"));
            }
        });
        return withBody(head, answer.body());
    }

    private static byte[] withBody(StringBuilder head, byte[] body) {
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static boolean end(Fate fate, OutputStream out, Socket connection) throws IOException {
        if (fate instanceof Fate.Answer(int status, String type)) {
            String body = "{\"__type\":\"%s\",\"message\":\"a fault on purpose\"}".formatted(type);
            out.write(withBody(
                    new StringBuilder("HTTP/1.1 " + status + " -\r\nContent-Type: application/x-amz-json-1.0\r\n"),
                    body.getBytes(StandardCharsets.UTF_8)));
            return true;
        }
        // With no time to linger, closing sends a reset and throws away what was written.
        connection.setSoLinger(true, 0);
        return false;
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing listens any more in any case.
        }
        hangUp();
        client.shutdownNow();
    }
}
