package dev.fetchline.local.stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// DynamoDB on this machine: DynamoDB Local over real HTTP, in memory, one database for all callers.
///
/// Its handler is put into a Jetty server of our own and not started by its ServerRunner, which prints a banner on
/// standard output, can emit telemetry, wants a port number beforehand and listens on every network interface.
final class TableServer implements AutoCloseable {
    /// A field, for a logger that nobody holds forgets its level.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private final Server server;
    private final LocalDynamoDBRequestHandler database;
    private final URI endpoint;

    private TableServer(Server server, LocalDynamoDBRequestHandler database, URI endpoint) {
        this.server = server;
        this.database = database;
        this.endpoint = endpoint;
    }

    static TableServer start() {
        SQLITE.setLevel(Level.OFF);
        try {
            LocalDynamoDBRequestHandler database = new LocalDynamoDBRequestHandler(0, true, null, true, false);
            Server server = new Server(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(database, null), "/"));
            server.start();
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            return new TableServer(server, database, URI.create("http://127.0.0.1:" + port));
        } catch (Exception e) {
            throw new LocalStackException("The local table server did not start: " + e.getMessage() + ".", e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            server.stop();
            database.shutdown();
        } catch (Exception e) {
            // What Jetty declares; the caller throws the server away in any case.
            throw new LocalStackException("The local table server did not stop: " + e + ".", e);
        }
    }
}
