package dev.fetchline.local.stack;

import dev.fetchline.local.table.MemoryTableServer;
import dev.fetchline.local.table.TableFaults;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The two servers in this JVM, started and stopped side by side: each takes seconds and most of that is class loading.
final class EmbeddedServers implements StackServers {
    private static final long STOP_SECONDS_MAX = 3;

    private final QueueServer queue;
    private final AutoCloseable table;
    private final URI tableEndpoint;

    private EmbeddedServers(QueueServer queue, Table table) {
        this.queue = queue;
        this.table = table.server();
        this.tableEndpoint = table.endpoint();
    }

    /// @param endpoint where it listens
    private record Table(AutoCloseable server, URI endpoint) {
        static Table start(@Nullable TableFaults faults) {
            if (faults == null) {
                TableServer server = TableServer.start();
                return new Table(server, server.endpoint());
            }
            MemoryTableServer server = MemoryTableServer.start(faults);
            return new Table(server, server.endpoint());
        }
    }

    /// @param tableFaults of a table in memory; null for DynamoDB Local
    static EmbeddedServers start(@Nullable TableFaults tableFaults) {
        CompletableFuture<Table> table = onThread(() -> Table.start(tableFaults));
        QueueServer queue;
        try {
            queue = QueueServer.start();
        } catch (LocalStackException e) {
            var _ = table.thenAccept(started -> stop(started.server()));
            throw e;
        }
        try {
            return new EmbeddedServers(queue, table.join());
        } catch (CompletionException e) {
            queue.close();
            throw e.getCause() instanceof LocalStackException sentence
                    ? sentence
                    : new LocalStackException("The local table server did not start: " + e.getCause() + ".", e);
        }
    }

    @Override
    public URI sqsEndpoint() {
        return queue.endpoint();
    }

    @Override
    public URI dynamoDbEndpoint() {
        return tableEndpoint;
    }

    @Override
    public String account() {
        return StackTemplate.ACCOUNT;
    }

    @Override
    public boolean mayHoldMore() {
        return false;
    }

    @Override
    public Optional<SendTimes> sendTimes() {
        return Optional.of(queue.sendTimes());
    }

    /// They are our own.
    @Override
    public void check(AwsClients clients) {}

    /// Stops both; a server that takes too long is left behind rather than waited for.
    @Override
    public void close() {
        CompletableFuture<Boolean> queueStopped = onThread(() -> stop(queue));
        CompletableFuture<Boolean> tableStopped = onThread(() -> stop(table));
        CompletableFuture.allOf(queueStopped, tableStopped)
                .completeOnTimeout(null, STOP_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    private static boolean stop(AutoCloseable server) {
        try {
            server.close();
            return true;
        } catch (Exception e) {
            // Whatever it throws: it is being thrown away; how it feels about that changes nothing.
            return false;
        }
    }

    private static <T> CompletableFuture<T> onThread(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("fetchline-server").start(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
