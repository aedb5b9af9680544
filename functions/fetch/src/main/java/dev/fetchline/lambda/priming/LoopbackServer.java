package dev.fetchline.lambda.priming;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A server on 127.0.0.1 that gives prepared answers, HTTP/1.1 with or without TLS. It is no web server: who
/// asks it is known.
final class LoopbackServer implements AutoCloseable {
    /// @param operation of an AWS service (`X-Amz-Target`); empty without one
    record Request(String path, String operation, String body) {}

    /// @param wire head and body, a character a byte; may be empty
    /// @param closes whether the connection is closed then; else more requests may follow
    record Answer(String wire, boolean closes) {
        private byte[] bytes() {
            return wire.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private final ServerSocket server;
    private final Function<Request, Answer> answers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private LoopbackServer(ServerSocket server, Function<Request, Answer> answers) {
        this.server = server;
        this.answers = answers;
    }

    /// @param server not bound yet, of the kind that is wanted
    static LoopbackServer start(ServerSocket server, Function<Request, Answer> answers) throws IOException {
        server.bind(anyPort(), 128);
        LoopbackServer started = new LoopbackServer(server, answers);
        started.threads.execute(started::accept);
        return started;
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RuntimeException _) {
                // Closed, or about to be.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                Answer answer = answers.apply(request);
                socket.getOutputStream().write(answer.bytes());
                if (answer.closes()) {
                    return;
                }
            }
        } catch (IOException | RuntimeException _) {
            // Clients that break off, and TLS that does not come about, are part of the plan.
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine.isEmpty()) {
            return null;
        }
        String operation = "";
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "x-amz-target" -> operation = value.substring(value.indexOf('.') + 1);
                default -> {}
            }
        }
        return new Request(
                requestLine.split(" ", 3)[1], operation, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /// Without its end; empty at the end of the connection too.
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
