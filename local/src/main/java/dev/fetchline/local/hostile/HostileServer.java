package dev.fetchline.local.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// A server that does with each connection what the script of the asked path says, byte for byte. Besides, it has one
/// honest page.
final class HostileServer implements AutoCloseable {
    /// The honest page; its body is its query, so that no two are alike.
    static final String GOOD = "/good?";

    private static final int HEAD_BYTES_MAX = 32 * 1_024;

    /// Puts TLS around a connection, or nothing.
    @FunctionalInterface
    interface Wrapping {
        Wrapping NONE = connection -> connection;

        Socket wrap(Socket connection) throws IOException;
    }

    private final ServerSocket socket;
    private final Map<String, Script> pages;
    private final boolean speaksFirst;
    private final Wrapping wrapping;
    private final UnaryOperator<String> fill;
    private final AtomicLong goodBehindBad;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private HostileServer(
            ServerSocket socket,
            Map<String, Script> pages,
            boolean speaksFirst,
            Wrapping wrapping,
            UnaryOperator<String> fill,
            AtomicLong goodBehindBad) {
        this.socket = socket;
        this.pages = pages;
        this.speaksFirst = speaksFirst;
        this.wrapping = wrapping;
        this.fill = fill;
        this.goodBehindBad = goodBehindBad;
    }

    /// Starts to accept.
    ///
    /// @param speaksFirst whether the page `/` is played at once, and nothing read
    /// @param fill replaces the placeholders of what is sent
    /// @param goodBehindBad counts honest answers on a connection that a script had before
    static HostileServer start(
            ServerSocket socket,
            Map<String, Script> pages,
            boolean speaksFirst,
            Wrapping wrapping,
            UnaryOperator<String> fill,
            AtomicLong goodBehindBad) {
        HostileServer server = new HostileServer(socket, pages, speaksFirst, wrapping, fill, goodBehindBad);
        Thread.ofVirtual().name("fetchline-hostile").start(server::accept);
        return server;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                // Closed; or a caller that went away before it was accepted.
            }
        }
    }

    private void serve(Socket below) {
        try (below;
                Socket connection = wrapping.wrap(below)) {
            if (speaksFirst) {
                play(pages.getOrDefault("/", Script.silent()), connection, below);
                return;
            }
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean hostile = false;
            for (String target = target(in); !target.isEmpty(); target = target(in)) {
                if (target.startsWith(GOOD)) {
                    goodBehindBad.addAndGet(hostile ? 1 : 0);
                    connection.getOutputStream().write(goodPage(target));
                    continue;
                }
                hostile = true;
                if (!play(pages.getOrDefault(target, notFound()), connection, below)) {
                    return;
                }
            }
        } catch (IOException _) {
            // The caller has heard enough.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(below);
        }
    }

    private static byte[] goodPage(String target) {
        String text = target.substring(GOOD.length());
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Script notFound() {
        return Script.of("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }

    /// The target of the next request; empty when none comes any more.
    private static String target(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.length() < HEAD_BYTES_MAX; next = in.read()) {
            head.append((char) next);
            if (next == '\n'
                    && head.length() >= 4
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                String[] words = head.toString().split(" ", 3);
                return words.length == 3 ? words[1] : "";
            }
        }
        return "";
    }

    /// Whether the connection is still there for another request.
    private boolean play(Script script, Socket connection, Socket below) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        for (Step step : script.steps()) {
            switch (step) {
                case Step.Send(String latin1) -> out.write(bytes(latin1));
                case Step.Repeat repeat -> repeat.writeTo(out);
                case Step.Drip(String latin1, var gap) -> {
                    for (byte single : bytes(latin1)) {
                        out.write(single);
                        Thread.sleep(gap);
                    }
                }
                case Step.Pause(var duration) -> Thread.sleep(duration);
                case Step.HalfClose() -> connection.shutdownOutput();
                case Step.Hold() -> {
                    while (connection.getInputStream().read() >= 0) {
                        // Whatever it still says.
                    }
                }
                case Step.Close() -> {
                    return false;
                }
                case Step.Cut() -> {
                    below.close();
                    return false;
                }
                case Step.Reset() -> {
                    below.setSoLinger(true, 0);
                    below.close();
                    return false;
                }
            }
        }
        return true;
    }

    private byte[] bytes(String latin1) {
        return fill.apply(latin1).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
