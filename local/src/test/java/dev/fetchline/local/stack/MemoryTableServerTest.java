package dev.fetchline.local.stack;

import dev.fetchline.local.table.MemoryTableServer;
import dev.fetchline.local.table.TableFaults;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The table in memory, which is held to it.
class MemoryTableServerTest
        implements TableWritesContract, TableConditionsContract, TableReadsContract, FunctionWritesContract {
    private static MemoryTableServer server;
    private static AwsClients clients;

    @BeforeAll
    static void start() {
        server = MemoryTableServer.start(new TableFaults(1));
        clients = AwsClients.of(URI.create("http://127.0.0.1:1"), server.endpoint());
    }

    @AfterAll
    static void stop() {
        clients.close();
        server.close();
    }

    @Override
    public ContractTable table() {
        return ContractTable.create(clients.dynamoDb());
    }
}
