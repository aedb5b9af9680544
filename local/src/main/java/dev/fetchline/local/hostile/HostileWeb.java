package dev.fetchline.local.hostile;

import dev.fetchline.local.hostile.HostileCase.Door;
import dev.fetchline.testing.BlackHole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The servers of all cases, each on an address of its own in 127.2.0.0/16: so the requests to one come
/// one after the other, over one connection where that lasts, and those to all others at the same time.
public final class HostileWeb implements AutoCloseable {
    /// Where the servers are: all that the function may be allowed.
    public static final String NETWORK = "127.2.0.0/16";

    private static final int CONNECTIONS_WAITING_MAX = 200;
    private static final int PER_BLOCK = 250;
    private static final List<String> DENIED = List.of("127.0.0.9", "127.0.0.1");

    private final List<HostileCase> cases;
    private final @Nullable TlsDoors tls;
    private final int port;
    private final int firstPort;
    private final int tlsPort;
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<CountingServer> denied = new ArrayList<>();
    private final AtomicLong goodBehindBad = new AtomicLong();

    private HostileWeb(List<HostileCase> cases, Path directory) throws IOException {
        this.cases = List.copyOf(cases);
        String addresses = tlsAddresses(cases);
        tls = addresses.isEmpty() ? null : TlsDoors.make(directory, addresses);
        port = freePort();
        firstPort = freePort();
        tlsPort = freePort();
        for (String address : DENIED) {
            for (int closed : List.of(port, firstPort, tlsPort)) {
                denied.add(CountingServer.start(listen(address, closed)));
            }
        }
        servers.addAll(denied);
        for (int number = 0; number < cases.size(); number++) {
            open(number);
        }
    }

    /// Starts the servers of these cases, and those that must not be reached.
    ///
    /// @param directory for certificates
    /// @throws UncheckedIOException where the addresses are not there: only Linux has all of 127.0.0.0/8
    public static HostileWeb start(List<HostileCase> cases, Path directory) {
        try {
            return new HostileWeb(cases, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The hostile web did not start", e);
        }
    }

    private void open(int number) throws IOException {
        HostileCase its = cases.get(number);
        String address = address(number);
        serve(number, listen(address, port), false, HostileServer.Wrapping.NONE);
        switch (its.door()) {
            case HTTP, NOBODY -> {}
            case SPEAKS_FIRST -> serve(number, listen(address, firstPort), true, HostileServer.Wrapping.NONE);
            case FULL -> servers.add(BlackHole.at(bound(address, firstPort)));
            case HTTPS, EXPIRED, WRONG_HOST, UNTRUSTED ->
                serve(number, listen(address, tlsPort), false, tls().wrapping(its.door()));
        }
    }

    private void serve(int number, ServerSocket socket, boolean speaksFirst, HostileServer.Wrapping wrapping) {
        servers.add(HostileServer.start(
                socket, cases.get(number).pages(), speaksFirst, wrapping, text -> fill(number, text), goodBehindBad));
    }

    /// As keytool has them.
    private static String tlsAddresses(List<HostileCase> cases) {
        return IntStream.range(0, cases.size())
                .filter(number -> cases.get(number).door().isTls())
                .mapToObj(number -> "ip:" + address(number))
                .collect(Collectors.joining(","));
    }

    private TlsDoors tls() {
        return Objects.requireNonNull(tls, "no case has TLS");
    }

    /// The certificates that the function is to trust; only where a case has TLS.
    public Path trusted() {
        return tls().trusted();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = listen("127.0.0.9", 0)) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket listen(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(bound(address, port), CONNECTIONS_WAITING_MAX);
        return socket;
    }

    private static InetSocketAddress bound(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static String address(int number) {
        return "127.2." + number / PER_BLOCK + "." + (1 + number % PER_BLOCK);
    }

    /// The ports that the function may fetch from.
    public String ports() {
        return port + "," + firstPort + "," + tlsPort;
    }

    /// Text with `{self}` for the URL of the case's server, `{plain}` for that without TLS, `{host}` and
    /// `{port}` for its address and port, and `{n}` for the case's number.
    String fill(int number, String text) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        String host = address(number);
        int its = switch (cases.get(number).door()) {
            case HTTP -> port;
            case SPEAKS_FIRST, NOBODY, FULL -> firstPort;
            case HTTPS, EXPIRED, WRONG_HOST, UNTRUSTED -> tlsPort;
        };
        return text.replace("{self}", (its == tlsPort ? "https://" : "http://") + host + ":" + its)
                .replace("{plain}", "http://" + host + ":" + port)
                .replace("{host}", host)
                .replace("{port}", Integer.toString(its))
                .replace("{n}", Integer.toString(number));
    }

    /// The items of a message, in the order of the cases: each bad one, then the honest page of the same
    /// server.
    List<Map<String, String>> items() {
        List<Map<String, String>> items = new ArrayList<>();
        for (int number = 0; number < cases.size(); number++) {
            HostileCase its = cases.get(number);
            Map<String, String> bad = new LinkedHashMap<>();
            bad.put("url", JsonText.quote(fill(number, its.url())));
            bad.put("tag", JsonText.quote(Integer.toString(number)));
            bad.putAll(its.options());
            items.add(bad);
            items.add(Map.of("url", JsonText.quote(goodUrl(number)), "tag", JsonText.quote("good " + number)));
        }
        return items;
    }

    private String goodUrl(int number) {
        return fill(number, cases.get(number).door() == Door.HTTPS ? "{self}" : "{plain}")
                + HostileServer.GOOD
                + number;
    }

    /// What the honest page of a case's server says.
    static String goodText(int number) {
        return Integer.toString(number);
    }

    /// How many cases it has.
    public int size() {
        return cases.size();
    }

    /// In the order of their numbers.
    public List<HostileCase> cases() {
        return cases;
    }

    /// Connections to addresses that are closed; each is a fault.
    public long connectionsToDenied() {
        return denied.stream().mapToLong(CountingServer::connections).sum();
    }

    /// Honest answers that went over a connection after a hostile one.
    public long goodBehindBad() {
        return goodBehindBad.get();
    }

    @Override
    public void close() {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception _) {
                // Nothing listens any more in any case.
            }
        }
    }
}
