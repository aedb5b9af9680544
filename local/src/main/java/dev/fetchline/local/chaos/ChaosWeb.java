package dev.fetchline.local.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// A web of numbered pages on the loopback address, each with a temper of its own, that counts what it served.
public final class ChaosWeb implements AutoCloseable {
    private static final String PATH = "/page/";

    /// Shorter than the function keeps a connection: some that it takes up again are gone.
    private static final Duration IDLE_MAX = Duration.ofSeconds(2);

    private static final int SLOWNESS_MS_MAX = 1_500;

    private final ServerSocket socket;
    private final long seed;
    private final AtomicIntegerArray requests;
    private final AtomicIntegerArray wholeAnswers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ChaosWeb(ServerSocket socket, long seed, int pages) {
        this.socket = socket;
        this.seed = seed;
        this.requests = new AtomicIntegerArray(pages);
        this.wholeAnswers = new AtomicIntegerArray(pages);
    }

    /// A web of so many pages on a free port.
    public static ChaosWeb start(long seed, int pages) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_024);
            ChaosWeb web = new ChaosWeb(socket, seed, pages);
            Thread.ofVirtual().name("fetchline-chaos-web").start(web::accept);
            return web;
        } catch (IOException e) {
            throw new UncheckedIOException("The chaos web did not start", e);
        }
    }

    /// The port that it listens on.
    public int port() {
        return socket.getLocalPort();
    }

    /// The URL of a page, counted from 0.
    public String url(int number) {
        return "http://127.0.0.1:" + port() + PATH + number;
    }

    /// How many requests a page has had.
    int requests(int number) {
        return requests.get(number);
    }

    /// How often a page was answered in full with its last word.
    int wholeAnswers(int number) {
        return wholeAnswers.get(number);
    }

    Temper temper(int number) {
        return Temper.of(seed, number);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connection.setSoTimeout((int) IDLE_MAX.toMillis());
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
            Optional<HttpRequestHead> head = HttpRequestHead.read(in);
            while (head.isPresent() && answer(head.get().target(), connection)) {
                head = HttpRequestHead.read(in);
            }
        } catch (IOException _) {
            // The caller went away, was killed, or asked nothing for long.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    /// Whether the connection can be used again.
    private boolean answer(String target, Socket connection) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        if (!target.matches(PATH + "[0-9]{1,9}") || pageOf(target) >= requests.length()) {
            out.write(page(404, "", "no such page"));
            return true;
        }
        int number = pageOf(target);
        Temper temper = temper(number);
        boolean fails = requests.incrementAndGet(number) <= temper.failuresFirst(seed, number);
        if (temper == Temper.DEAD || (fails && temper == Temper.CUTTING)) {
            connection.setSoLinger(true, 0);
            return false;
        }
        if (fails && temper == Temper.STALLING) {
            // Ends when the caller has had enough and closes.
            connection.setSoTimeout(0);
            return connection.getInputStream().read() >= 0;
        }
        if (temper == Temper.SLOW) {
            Thread.sleep(Math.floorMod(seed + number * 7_919L, SLOWNESS_MS_MAX));
        }
        out.write(fails ? failure(temper) : page(temper.httpStatus(), "", "page " + number));
        if (!fails) {
            wholeAnswers.incrementAndGet(number);
        }
        return true;
    }

    private static byte[] failure(Temper temper) {
        return temper == Temper.BUSY ? page(503, "Retry-After: 1\r\n", "later") : page(500, "", "not now");
    }

    private static int pageOf(String target) {
        return Integer.parseInt(target.substring(PATH.length()));
    }

    private static byte[] page(int status, String fields, String text) {
        String response = "HTTP/1.1 %d -\r\nContent-Type: text/plain; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, fields, text.length(), text);
        return response.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException _) {
            // Nothing listens any more in any case.
        }
    }
}
