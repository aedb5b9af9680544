package dev.fetchline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A port at which TCP never connects: its backlog is full, and nobody accepts. The kernel drops what
/// knocks.
public final class BlackHole implements AutoCloseable {
    /// Linux keeps one more than the backlog.
    private static final int BACKLOG = 1;

    private static final int FILLERS = BACKLOG + 5;

    private final ServerSocket server;
    private final List<SocketChannel> fillers = new ArrayList<>();
    private final List<String> fillersEnds = new ArrayList<>();

    private BlackHole(ServerSocket server) {
        this.server = server;
    }

    /// A black hole on a free port of 127.0.0.1.
    public static BlackHole open() {
        return at(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    /// A black hole at an address of this machine; port 0 for a free one.
    public static BlackHole at(InetSocketAddress address) {
        try {
            ServerSocket server = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
            BlackHole hole = new BlackHole(server);
            for (int i = 0; i < FILLERS; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                filler.connect(server.getLocalSocketAddress());
                hole.fillers.add(filler);
                hole.fillersEnds.add(hex(((InetSocketAddress) filler.getLocalAddress()).getPort()));
            }
            return hole;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Sockets of this machine, besides the black hole's own, that are waiting to be let in at this moment.
    public long knocking() {
        return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
                .flatMap(BlackHole::lines)
                // From, to, and the state, of which 2 is that a SYN was sent.
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[2].endsWith(hex(port())) && columns[3].equals("02"))
                .filter(columns -> fillersEnds.stream().noneMatch(columns[1]::endsWith))
                .count();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String hex(int port) {
        return ":%04X".formatted(port);
    }

    @Override
    public void close() {
        try {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
