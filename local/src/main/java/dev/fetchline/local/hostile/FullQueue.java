package dev.fetchline.local.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// An address that listens and whose queue of connections is full: who comes now hears nothing at all.
final class FullQueue implements AutoCloseable {
    /// A queue of one holds one or two, by the kernel.
    private static final int CALLERS = 6;

    private final ServerSocket socket;
    private final List<SocketChannel> callers = new ArrayList<>();

    private FullQueue(ServerSocket socket) {
        this.socket = socket;
    }

    static FullQueue at(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(address, 1);
        FullQueue queue = new FullQueue(socket);
        for (int i = 0; i < CALLERS; i++) {
            SocketChannel caller = SocketChannel.open();
            caller.configureBlocking(false);
            caller.connect(address);
            queue.callers.add(caller);
        }
        return queue;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel caller : callers) {
            caller.close();
        }
        socket.close();
    }
}
